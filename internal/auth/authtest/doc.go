// Package authtest checks implementations of auth.Store: Run is the suite that
// every one must pass, and Memory is one for tests that need no database.
//
// Allowed imports: internal/auth, internal/fault, internal/secret.
package authtest
