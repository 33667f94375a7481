package contact

import (
	"context"
	"time"

	"parley/inbox/actor"
)

// Store is what this room needs of the database. Transactions ride in the context;
// what the viewer may not see is not found.
type Store interface {
	// Write runs fn in one transaction; it may run several times.
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	// NextIDs returns fresh ids, inside a transaction or outside.
	NextIDs(ctx context.Context, n int) ([]int64, error)
	// Contacts returns a page by name, with identities.
	Contacts(ctx context.Context, v actor.Viewer, f Filter) (Page, error)
	// Contact returns one, with identities.
	Contact(ctx context.Context, v actor.Viewer, id ID) (p Contact, found bool, err error)
	// LockContact returns one for changing it until the transaction ends, with identities.
	LockContact(ctx context.Context, v actor.Viewer, id ID) (p *Contact, found bool, err error)
	// LockAddresses makes others who add the same addresses wait until the transaction
	// ends. It is called before anything else is locked.
	LockAddresses(ctx context.Context, list []Identity) error
	// Holders tells which contact holds each of the verified addresses that are taken.
	Holders(ctx context.Context, list []Identity) (map[Address]ID, error)
	// IdentityUsed tells whether conversations answer to an identity of a contact.
	IdentityUsed(ctx context.Context, id ID, identity IdentityID) (bool, error)
	// ContactUsed tells whether conversations, leads or requests belong to a contact.
	ContactUsed(ctx context.Context, id ID) (bool, error)
	// SaveContact writes a change and tells open pages of it.
	SaveContact(ctx context.Context, ch Change) error
	// DeleteContact removes a contact with its identities and tells open pages of it.
	DeleteContact(ctx context.Context, p *Contact, cause actor.Cause, at time.Time) error
	MergeStore
	DuplicateStore
	// AgentExists tells whether there is such an agent who is not disabled.
	AgentExists(ctx context.Context, id int64) (bool, error)
}

// MergeStore keeps merges and finds what might be merged.
type MergeStore interface {
	// SaveMerge writes a merge: everything that belongs to goes belongs to stays from then.
	SaveMerge(ctx context.Context, m *Merge, stays, goes *Contact) error
	// SaveUnmerge gives back what a merge moved, and what has come to it since.
	SaveUnmerge(ctx context.Context, m *Merge, kept *Contact, cause actor.Cause, now time.Time) error
	// Merge returns one by id.
	Merge(ctx context.Context, id MergeID) (m Merge, found bool, err error)
	// Merges returns those into a contact that hold, the latest first.
	Merges(ctx context.Context, kept ID) ([]Merge, error)
	// Duplicates returns who may be the same person as p, as far as the viewer sees them.
	Duplicates(ctx context.Context, v actor.Viewer, p Contact) ([]Duplicate, error)
}

// Filter selects contacts. Zero values select everything.
type Filter struct {
	Query  string // start of the name or of an address
	Owner  *int64 // 0 = nobody
	Cursor string
	Limit  int
}

// Page is a piece of a list. Next is the cursor of the following piece, "" at the end.
type Page struct {
	Items []Contact
	Next  string
}

// Address is what identifies a person in a network.
type Address struct{ Scope, Address string }

// Change is what one operation writes about a contact.
type Change struct {
	Contact *Contact // as it shall be
	New     bool
	Renamed bool // lists of conversations show the name
	Add     []Identity
	Remove  []IdentityID
	// Data, unless nil, is what the timelines of the contact's open conversations say.
	Data  map[string]any
	Cause actor.Cause
	At    time.Time
}
