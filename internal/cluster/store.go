package cluster

import (
	"context"
	"time"

	"parley/channels"
)

// Store is what nodes have in common. Each method is a transaction of its own.
type Store interface {
	// Clock returns the database's time.
	Clock(ctx context.Context) (time.Time, error)
	// Beat renews a node's row, or makes it, removes those of dead nodes, and tells how
	// things stand.
	Beat(ctx context.Context, b Beat) (Survey, error)
	// Take leases at most limit accounts that belong to no living node and returns them.
	// What their former owners had in flight expires at once.
	Take(ctx context.Context, node string, limit int) ([]Lease, error)
	// Give ends the lease of an account; given is false while a message of it is being
	// sent, unless busy says that this does not matter, or when the node does not hold it.
	Give(ctx context.Context, node string, account channels.AccountID, busy bool) (given bool, err error)
	// Leave removes the node's row: its accounts are free.
	Leave(ctx context.Context, node string) error
}

// Beat is how a node renews itself.
type Beat struct {
	Node  string        // unique; made anew whenever a program starts
	Name  string        // of its machine
	For   time.Duration // how long it lives without a further beat
	Drift time.Duration // its clock less the database's
	Takes bool          // whether it may be given accounts
}

// Lease is an account that a node runs.
type Lease struct {
	AccountID channels.AccountID
	Fence     channels.Fence
}

// Survey is how things stand after a beat.
type Survey struct {
	Accounts int     // that somebody should run
	Peers    []Peer  // all living nodes, this one too
	Held     []Lease // by this node
}

// Peer is a living node.
type Peer struct {
	Node  string
	Takes bool
	Held  int // accounts that it runs
}
