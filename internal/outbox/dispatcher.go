package outbox

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"parley/channels"
)

// Options of a Dispatcher.
type Options struct {
	// Sources are asked in this order; the first goes first where slots are scarce.
	Sources []Source
	Log     *slog.Logger
	Now     func() time.Time
	// Sending is told why an account cannot send, when a sign-in was refused or its network
	// could not be reached several times in a row, and with nil when it can again. It may be
	// nil and must not block.
	Sending func(account channels.AccountID, e *channels.Error)
	// Observe is told of every verdict and how long its Send took; may be nil.
	Observe func(account channels.AccountID, o Outcome, took time.Duration)
	// Poll is how often to look for what other nodes have queued; 0 where there are
	// none.
	Poll time.Duration
	// Lease tells under which fence this node runs an account, and false when another
	// one does: then nothing is claimed or sent for it. nil = it runs all, without a fence.
	Lease func(account channels.AccountID) (channels.Fence, bool)
	// Slots bounds the attempts in flight, and SlotsPerAccount those of one account;
	// 0 means 256 and 32.
	Slots           int
	SlotsPerAccount int
	// Drain is how long Stop waits for attempts in flight; 0 means 10 s.
	Drain time.Duration
}

// What holds where an account or the options say nothing.
const (
	defaultSlots    = 256
	defaultPerEach  = 32
	defaultDrain    = 10 * time.Second
	defaultTimeout  = 30 * time.Second
	maxWants        = 64                     // accounts asked for in one claim
	leaseMargin     = 10 * time.Second       // a lease lasts as long as an attempt may, and this
	overtimeGrace   = 2 * time.Second        // how much later than its deadline a Send may return
	expiryRest      = 100 * time.Millisecond // between looks at claims that have expired
	troubleRest     = time.Second            // after an error of a source
	storeTimeout    = 30 * time.Second       // of one call of a source
	abortedPatience = time.Second            // for attempts that Stop has cancelled
)

// Dispatcher sends what its sources hold, for the accounts attached to it.
type Dispatcher struct {
	o       Options
	lines   []*line
	wake    chan struct{}
	stop    chan struct{}
	stopped sync.WaitGroup

	mu       sync.Mutex
	accounts map[channels.AccountID]*account
	order    []channels.AccountID // whose turn it is, cyclically
	turn     int
	flying   int           // attempts within their time
	drained  chan struct{} // closed when the last one has landed; nil when nobody waits
}

// New returns a Dispatcher; Start makes it work.
func New(o Options) *Dispatcher {
	if o.Sending == nil {
		o.Sending = func(channels.AccountID, *channels.Error) {}
	}
	if o.Observe == nil {
		o.Observe = func(channels.AccountID, Outcome, time.Duration) {}
	}
	if o.Lease == nil {
		o.Lease = func(channels.AccountID) (channels.Fence, bool) { return 0, true }
	}
	if o.Slots == 0 {
		o.Slots = defaultSlots
	}
	if o.SlotsPerAccount == 0 {
		o.SlotsPerAccount = defaultPerEach
	}
	if o.Drain == 0 {
		o.Drain = defaultDrain
	}
	d := &Dispatcher{
		o: o, wake: make(chan struct{}, 1), stop: make(chan struct{}),
		accounts: map[channels.AccountID]*account{},
	}
	for _, src := range o.Sources {
		d.lines = append(d.lines, newLine(src, o.Log, d.Wake))
	}
	return d
}

// Start begins to send.
func (d *Dispatcher) Start() {
	ctx, cancel := context.WithCancel(context.Background())
	for _, l := range d.lines {
		d.stopped.Go(func() { l.settle(d.now) })
	}
	d.stopped.Go(func() {
		d.run(ctx)
		d.await(d.o.Drain)
		cancel()
		d.await(abortedPatience)
		for _, l := range d.lines {
			l.close()
		}
	})
}

// Stop claims nothing more, waits for the attempts in flight, cancels those that take
// too long, and returns when every verdict that came is settled. What has not returned
// by then becomes uncertain when its lease ends. It is called once.
func (d *Dispatcher) Stop() {
	close(d.stop)
	d.stopped.Wait()
}

// Wake makes the dispatcher look for due items at once. It never blocks.
func (d *Dispatcher) Wake() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// Attach lets the account's items be sent by a. Attaching again replaces the adapter
// and ends what kept the account from sending: a missing sign-in, a network's wait.
func (d *Dispatcher) Attach(id channels.AccountID, a channels.Adapter) {
	d.mu.Lock()
	acct := d.accounts[id]
	if acct == nil {
		acct = &account{}
		d.accounts[id] = acct
		d.order = append(d.order, id)
	}
	acct.adapter, acct.blocked, acct.failures, acct.refusals = a, time.Time{}, 0, 0
	d.mu.Unlock()
	d.Wake()
}

// Detach stops sending for the account; attempts in flight go on. Its pace is
// remembered for the next Attach.
func (d *Dispatcher) Detach(id channels.AccountID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if acct := d.accounts[id]; acct != nil {
		acct.adapter = nil
	}
}

func (d *Dispatcher) now() time.Time { return d.o.Now().UTC().Truncate(time.Microsecond) }

// jitter is a random part of one.
func jitter() float64 { return rand.Float64() }

func (d *Dispatcher) stopping() bool {
	select {
	case <-d.stop:
		return true
	default:
		return false
	}
}

// await waits until no attempt is in flight, for a bounded time.
func (d *Dispatcher) await(patience time.Duration) {
	d.mu.Lock()
	drained := make(chan struct{})
	d.drained = drained
	if d.flying == 0 {
		close(drained)
		d.drained = nil
	}
	d.mu.Unlock()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-drained:
	case <-timer.C:
	}
}

// landed counts an attempt that is over, or overdue. The mutex must be held.
func (d *Dispatcher) landed() {
	d.flying--
	if d.flying == 0 && d.drained != nil {
		close(d.drained)
		d.drained = nil
	}
}
