package assign

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
	Save(ctx context.Context, ch *inbox.Changes) error
	// Snapshots returns one per subject; see router.Facts.
	Snapshots(ctx context.Context, of []router.Subject, lock bool) ([]router.Snapshot, error)
	// LabelNames returns the names of labels.
	LabelNames(ctx context.Context) (map[inbox.LabelID]string, error)
	// LockConversation returns a conversation for changing it; see inbox.Store.
	LockConversation(ctx context.Context, v actor.Viewer, id inbox.ConversationID) (c *inbox.Conversation, found bool, err error)

	// HandsOut tells whether any team hands out or anything was handed out.
	HandsOut(ctx context.Context) (bool, error)
	// LockRouting makes other nodes wait with handing out until the transaction ends.
	LockRouting(ctx context.Context) error
	// Board reads who is there, how busy, and how teams hand out.
	Board(ctx context.Context, now time.Time) (*Board, error)
	// Weights and SetWeights keep what channels weigh.
	Weights(ctx context.Context) (Weights, error)
	SetWeights(ctx context.Context, w Weights) error
	// PutTurns notes who had a turn.
	PutTurns(ctx context.Context, list []Turn) error

	// Unassigned returns conversations of a team that wait to be handed out, who waits
	// longest first, at most limit; with fresh, those only that were never looked at.
	Unassigned(ctx context.Context, team inbox.TeamID, fresh bool, after Place, limit int) ([]Place, error)
	// AnyUnassigned tells whether any team that hands out has one that waits.
	AnyUnassigned(ctx context.Context) (bool, error)
	// Queues returns what waits to be handed out and the viewer may see, by team.
	Queues(ctx context.Context, v actor.Viewer) ([]Queue, error)
	// Offers returns what is known about conversations that were looked at.
	Offers(ctx context.Context, of []inbox.ConversationID) (map[inbox.ConversationID]Offer, error)
	PutOffers(ctx context.Context, list []Offer) error
	DropOffers(ctx context.Context, of []inbox.ConversationID) error
	// DueOffers returns those whose time has come, at most limit.
	DueOffers(ctx context.Context, now time.Time, limit int) ([]Offer, error)

	Absences
}

// Absences keeps who is away.
type Absences interface {
	// ListAbsences returns those that end after a moment, by their beginning.
	ListAbsences(ctx context.Context, endAfter time.Time) ([]Absence, error)
	PutAbsence(ctx context.Context, a *Absence) error
	DeleteAbsence(ctx context.Context, id AbsenceID) error
	// DueAbsences returns those that begin, end, or must be looked at by now.
	DueAbsences(ctx context.Context, now time.Time) ([]Absence, error)
	// HeldBy returns conversations that are not closed of an agent.
	HeldBy(ctx context.Context, agent inbox.AgentID, limit int) ([]inbox.ConversationID, error)
	// Moved notes conversations that a deputy got, TakenBack takes some of them away.
	Moved(ctx context.Context, id AbsenceID, list []inbox.ConversationID) error
	TakeBack(ctx context.Context, id AbsenceID, limit int) ([]inbox.ConversationID, error)
	// Lend puts the deputy into the agent's teams and returns which those are; Unlend
	// takes them out again.
	Lend(ctx context.Context, from, to inbox.AgentID) ([]inbox.TeamID, error)
	Unlend(ctx context.Context, to inbox.AgentID, teams []inbox.TeamID) error
	// Usable tells whether an agent exists and is not disabled.
	Usable(ctx context.Context, id inbox.AgentID) (bool, error)

	// MovedBy returns conversations that a deputy got.
	MovedBy(ctx context.Context, id AbsenceID) ([]inbox.ConversationID, error)

	// Idle sets to away who is online, or back who was set to away by it, and tells
	// whether that changed anything.
	Idle(ctx context.Context, agent inbox.AgentID, idle bool) (changed bool, err error)
	// NoteHere notes that an agent's first page was opened, or that the last was closed; came
	// says that they had been set to away for having none.
	NoteHere(ctx context.Context, agent inbox.AgentID, here bool, at time.Time) (came bool, err error)
	// BeatHere notes that agents have pages open, and returns those who had been set to
	// away for having none.
	BeatHere(ctx context.Context, agents []inbox.AgentID, at time.Time) (came []inbox.AgentID, err error)
	// AutoAway sets those to away who have been gone since a moment, and returns them.
	AutoAway(ctx context.Context, goneBefore time.Time) ([]inbox.AgentID, error)
}

// Place is where a conversation stands among those that wait.
type Place struct {
	ID    inbox.ConversationID
	Since time.Time
}

// Queue is what of a team is of nobody and waits for an answer.
type Queue struct {
	Team    inbox.TeamID
	Waiting int // 1000 is as many or more
	Oldest  time.Time
}

// Turn is that somebody of a team was given something.
type Turn struct {
	Team  inbox.TeamID
	Agent inbox.AgentID
	Turn  int64
}

// Offer is what was decided last about a conversation that still waits for an answer.
type Offer struct {
	Conversation inbox.ConversationID
	Team         inbox.TeamID
	Agent        inbox.AgentID // 0 = nobody, or everybody at once
	Since        time.Time
	Next         time.Time       // when it is passed on; zero = never
	Tried        []inbox.AgentID // in this team
	Visited      []inbox.TeamID  // teams that had it before
	Offered      []inbox.AgentID // of AllAtOnce: who was told that they may take it
}

// Desk changes conversations; inbox.Service is one.
type Desk interface {
	// Hand changes a locked conversation as part of a larger operation.
	Hand(ctx context.Context, ch *inbox.Changes, c *inbox.Conversation, p inbox.Patch, cause actor.Cause, now time.Time) error
}
