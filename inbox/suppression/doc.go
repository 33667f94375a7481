// Package suppression says who wants no messages: an address, the networks it holds for, and
// why. It is a noun and nothing more; package inbox keeps it when a contact says so, refuses
// to send against it, and mailings leave out whom it names.
//
// It may import the ports' words (parley/channels) and who changed what (parley/inbox/actor).
// The invariant it guards: an address is suppressed for a kind of network at most once, and
// stays so until the contact or an agent lifts it.
package suppression
