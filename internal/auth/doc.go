// Package auth knows the people of an installation and who is asking: agents
// and teams, passwords, sessions, API keys, invitations and reset links.
//
// Service is the whole of it. Every operation takes the Viewer who asks and
// refuses with a fault when their role does not allow it; scopes of API keys are
// checked by package web once per route, by Viewer.May. What a Viewer may see is
// told by its Reach, Teams and Accounts; the rule for them is package actor's.
//
// Secrets are stored as one-way hashes only: passwords by argon2id, and every
// random token (session, invitation, reset link, API key) by SHA-256, which is
// enough because they carry at least 160 random bits.
//
// Allowed imports: internal/fault, internal/secret.
//
// Invariants: while there is any agent there is an admin who can sign in; a token of an
// invitation or a reset link works once; a disabled agent has no session; an
// unknown e-mail costs a guesser as much time as a known one.
package auth
