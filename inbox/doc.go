// Package inbox is conversations and messages: what they are, and everything an
// agent does to them (answer, note, assign, close, read). How events of networks
// become conversations is package inbox/intake.
//
// It may import channels, templates, router/rules, inbox/*, internal/plaintext and internal/fault. The
// invariants it guards: messages of a conversation have a gapless sequence fixed at
// commit; every change carries its actor.Cause; what may not be seen is not found.
package inbox
