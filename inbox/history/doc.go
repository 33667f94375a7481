// Package history knows what was changed about contacts, leads and requests: which field, from
// what to what, by whom and when.
//
// It may import inbox/actor, inbox/contact, inbox/pipeline and internal/fault. The invariant it
// guards: what an object says now follows from what it said first and its lines, because the
// store writes them in the transaction of the change, whoever makes it.
package history
