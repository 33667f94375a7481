// Package rules is what happens by itself, over HTTP: triggers with their dry runs, logs
// and webhooks, macros, and business hours; and what a builder of conditions offers.
//
// Allowed imports: the rooms, internal/auth, internal/fault and web/rest. Invariant: who
// sets things up is an administrator or a lead; what triggers did is shown as far as the
// caller may see the conversations.
package rules
