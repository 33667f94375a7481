// Package router decides what happens by itself: triggers listen to what rooms below
// write, ask their conditions of the facts, and act through the room that owns each
// operation. Macros are the same actions by a person's hand.
//
// The way of an event: Book.Listen sees the changes of every operation before they are
// saved and leaves one job per conversation, if some enabled trigger listens at all.
// Engine.Run takes many such jobs in one transaction: it loads a Snapshot of each
// conversation under its lock, asks the triggers in their order, performs actions, and
// records each run with its reasons.
//
// It may import inbox, inbox/*, router/* and internal/fault. The invariants it guards: a
// trigger runs at most once per event, and its effects are committed with the record of
// the run; what happened before Parley was told of it triggers nothing; what triggers
// cause ends at MaxDepth; nothing that was not done is silent.
package router
