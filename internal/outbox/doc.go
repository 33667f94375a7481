// Package outbox delivers what is queued: it claims due items, in order and at the
// pace of each account, lets the account's adapter make one attempt at a time, and
// turns what came of it into a verdict. Where items come from is a Source; the
// database implements it for the messages of conversations.
//
// It may import channels and nothing else of the house. The invariants it guards:
// nothing is attempted without a committed claim; an attempt whose outcome is not
// known is shown as uncertain and never repeated by itself, unless the network
// de-duplicates; one account never delays another.
package outbox
