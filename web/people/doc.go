// Package people is the part of the API about who works here: first run, sign-in,
// sessions, passwords, invitations, agents, teams and API keys. What may be done is
// decided by package auth; here it gets an address and a shape.
//
// Allowed imports: internal/auth, internal/fault and web/rest. Invariant: a secret
// (session token, invitation, reset link, key) leaves once, to the one it is for, and
// never in an address that a server sees.
package people
