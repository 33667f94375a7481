// Package accounts keeps the connected accounts of channels: their configuration and
// sealed secrets (Service), and their running (Supervisor). The Service says no to a
// configuration that its driver cannot use; the Supervisor runs every active account
// on its own, restarts it after failures that pass, parks it after those that do not,
// and answers who an account is without asking the database.
//
// It imports channels, inbox/actor, internal/secret and internal/fault. Storage is a
// Store, which internal/store satisfies by shape.
//
// The invariants it guards: a secret leaves this package only into the adapter it
// belongs to, and one account never stops another.
package accounts
