// Package jobs runs durable work that has a due time: follow-ups that a transaction
// left behind, clocks, wake-ups. A Job is a row; a Runner claims what is due and calls
// the handler of its kind inside the transaction that deletes the row.
//
// It imports no other room; internal/store satisfies Store by shape. The invariants it
// guards: the effects of a job are committed once, with its deletion, however often a
// node dies in between; due jobs of one key run one at a time, in the order of their
// ids; a job that keeps failing blocks its own key until it is given up, and no other.
package jobs
