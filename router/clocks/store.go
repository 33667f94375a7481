package clocks

import (
	"context"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router"
)

// Store is what this room needs of the database. Transactions ride in the context.
type Store interface {
	// Write runs fn in one transaction; it may run several times.
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	// NextIDs returns fresh ids, inside a transaction or outside.
	NextIDs(ctx context.Context, n int) ([]int64, error)
	// Save writes lines of timelines and notices.
	Save(ctx context.Context, ch *inbox.Changes) error
	// Snapshots returns one per subject; see router.Facts.
	Snapshots(ctx context.Context, of []router.Subject, lock bool) ([]router.Snapshot, error)
	// RulesRevision names the present state of policies and schedules.
	RulesRevision(ctx context.Context) (string, error)
	Schedules(ctx context.Context) ([]router.Schedule, error)
	KnownReferences(ctx context.Context, refs router.References) (router.References, error)

	// Policies returns all, in the order in which they are asked.
	Policies(ctx context.Context) ([]Policy, error)
	PutPolicy(ctx context.Context, p *Policy) error
	DeletePolicy(ctx context.Context, id PolicyID) (found bool, err error)

	// ClockSweep returns the sweep that a change of policies or schedules has asked for;
	// PutClockSweep puts next in place of it, unless another was asked for meanwhile.
	ClockSweep(ctx context.Context) (Sweep, error)
	PutClockSweep(ctx context.Context, done, next Sweep) error
	// RunningAfter returns conversations behind one that have clocks which have not
	// ended, in the order of their ids.
	RunningAfter(ctx context.Context, after inbox.ConversationID, limit int) ([]inbox.ConversationID, error)
	// WaitingAfter returns conversations that wait for an answer, behind one, the longest first.
	WaitingAfter(ctx context.Context, after Waiter, limit int) ([]Waiter, error)

	// LockDue makes other nodes wait with clocks that are due until the transaction ends.
	LockDue(ctx context.Context) error
	// DueClocks returns conversations of clocks that must be looked at by now, the
	// longest overdue first, but none whose changes still wait to be applied.
	DueClocks(ctx context.Context, now time.Time, limit int) ([]inbox.ConversationID, error)
	// NextClock returns when the next clock must be looked at, zero for never.
	NextClock(ctx context.Context) (time.Time, error)
	// UnappliedChanges returns which of the conversations have changes that wait.
	UnappliedChanges(ctx context.Context, of []inbox.ConversationID) (map[inbox.ConversationID]bool, error)
	// OpenClocks returns the clocks of conversations that have not ended, with pauses.
	OpenClocks(ctx context.Context, of []inbox.ConversationID) ([]*Clock, error)
	// ClocksAside returns those that ended because their conversations were put aside as spam.
	ClocksAside(ctx context.Context, of []inbox.ConversationID) ([]*Clock, error)
	// PutClocks writes clocks, when each must be looked at, and their pauses; and makes
	// the conversations' deadlines agree.
	PutClocks(ctx context.Context, list []Kept) error
	// Clocks returns every clock of a conversation that the viewer may see, oldest first.
	Clocks(ctx context.Context, v actor.Viewer, c inbox.ConversationID) (list []*Clock, found bool, err error)
	// WaitingPauses returns pauses that began between two moments while the contact
	// waited for us, in conversations that the viewer may see, the newest first.
	WaitingPauses(ctx context.Context, v actor.Viewer, from, to time.Time, cursor string, limit int) (inbox.Page[PauseRow], error)
	// HeadOf returns who heads a team, 0 for nobody.
	HeadOf(ctx context.Context, team inbox.TeamID) (inbox.AgentID, error)
}

// Kept is a clock and when it must be looked at next, zero for never.
type Kept struct {
	*Clock
	Next time.Time
}

// PauseRow is a pause in the report.
type PauseRow struct {
	Pause
	Conversation inbox.ConversationID
	Number       int64
	Metric       Metric
	ByName       string // of an agent
}

// Outside tells colleagues.
type Outside interface {
	// Tell leaves a mail to colleagues in the transaction of ctx.
	Tell(ctx context.Context, n router.Telling) (heard int, err error)
}
