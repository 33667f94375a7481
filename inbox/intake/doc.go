// Package intake turns events of networks into contacts, conversations, messages,
// leads and requests, in three steps inside one transaction per batch: load what the
// events touch, decide in a pure function, commit all changes. It implements
// channels.Inbound.
//
// It may import channels, inbox, inbox/* and internal/fault. The invariant it guards:
// an event is acknowledged after its commit, and once is as good as ten times.
package intake
