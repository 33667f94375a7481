// Package webpush speaks to the push services of browsers: it encrypts what a browser is
// to show (RFC 8291, over RFC 8188) and signs who sends it (RFC 8292). It does no input or
// output of its own.
//
// Allowed imports: none. Invariant: what leaves can be read by the browser alone whose
// keys it was encrypted to; the push service sees a length and an address.
package webpush
