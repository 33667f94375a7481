package views

import (
	"context"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router"
)

// Store is what this room needs of the database. Transactions ride in the context.
type Store interface {
	// Write runs fn in one transaction; it may run several times.
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	NextIDs(ctx context.Context, n int) ([]int64, error)
	// Views returns all, by name.
	Views(ctx context.Context) ([]View, error)
	// LockView lets nobody else change a view until the transaction ends.
	LockView(ctx context.Context, id ID) (found bool, err error)
	// PutView adds or changes a view.
	PutView(ctx context.Context, w *View) error
	DeleteView(ctx context.Context, id ID) (found bool, err error)
	// KnownReferences is a router.Known.
	KnownReferences(ctx context.Context, refs router.References) (router.References, error)
	// Schedules returns all business hours.
	Schedules(ctx context.Context) ([]router.Schedule, error)

	// Conversations returns a page of what the viewer may see.
	Conversations(ctx context.Context, v actor.Viewer, f inbox.Filter) (inbox.Page[inbox.Row], error)
	// ConversationsByID returns those of the named that the viewer may see, and that were
	// not joined to others.
	ConversationsByID(ctx context.Context, v actor.Viewer, ids []inbox.ConversationID) ([]inbox.Row, error)
	// Tally counts what a filter selects, up to inbox.CountCap.
	Tally(ctx context.Context, v actor.Viewer, f inbox.Filter) (inbox.Tally, error)
	// Snapshots returns one per subject, in their order; see router.Facts.
	Snapshots(ctx context.Context, of []router.Subject, lock bool) ([]router.Snapshot, error)
}
