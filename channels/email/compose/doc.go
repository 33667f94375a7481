// Package compose makes mails: from what somebody wrote, to whom, and the files beside it, to the
// header and MIME parts of RFC 5322 and RFC 2045 to 2049.
//
// A mail is described once (New) and can be written many times (Message.Stream), always as the same
// bytes: once to be signed and once to be sent. Files are read while they are written, in pieces; no
// more than their piece is ever in memory. That is why the mails are not built with a library: those
// at hand encode each file whole, in memory, before its first byte leaves.
//
// Allowed imports: internal/plaintext and libraries.
//
// Invariant: no value that is handed in can end its header field and begin another, whatever it
// holds, and no line is longer than 998 octets.
package compose
