// Package quote tells what a mail's author wrote from what the mail merely repeats: the
// history below an answer, and signatures. Split does it for plain text, Fold for HTML.
//
// It is pure and imports the standard library and golang.org/x/net/html only.
//
// The invariant: nothing is deleted. Split puts every line into one of its two results,
// Fold only wraps what it finds; when in doubt, a line stays with what the author wrote.
// Both take time linear in their input.
package quote
