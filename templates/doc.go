// Package templates holds what is said again and again. So far these are the texts that a network has to
// approve before they may be sent: their list as the network last told it, their state, and how one reads
// with its values filled in.
//
// It imports no room but internal/fault. It guards one invariant: a list that was read once stays until a
// newer one was read whole. A network that does not answer takes nothing away, and is seen to not answer.
package templates
