package cluster

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"parley/channels"
)

// The times of a node. A takeover takes Term at most, Every until somebody looks, and
// the connecting of the account.
const (
	// Term is how long a node lives, and holds its accounts, without renewing.
	Term = 8 * time.Second
	// Every is how often it renews.
	Every = 2 * time.Second
	// MaxDrift is how far its clock may be off the database's.
	MaxDrift = 2 * time.Second

	again    = time.Second            // until a round that failed is repeated
	soon     = 200 * time.Millisecond // between looks whether an account can be given away
	patience = 20 * time.Second       // for an account that is to be given away and does not end
	calling  = 3 * time.Second        // one call of the store
	vague    = time.Second            // a reading of its clock that took longer tells nothing
)

// Options of a Node.
type Options struct {
	Store Store
	Name  string // of the machine, for people
	Log   *slog.Logger
	// Now is the clock that everything else of the node works with; it is compared with
	// the database's.
	Now func() time.Time
	// Running tells whether anything of an account still runs here.
	Running func(channels.AccountID) bool
	// Changed is told that accounts were taken, lost or given away. It must not block.
	Changed func()
	// Freed is told that accounts are there for other nodes to take; may be nil.
	Freed func()
}

// Node is this program's part in the cluster. It is safe for concurrent use.
type Node struct {
	o    Options
	id   string
	wake chan struct{}
	stop context.CancelFunc
	done sync.WaitGroup

	mu    sync.Mutex
	held  map[channels.AccountID]*holding
	until time.Time     // by the steady clock: what is held is not, from then on
	drift time.Duration // when the clocks were compared last:
	mine  time.Time     // by the node's clock
	then  time.Time     // and by the steady one
	lapse *time.Timer
}

// holding is an account that the node runs, or is giving away since a time.
type holding struct {
	fence  channels.Fence
	giving time.Time
}

// New returns a Node that holds nothing before Start.
func New(o Options) *Node {
	if o.Freed == nil {
		o.Freed = func() {}
	}
	return &Node{o: o, id: rand.Text(), wake: make(chan struct{}, 1), held: map[channels.AccountID]*holding{}}
}

// Start joins the cluster, takes what is free, and goes on renewing until Stop.
func (n *Node) Start(ctx context.Context) error {
	if _, err := n.round(ctx); err != nil {
		return fmt.Errorf("join nodes: %w", err)
	}
	ctx, n.stop = context.WithCancel(context.WithoutCancel(ctx))
	n.done.Go(func() { n.run(ctx) })
	return nil
}

// ID is what the database knows this node by, while it runs.
func (n *Node) ID() string { return n.id }

// Leave holds nothing any more and frees all accounts at once. It is called once, when
// nothing of them runs here.
func (n *Node) Leave(ctx context.Context) error {
	if n.stop == nil {
		return nil
	}
	n.stop()
	n.done.Wait()
	n.mu.Lock()
	n.held = map[channels.AccountID]*holding{}
	n.lapse.Stop()
	n.mu.Unlock()
	err := n.o.Store.Leave(ctx, n.id)
	n.o.Freed()
	return err
}

// Held returns the fence under which this node runs an account; false when it does not,
// or when it has not been able to renew and another may.
func (n *Node) Held(id channels.AccountID) (channels.Fence, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	h := n.held[id]
	if h == nil || !h.giving.IsZero() || !time.Now().Before(n.until) {
		return 0, false
	}
	return h.fence, true
}

// Wake makes the node look at once whether there is something to take. It never blocks.
func (n *Node) Wake() {
	select {
	case n.wake <- struct{}{}:
	default:
	}
}

// Drift is how far the node's clock is ahead of the database's, and whether that is too far for it to run accounts, or
// anything that is due. A clock that was set since they were compared last shows at once, by the steady one.
func (n *Node) Drift() (drift time.Duration, tooFar bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if drift = n.drift; !n.then.IsZero() {
		drift += n.o.Now().Round(0).Sub(n.mine) - time.Since(n.then)
	}
	return drift, drift.Abs() > MaxDrift
}

// run renews until ctx ends.
func (n *Node) run(ctx context.Context) {
	next := time.NewTimer(Every)
	defer next.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-n.wake:
		case <-next.C:
		}
		rest, err := n.round(ctx)
		if err != nil && !failing && ctx.Err() == nil {
			n.o.Log.Error("node not renewed", "error", err)
		}
		failing = err != nil
		next.Reset(rest)
	}
}
