// Package imap reads a mailbox for ever: it connects, waits for news, fetches each mail
// once and hands it on, in the order of arrival and as bytes that are stored already.
//
// It imports package channels and the IMAP library, which appears in no signature; what a
// mail means is its caller's business (Translate). Every server is thought able to fall
// silent, hang up, renumber, forget and lie.
//
// The invariant it guards: the watermark of a mailbox, a cursor, passes a mail only in the
// commit that takes the mail in. A watermark speaks of one UIDVALIDITY; when that changes
// the mailbox is read again, and equal keys make the repetition harmless.
package imap
