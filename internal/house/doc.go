// Package house holds no code, only the tests that keep the repository in the shape that
// ARCHITECTURE.md describes: who may import whom, where SQL may stand, what every package and every
// file owes its reader, and what must never be committed. A rule that only a page states is forgotten;
// here breaking it fails `go test`.
//
// Allowed imports: none; it reads the sources as text.
//
// Invariant: whoever adds a room adds its line to the table in rooms_test.go, or the test fails.
package house
