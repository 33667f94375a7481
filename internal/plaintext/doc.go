// Package plaintext makes of HTML the text that says the same: what a letter in HTML alone says,
// and the twin that goes out beside what our people write.
//
// Allowed imports: libraries alone.
//
// The invariant it guards: whatever its input, it takes time and space in proportion to it,
// and the line above a signature is exactly "-- ", by which every program knows one.
package plaintext
