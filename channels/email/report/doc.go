// Package report tells what a mail is that no person wrote: a bounce, a complaint, an
// automatic reply, bulk or a notice. It reads the verdict on a mail's author that a
// trusted server left in the header, and says which mails must never be answered by a
// machine (RFC 3834).
//
// It is pure and imports the standard library and channels only.
//
// The invariant: nobody is taken for unreachable by mistake. A mail is a hard bounce only
// if a mail system sent it and it names a permanent failure; what a person writes, forwards
// or quotes never is, and what is unclear is soft at most.
package report
