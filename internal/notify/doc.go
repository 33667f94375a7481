// Package notify reaches people from outside the page. System mail invites colleagues and
// brings them links to set a new password, through one of the connected mailboxes. A Bell
// tells an agent of what happened to their conversations: in their open pages, by a push
// to their browsers, and by mail when they are away. Hooks make signed webhooks.
//
// A letter is left behind as a durable job and written when it is sent: what waits in the
// database holds no link that could be used, but sealed. Whom to tell what is decided in
// the transaction of what happened, and pushes and mails are jobs which that leaves.
//
// Allowed imports: internal/fault and internal/notify/webpush. Jobs, mailboxes, people and
// whatever is stored are interfaces that the wiring fills. Invariants: no link and no
// address of a browser reaches a log or an error, and nobody can tell by the answer
// whether an address belongs to an agent; nobody is told twice of one thing; who is away
// gets one mail per conversation until they come back; a push quotes nothing unless its
// reader wished so.
package notify
