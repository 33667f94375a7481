// Package links is the part of the API about connected accounts of channels: which
// networks there are, connecting, trying and pausing accounts, what they received, what
// lies in quarantine, and the addresses to which networks push.
//
// Allowed imports: accounts, channels, channels/form, channels/webchat, inbox, inbox/actor,
// internal/auth, internal/fault, web/forms and web/rest. Invariant: secrets of a configuration go
// in and never out.
package links
