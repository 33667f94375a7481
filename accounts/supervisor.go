package accounts

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/internal/secret"
)

// pollEvery is how often changes made on other nodes are looked for.
const pollEvery = 2 * time.Second

// Supervisor runs every active account and answers who they are. It is safe for
// concurrent use.
type Supervisor struct {
	store   Store
	opener  opener
	inbound InboundFunc
	leases  Leases // nil: this node runs all
	log     *slog.Logger
	jitter  func() float64
	scribe  *scribe

	mu      sync.RWMutex
	units   map[channels.AccountID]*unit
	gone    map[channels.AccountID]bool // deleted; ids are never given twice
	look    chan struct{}               // has a value when Look was called
	applied int64                       // counts Apply, to order it with polls
	running bool
	ctx     context.Context // of everything that runs; ended by Stop
	cancel  context.CancelFunc
	wg      sync.WaitGroup
}

// InboundFunc gives an account its side of the inbox; what the adapter reports goes to
// report. fence is 0 for what comes in at any node.
type InboundFunc func(id channels.AccountID, fence channels.Fence, report func(context.Context, channels.Status)) channels.Inbound

// Leases tells which accounts this node runs. cluster.Node is one.
type Leases interface {
	// Held returns the fence under which this node runs an account; false when it does not.
	Held(id channels.AccountID) (channels.Fence, bool)
	// Wake is called when an account appeared that this node does not hold. It must not block.
	Wake()
}

// SupervisorOptions are what a Supervisor is made of.
type SupervisorOptions struct {
	Store   Store
	Drivers Drivers
	Box     *secret.Box
	Env     channels.Env
	Inbound InboundFunc
	// Leases tells which accounts to run; nil = all. Review follows its changes.
	Leases Leases
	// Changed is told when an account has another adapter or is gone, and of every change
	// of state once it is stored; may be nil. It must not block or ask the Supervisor.
	Changed func(channels.AccountID)
	// Jitter returns numbers in [0, 1); nil = random ones.
	Jitter func() float64
}

var _ Runner = (*Supervisor)(nil)

// NewSupervisor returns a Supervisor that knows no accounts before Start.
func NewSupervisor(o SupervisorOptions) *Supervisor {
	s := &Supervisor{
		store: o.Store, opener: newOpener(o.Store, o.Drivers, o.Box, o.Env), inbound: o.Inbound, leases: o.Leases, log: o.Env.Log,
		jitter: o.Jitter, units: map[channels.AccountID]*unit{}, gone: map[channels.AccountID]bool{}, look: make(chan struct{}, 1),
		scribe: newScribe(o.Store, o.Env.Log, o.Env.Now, o.Changed),
	}
	if s.jitter == nil {
		s.jitter = rand.Float64
	}
	return s
}

// Start loads all accounts, connects the active ones, and goes on watching until Stop.
func (s *Supervisor) Start(ctx context.Context) error {
	rows, err := s.store.Accounts(ctx, actor.System(), true)
	if err != nil {
		return fmt.Errorf("load accounts: %w", err)
	}
	s.mu.Lock()
	if s.running {
		s.mu.Unlock()
		return errors.New("start supervisor: it is running")
	}
	s.ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.running = true
	s.mu.Unlock()
	for _, row := range rows {
		s.Apply(row)
	}
	s.wg.Go(func() { s.scribe.run(s.ctx) })
	s.wg.Go(func() { s.watch(s.ctx) })
	return nil
}

// Stop disconnects everything and waits until it has, or ctx ends.
func (s *Supervisor) Stop(ctx context.Context) error {
	s.mu.Lock()
	was := s.running
	s.running = false
	s.mu.Unlock()
	if !was {
		return nil
	}
	s.cancel()
	done := make(chan struct{})
	go func() {
		s.wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop accounts: %w", ctx.Err())
	}
}

// Apply takes an account as it is now: it is restarted if its version is new, and
// nothing else is touched. Before Start and after Stop it does nothing.
func (s *Supervisor) Apply(row Row) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.units[row.ID]
	if !s.running || s.gone[row.ID] || old != nil && old.version >= row.Version {
		return
	}
	s.put(row)
}

// put begins an account's next life, as the row is now. The lock must be held.
func (s *Supervisor) put(row Row) {
	old := s.units[row.ID]
	s.applied++
	u := newUnit(row, s.opener.open(row), s.applied)
	u.in = s.inbound(row.ID, 0, func(_ context.Context, st channels.Status) { s.report(u, healthOf(st)) })
	s.units[row.ID] = u
	var before <-chan struct{}
	if old != nil {
		old.cancel()
		before = old.done
	}
	ctx, cancel := context.WithCancel(s.ctx)
	u.cancel = cancel
	s.wg.Go(func() {
		defer cancel()
		defer close(u.done)
		s.await(ctx, u, before)
		if u.active {
			s.serve(ctx, u)
		}
	})
	s.scribe.changed(row.ID)
	if _, held := s.held(row.ID); !held && u.active {
		s.leases.Wake()
	}
}

// Forget disconnects an account that was deleted.
func (s *Supervisor) Forget(id channels.AccountID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget(id)
}

func (s *Supervisor) forget(id channels.AccountID) {
	if u := s.units[id]; u != nil {
		u.cancel()
		delete(s.units, id)
	}
	s.gone[id] = true
	s.scribe.changed(id)
}

// await lets an account's former life end, so that a network never sees two.
func (s *Supervisor) await(ctx context.Context, u *unit, before <-chan struct{}) {
	if before == nil {
		return
	}
	late := time.NewTimer(10 * time.Second)
	defer late.Stop()
	select {
	case <-before:
		return
	case <-late.C:
		s.log.Warn("account does not let go of its old connection", "account_id", u.id)
	case <-ctx.Done():
	}
	<-before
}

// Look has the Supervisor look for what other nodes changed, sooner than by itself. It
// never blocks.
func (s *Supervisor) Look() {
	select {
	case s.look <- struct{}{}:
	default:
	}
}

// watch looks for what other nodes changed.
func (s *Supervisor) watch(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-s.look:
		}
		err := s.sync(ctx)
		if err != nil && !failing && ctx.Err() == nil {
			s.log.Error("accounts cannot be read", "error", err)
		}
		failing = err != nil
	}
}

// sync applies what differs from the database.
func (s *Supervisor) sync(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	s.mu.RLock()
	mark := s.applied
	s.mu.RUnlock()
	versions, err := s.store.AccountVersions(ctx)
	if err != nil {
		return fmt.Errorf("read versions: %w", err)
	}
	for id, version := range versions {
		if have, known := s.version(id); known && have >= version {
			continue
		}
		row, found, err := s.store.Account(ctx, actor.System(), id)
		if err != nil {
			return fmt.Errorf("read account: %w", err)
		}
		if found {
			s.Apply(row)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, u := range s.units {
		// What was applied after the versions were read may be missing among them.
		if _, there := versions[id]; !there && u.applied <= mark {
			s.forget(id)
		}
	}
	return nil
}

func (s *Supervisor) version(id channels.AccountID) (int64, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	u, ok := s.units[id]
	if !ok {
		return 0, s.gone[id]
	}
	return u.version, true
}
