// Package smtp sends mail for one account: it makes the mail (compose, token), keeps a few connections
// to the account's server, makes one attempt per Send and says truthfully what came of it.
//
// The library go-mail opens the conversation: greeting, EHLO, STARTTLS, the ways to sign in. The
// transaction itself is spoken here, because its outcome hangs on which bytes have left: go-mail
// reports a connection that dropped before the final dot and one that dropped after it alike, and
// writes the dot of a mail that broke off when the next command is given.
//
// What becomes of an attempt:
//
//   - Until the final dot has left, nothing can have been delivered: refusals and broken connections
//     are Transient or Permanent, as the server said.
//   - Once it has, only a reply settles the matter. Without one the outcome is Uncertain.
//   - A mail of which the server refuses some recipients goes to the others, and Sent.Problem names those
//     refused. Where the server only asks to wait for one, or means the whole mail, no DATA is given:
//     the mail goes to nobody yet, so that sending again doubles nothing.
//   - A connection from the pool that turns out to be dead before it took the sender is replaced within
//     the attempt. After a refusal of content a connection is closed, since servers and client may then
//     disagree on where the mail ended, and the next mail would be blamed for it.
//
// Allowed imports: channels, the packages of this adapter, libraries.
//
// Invariant: Send never writes the final dot of a mail twice, nor the dot of a mail that is not whole.
package smtp
