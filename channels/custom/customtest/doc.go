// Package customtest is the other system of a custom channel, for tests: it takes what is
// sent to it, as far as it is signed, drops what it has seen, and writes signed envelopes of
// its own. It shares no code with the adapter but the standard library's.
//
// Allowed imports: none of the house.
//
// The invariant it guards: a body whose signature does not fit is never taken.
package customtest
