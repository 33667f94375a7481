// Package connect gets a mailbox connected: it finds a mail account's servers from its
// address, opens connections to them, says in words what is wrong with them or with a
// sign-in, and asks for consent by OAuth 2.
//
// Allowed imports: channels and libraries, no other package of this adapter; imap and
// smtp may use it. Invariant: nothing leaves but through the guarded client, dialer and
// resolver it is given, and no password, token or code is in an error, a log or a URL.
package connect
