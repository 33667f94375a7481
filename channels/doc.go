// Package channels is the port between Parley and the networks: what a network
// adapter must offer (Driver, Adapter), what it may offer besides (the one-method
// abilities), what it tells the house (Event, Status, Error) and what the house
// asks of it (Outgoing, Limits).
//
// It imports no other room. The invariant it guards: an adapter never decides
// anything about conversations, retries or pace. It translates between one
// network and these types, acknowledges the network only after Inbound.Deliver
// has returned nil, and makes exactly one attempt per Send.
package channels
