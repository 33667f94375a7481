// Package pipeline knows what is worked on beside the talk: leads on their way to
// becoming clients, and requests, the numbered inquiries or claims.
//
// It may import inbox/actor, inbox/contact and internal/fault. The invariant it
// guards: a contact has at most one open lead.
package pipeline
