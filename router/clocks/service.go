package clocks

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router"
)

// Options of a Service. All are needed but Right, Settle and Log.
type Options struct {
	Store   Store
	Book    *Book
	Outside Outside
	Now     func() time.Time
	// Right tells whether that clock can be believed; while it cannot, nothing fires. nil is always.
	Right func() bool
	// Settle is how long other nodes may take to hear of a change of policies. Until then they leave no jobs by it, so
	// nobody who waits already is given a clock. 0 is where there are none.
	Settle time.Duration
	Log    *slog.Logger
}

// Service sets clocks and looks at them. Safe for concurrent use.
type Service struct {
	store   Store
	book    *Book
	outside Outside
	now     func() time.Time
	right   func() bool
	settle  time.Duration
	log     *slog.Logger

	refreshing sync.Mutex // so that an older state never takes the place of a newer one
}

// New makes a Service.
func New(o Options) *Service {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Right == nil {
		o.Right = func() bool { return true }
	}
	return &Service{store: o.Store, book: o.Book, outside: o.Outside, now: o.Now, right: o.Right, settle: o.Settle, log: o.Log}
}

func (s *Service) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Refresh fills the book anew when what it was filled with is no longer so.
func (s *Service) Refresh(ctx context.Context) error {
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	revision, err := s.store.RulesRevision(ctx)
	if err != nil {
		return fmt.Errorf("read revision of policies: %w", err)
	}
	if revision == s.book.Revision() {
		return nil
	}
	policies, err := s.store.Policies(ctx)
	if err != nil {
		return fmt.Errorf("read policies: %w", err)
	}
	schedules, err := s.store.Schedules(ctx)
	if err != nil {
		return fmt.Errorf("read schedules: %w", err)
	}
	s.book.fill(revision, policies, schedules)
	return nil
}

func (s *Service) current(ctx context.Context) (*page, error) {
	if err := s.Refresh(ctx); err != nil {
		return nil, err
	}
	return s.book.page.Load(), nil
}

// Run applies the changes of jobs of the kind JobChanges, given by their payloads,
// inside the transaction that ctx carries and that deletes them.
func (s *Service) Run(ctx context.Context, payloads []string) error {
	page, err := s.current(ctx)
	if err != nil {
		return err
	}
	var ids, back []inbox.ConversationID
	changes := map[inbox.ConversationID][]Change{}
	for _, p := range payloads {
		var n Change
		if err := json.Unmarshal([]byte(p), &n); err != nil {
			return fmt.Errorf("read change: %w", err)
		}
		if changes[n.Conversation] == nil {
			ids = append(ids, n.Conversation)
		}
		changes[n.Conversation] = append(changes[n.Conversation], n)
		if n.Back {
			back = append(back, n.Conversation)
		}
	}
	w, err := s.open(ctx, page, ids)
	if err != nil {
		return err
	}
	aside, err := s.store.ClocksAside(ctx, back)
	if err != nil {
		return fmt.Errorf("load clocks that spam has ended: %w", err)
	}
	w.lay(aside)
	for _, id := range ids {
		d := w.desks[id]
		if d == nil {
			continue
		}
		for i := range changes[id] {
			d.apply(&changes[id][i])
		}
		if d.gone { // whatever came before, or comes after
			d.stop()
		}
		if err := w.ring(ctx, id); err != nil {
			return err
		}
	}
	return w.save(ctx)
}

// work is one transaction over the clocks of several conversations.
type work struct {
	*Service
	page   *page
	now    time.Time
	ids    []inbox.ConversationID
	of     map[inbox.ConversationID]*router.Snapshot
	desks  map[inbox.ConversationID]*desk
	supply *supply
	out    inbox.Changes
	heads  map[inbox.TeamID]inbox.AgentID
	// sweep is what sets clocks of who waits, nil when no sweep does; summed are those who heard its summary by now.
	sweep  *Sweep
	summed map[hearer]bool
}

// hearer is an agent or a team.
type hearer struct {
	agent inbox.AgentID
	team  inbox.TeamID
}

// open locks conversations and loads their clocks. One that was joined to another keeps
// its own clocks, which end with it and tell nobody anything.
func (s *Service) open(ctx context.Context, page *page, ids []inbox.ConversationID) (*work, error) {
	w := &work{Service: s, page: page, now: s.time(), of: map[inbox.ConversationID]*router.Snapshot{}, desks: map[inbox.ConversationID]*desk{}, heads: map[inbox.TeamID]inbox.AgentID{}, summed: map[hearer]bool{}}
	w.supply = &supply{next: func(n int) ([]int64, error) { return s.store.NextIDs(ctx, n) }}
	subjects := make([]router.Subject, len(ids))
	for i, id := range ids {
		subjects[i].Conversation = id
	}
	list, err := s.store.Snapshots(ctx, subjects, true)
	if err != nil {
		return nil, fmt.Errorf("load conversations: %w", err)
	}
	open, err := s.store.OpenClocks(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("load clocks: %w", err)
	}
	for i := range list {
		c := list[i].Conversation
		if c == nil {
			continue
		}
		w.ids = append(w.ids, c.ID)
		w.of[c.ID] = &list[i]
		w.desks[c.ID] = &desk{page: page, created: c.CreatedAt, priority: c.Priority, gone: c.MergedInto != 0, spam: !c.SpamAt.IsZero(), id: w.supply.id, choose: w.chooser(&list[i])}
		if c.MergedInto != 0 || c.Status == inbox.Closed {
			w.desks[c.ID].closed = slices.MaxFunc([]time.Time{c.ClosedAt, c.CreatedAt}, time.Time.Compare)
		}
	}
	w.lay(open)
	slices.Sort(w.ids)
	return w, nil
}

// lay puts clocks on the desks of their conversations.
func (w *work) lay(list []*Clock) {
	for _, c := range list {
		if d := w.desks[c.Conversation]; d != nil {
			d.open = append(d.open, c)
		}
	}
}

// chooser asks the policies about a conversation once.
func (w *work) chooser(of *router.Snapshot) func() *Policy {
	return sync.OnceValue(func() *Policy { return w.page.choose(of.Facts(w.now, w.page.calendar)) })
}

// supply gives fresh ids to what is decided without a database. They come from a block
// in memory; if there is none, failed says so and nothing of the work is saved.
type supply struct {
	next   func(n int) ([]int64, error)
	fresh  []int64
	failed error
}

func (p *supply) id() int64 {
	if len(p.fresh) == 0 {
		if p.fresh, p.failed = p.next(64); p.failed != nil {
			return 0
		}
	}
	id := p.fresh[0]
	p.fresh = p.fresh[1:]
	return id
}

// save writes what became of the clocks, and tells pages.
func (w *work) save(ctx context.Context) error {
	if w.supply.failed != nil {
		return w.supply.failed
	}
	var kept []Kept
	for _, id := range w.ids {
		d := w.desks[id]
		for _, c := range d.changed {
			kept = append(kept, Kept{c, c.next(w.page.hours(c.Schedule))})
		}
		if len(d.changed) > 0 {
			w.out.Feed = append(w.out.Feed, inbox.Notice{At: w.now, Type: "conversation.updated", ObjectID: int64(id), ConversationID: id, Cause: actor.Cause{Kind: actor.Clock}})
		}
	}
	if len(kept) == 0 {
		return nil
	}
	if err := w.store.PutClocks(ctx, kept); err != nil {
		return fmt.Errorf("keep clocks: %w", err)
	}
	return w.store.Save(ctx, &w.out)
}
