// Command echo is the smallest system that a custom channel can connect: whatever an agent
// writes comes back as the customer's next message. docs/channels/custom.md walks through it.
//
// It imports the standard library alone, as a system elsewhere would. The invariant it shows:
// a body is read only when its signature fits, and a message that was seen is not taken twice.
package main
