package router

import (
	"context"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/pipeline"
	"parley/internal/fault"
)

// Store is what this room needs of the database. Transactions ride in the context.
type Store interface {
	// Write runs fn in one transaction; it may run several times.
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	// NextIDs returns fresh ids, inside a transaction or outside.
	NextIDs(ctx context.Context, n int) ([]int64, error)
	// Save writes what an operation changes; of this room's, jobs and lines of timelines.
	Save(ctx context.Context, ch *inbox.Changes) error

	Shelf
	Log
	Facts
}

// Shelf keeps what people have set up.
type Shelf interface {
	// Triggers returns all, in the order in which they act.
	Triggers(ctx context.Context) ([]Trigger, error)
	// PutTrigger adds or changes a trigger.
	PutTrigger(ctx context.Context, t *Trigger) error
	DeleteTrigger(ctx context.Context, id TriggerID) (found bool, err error)
	Macros(ctx context.Context) ([]Macro, error)
	PutMacro(ctx context.Context, m *Macro) error
	DeleteMacro(ctx context.Context, id MacroID) (found bool, err error)
	Schedules(ctx context.Context) ([]Schedule, error)
	PutSchedule(ctx context.Context, s *Schedule) error
	DeleteSchedule(ctx context.Context, id ScheduleID) (found bool, err error)
	// ScheduleUser returns the name of a promise of service or of a team that uses a
	// schedule, "" for none.
	ScheduleUser(ctx context.Context, id ScheduleID) (string, error)
	// LockRules makes others who change the order wait until the transaction ends.
	LockRules(ctx context.Context) error
	// RulesRevision names the present state of all these; it changes with each of them.
	RulesRevision(ctx context.Context) (string, error)
	// KnownReferences is a Known.
	KnownReferences(ctx context.Context, refs References) (References, error)
}

// Log keeps what triggers did.
type Log interface {
	// RunsOf returns which of the events' runs there are already.
	RunsOf(ctx context.Context, events []string) (map[RunKey]bool, error)
	AddRuns(ctx context.Context, list []*Run) error
	// LockRun returns a run for going on with it.
	LockRun(ctx context.Context, id RunID) (r *Run, found bool, err error)
	PutRun(ctx context.Context, r *Run) error
	// Runs returns a page of runs, the newest first, of conversations that the viewer may see.
	Runs(ctx context.Context, v actor.Viewer, f RunFilter) (inbox.Page[Run], error)
	Run(ctx context.Context, v actor.Viewer, id RunID) (r Run, found bool, err error)

	// ArmTimers notes clocks and returns those that were not running, or would have run out
	// later.
	ArmTimers(ctx context.Context, list []Armed) ([]Armed, error)
	DisarmTimer(ctx context.Context, t TriggerID, c inbox.ConversationID) error
}

// Facts answers what is known.
type Facts interface {
	// Snapshots returns one per subject, in their order. With lock the conversations stay
	// as they are until the transaction ends.
	Snapshots(ctx context.Context, of []Subject, lock bool) ([]Snapshot, error)
	// History returns events of a kind since a time, the newest first, at most limit;
	// what came from a network's past is left out.
	History(ctx context.Context, k Kind, since time.Time, limit int) ([]Event, error)
	// LiveConversations returns conversations that are not closed and in which nothing was
	// said after a time, the longest silent first, and the cursor of the next ones.
	LiveConversations(ctx context.Context, before time.Time, cursor string, limit int) (ids []inbox.ConversationID, next string, err error)
	// Overdue returns inbound or outbound messages since a time that nothing followed
	// for so long, the newest first.
	Overdue(ctx context.Context, a After, since, now time.Time, limit int) ([]Event, error)
}

// RunKey is what there is one run of.
type RunKey struct {
	Trigger TriggerID
	Event   string
}

// RunFilter selects runs. Zero values select everything.
type RunFilter struct {
	Trigger      TriggerID
	Conversation inbox.ConversationID
	Cursor       string
	Limit        int
}

// Armed is a clock that runs.
type Armed struct {
	Trigger      TriggerID
	Conversation inbox.ConversationID
	Due          time.Time
}

// Desk does what concerns conversations; inbox.Service is one.
type Desk interface {
	Patch(ctx context.Context, v actor.Viewer, id inbox.ConversationID, p inbox.Patch) (inbox.Row, error)
	Write(ctx context.Context, v actor.Viewer, id inbox.ConversationID, a inbox.Answer) (inbox.Message, error)
}

// Pipeline makes leads and requests; pipeline.Service is one.
type Pipeline interface {
	CreateLead(ctx context.Context, v actor.Viewer, n pipeline.NewLead) (pipeline.LeadRow, error)
	CreateRequest(ctx context.Context, v actor.Viewer, n pipeline.NewRequest) (pipeline.RequestRow, error)
}

// Outside reaches what is not in the program. Each leaves durable work behind in the
// transaction of ctx, which is tried again until it is done or given up.
type Outside interface {
	// Call leaves a signed webhook.
	Call(ctx context.Context, c Call) error
	// Tell leaves a mail to colleagues; heard is how many there are to be told.
	Tell(ctx context.Context, n Telling) (heard int, err error)
}

// Call is a webhook that a trigger makes.
type Call struct {
	Trigger TriggerID
	Run     RunID
	Step    int
	URL     string
	Event   Event
	Of      *Snapshot
	At      time.Time
}

// Telling is what colleagues are told. Agent or Team is set, or the conversation's
// assignee is meant.
type Telling struct {
	Agent        inbox.AgentID
	Team         inbox.TeamID
	Text         string
	Words        fault.Text // in place of Text, in the language of whoever is told
	Conversation inbox.ConversationID
	Number       int64
	// About says what it is about where nobody composed it: "warning", "breach" or
	// "escalation" of a deadline, or "overdue", of many at once. Key names what happened, and At is when.
	About, Key string
	At         time.Time
}
