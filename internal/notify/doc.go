// Package notify reaches people from outside the page. System mail invites colleagues and
// brings them links to set a new password, through one of the connected mailboxes.
//
// A letter is left behind as a durable job and written when it is sent: what waits in the
// database holds no link that could be used, but sealed.
//
// Allowed imports: internal/fault. Jobs, mailboxes and people are interfaces that the
// wiring fills. Invariant: no link reaches a log or an error, and nobody can tell by the
// answer whether an address belongs to an agent.
package notify
