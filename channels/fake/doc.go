// Package fake is a network that does as it is told, in memory: a Network with
// contacts who write, a small API in the manner of messengers, and every fault that
// real networks have, one call at a time or for good. Its Driver connects accounts of
// kind "fake", which fetch updates or have them pushed. It stands in tests wherever a
// network is needed, and in demonstrations.
//
// It imports channels alone. The invariant it guards: nothing about it is lenient.
// It enforces the limits that it promises, offers what is not acknowledged for ever,
// and counts every attempt, so that a test against it means something.
package fake
