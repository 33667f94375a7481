// Package email is the adapter for mailboxes: imap receives, smtp sends, connect finds the way in,
// letter, quote and report say what a mail holds and what it is, and this package makes accounts of
// them and events of mails.
//
// Allowed imports: channels, the packages of this adapter, libraries.
//
// The invariant it guards: of a mail that could be fetched exactly one event comes, whatever the mail
// looks like, with the mail itself stored beside it; and the same mail gives an event with the same key
// wherever and whenever it is met again.
package email
