// Package routertest is the world that tests of router and the rooms below it stand in: a
// database with a clock that tests move, an inbox, an account that visitors write to, and
// jobs that run when a test says so. A test's house embeds a World and adds the service
// that it is about.
//
// Allowed imports: channels, accounts, inbox and below, router and below, internal/auth,
// internal/jobs and internal/store. Only tests import it. The
// invariant it guards: nothing in a World happens by itself.
package routertest
