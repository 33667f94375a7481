// Package fault is how every room says no: one error type with a kind, a
// stable machine code, and a text a person can read in Russian and English.
//
// A fault is something the caller did or can do something about: a wrong
// field, a missing object, a right that is not held, a limit reached. Anything
// else (a broken disk, a bug) stays an ordinary error and is shown as
// "internal error". Only package web turns a Kind into an HTTP status and picks
// the language; rooms below it never mention either.
//
// Allowed imports: the standard library and package arabic, so that any room can use it.
//
// Invariant: nothing in Text, Fields or Details is secret. The cause, which may
// hold anything, is for logs and errors.As and is never part of Error().
package fault
