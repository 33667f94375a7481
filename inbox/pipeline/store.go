package pipeline

import (
	"context"
	"time"

	"parley/inbox/actor"
	"parley/inbox/contact"
)

// Store is what this room needs of the database. Transactions ride in the context;
// what the viewer may not see is not found.
type Store interface {
	// Write runs fn in one transaction; it may run several times.
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	// NextIDs returns fresh ids, inside a transaction or outside.
	NextIDs(ctx context.Context, n int) ([]int64, error)
	// NextRequestNumber returns a fresh number, inside a transaction or outside.
	NextRequestNumber(ctx context.Context) (int64, error)
	// Pipelines returns all pipelines with their stages, in order.
	Pipelines(ctx context.Context) ([]Pipeline, error)

	LeadStore
	RequestStore
	BoardStore
	RemovalStore

	// LockContact returns one that the viewer may see, or whom it was merged into, locked
	// until the transaction ends.
	LockContact(ctx context.Context, v actor.Viewer, id contact.ID) (p *contact.Contact, found bool, err error)
	// LockPlace returns where a conversation stands, locked until the transaction ends.
	LockPlace(ctx context.Context, v actor.Viewer, conversation int64) (p Place, found bool, err error)
	// AgentExists tells whether there is such an agent who is not disabled.
	AgentExists(ctx context.Context, id int64) (bool, error)
	// IsTeam tells whether there is such a team.
	IsTeam(ctx context.Context, id int64) (bool, error)
}

// LeadStore keeps leads.
type LeadStore interface {
	Leads(ctx context.Context, v actor.Viewer, f LeadFilter) (Page[LeadRow], error)
	Lead(ctx context.Context, v actor.Viewer, id LeadID) (l LeadRow, found bool, err error)
	// LockLead returns a lead for changing it until the transaction ends.
	LockLead(ctx context.Context, v actor.Viewer, id LeadID) (l *Lead, found bool, err error)
	// HasOpenLead tells whether a contact has an open lead. It locks nothing: the
	// database refuses the second of two that are opened at once.
	HasOpenLead(ctx context.Context, id contact.ID) (bool, error)
	SaveLead(ctx context.Context, l *Lead, ch Change) error
}

// RequestStore keeps requests.
type RequestStore interface {
	Requests(ctx context.Context, v actor.Viewer, f RequestFilter) (Page[RequestRow], error)
	Request(ctx context.Context, v actor.Viewer, id RequestID) (r RequestRow, found bool, err error)
	// LockRequest returns a request for changing it until the transaction ends.
	LockRequest(ctx context.Context, v actor.Viewer, id RequestID) (r *Request, found bool, err error)
	SaveRequest(ctx context.Context, r *Request, ch Change) error
}

// Page is a piece of a list. Next is the cursor of the following piece, "" at the end.
type Page[T any] struct {
	Items []T
	Next  string
}

// LeadRow is a lead as lists show it.
type LeadRow struct {
	Lead
	ContactName string
}

// RequestRow is a request as lists show it.
type RequestRow struct {
	Request
	ContactName string
}

// LeadFilter selects leads, newest first. Zero values select everything.
type LeadFilter struct {
	Statuses []LeadStatus
	Owner    *int64 // 0 = nobody
	Contact  contact.ID
	Stage    int64
	Cursor   string
	Limit    int
}

// RequestFilter selects requests, newest first. Zero values select everything.
type RequestFilter struct {
	Statuses []RequestStatus
	Owner    *int64 // 0 = nobody
	Team     *int64 // 0 = none
	Contact  contact.ID
	Type     string
	Cursor   string
	Limit    int
}

// Place is the conversation that something new belongs to.
type Place struct {
	ContactID contact.ID
	AccountID int64
	TeamID    int64
	AgentID   int64
	Subject   string
}

// Change is what goes with a lead or request that is saved: the store tells open
// pages, and writes the conversation's timeline.
type Change struct {
	New bool
	// Data, unless nil, is what the timeline of the conversation says; EntryID is the
	// id of that line.
	Data    map[string]any
	EntryID int64
	Cause   actor.Cause
	At      time.Time
}
