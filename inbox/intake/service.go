package intake

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"parley/channels"
	"parley/inbox"
)

// Store is what intake needs of the database. Transactions ride in the context.
type Store interface {
	// Intake runs fn in one transaction in the intake lane, again from the start when
	// the database asks for it.
	Intake(ctx context.Context, fn func(ctx context.Context) error) error
	// Lock takes advisory locks until the end of the transaction, in the given order.
	Lock(ctx context.Context, keys []int64) error
	// Fences returns the fences of accounts' leases and holds the leases until the end of
	// the transaction; one that is nobody's has none.
	Fences(ctx context.Context, accounts []channels.AccountID) (map[channels.AccountID]channels.Fence, error)
	LoadIntake(ctx context.Context, need Need) (*State, error)
	Save(ctx context.Context, ch *inbox.Changes) error
	Cursor(ctx context.Context, account channels.AccountID, stream string) (string, error)
	// Supply leases ids, and as many conversation and request numbers as there are
	// events. It must be called outside transactions.
	Supply(ctx context.Context, ids, events int) (Supply, error)
	// ParkedEvent returns an event that still waits for a message.
	ParkedEvent(ctx context.Context, id int64) (p inbox.Parked, found bool, err error)
	// IsDataError tells whether an error is the fault of the data, so that the rest
	// of the batch can be saved without it.
	IsDataError(err error) bool
}

// Bounds of the batching.
const (
	maxBatch = 256 // events in one commit
	idsPer   = 13  // ids an event may need at most, besides its files and addresses
)

// Service batches deliveries from all accounts into few commits.
type Service struct {
	store   Store
	log     *slog.Logger
	now     func() time.Time
	policy  Policy
	rules   func() *Rulebook
	queue   chan *delivery
	room    room // for the bytes of the deliveries in the queue or being committed
	workers int
	wg      sync.WaitGroup
	stop    chan struct{}
	observe func(events int, took time.Duration)
	past    chan time.Time // always ready: a moment that has come
}

// Options of a Service. Workers is how many transactions may run at once; 0 is one,
// which also costs least: what waits for it shares the next commit.
type Options struct {
	Store   Store
	Log     *slog.Logger
	Now     func() time.Time
	Workers int
	Policy  Policy
	// Rules are what accounts' messages are asked about; nil is none.
	Rules func() *Rulebook
	// Observe is told the size and duration of every committed batch; may be nil.
	Observe func(events int, took time.Duration)
}

// New returns a Service; Start makes it work.
func New(o Options) *Service {
	if o.Policy == (Policy{}) {
		o.Policy = DefaultPolicy()
	}
	if o.Rules == nil {
		o.Rules = func() *Rulebook { return nil }
	}
	if o.Observe == nil {
		o.Observe = func(int, time.Duration) {}
	}
	s := &Service{
		store: o.Store, log: o.Log, now: o.Now, policy: o.Policy, rules: o.Rules, workers: max(1, o.Workers),
		queue: make(chan *delivery, queueDepth), stop: make(chan struct{}), observe: o.Observe,
		past: make(chan time.Time),
	}
	close(s.past)
	return s
}

// Start begins to work on deliveries.
func (s *Service) Start() {
	for range s.workers {
		s.wg.Go(s.work)
	}
}

// Stop refuses further deliveries and waits for those that were admitted.
func (s *Service) Stop() {
	close(s.stop)
	s.wg.Wait()
}

// For returns the account's side of the port, at which events may come in on any node.
func (s *Service) For(account channels.AccountID, report func(context.Context, channels.Status)) channels.Inbound {
	return s.Fenced(account, 0, report)
}

// Fenced is For for the node that runs the account: what is delivered is refused with
// ErrStale when the account's lease has another fence by then; 0 asks for none.
func (s *Service) Fenced(account channels.AccountID, fence channels.Fence, report func(context.Context, channels.Status)) channels.Inbound {
	return &inbound{service: s, account: account, fence: fence, report: report}
}

type inbound struct {
	service *Service
	account channels.AccountID
	fence   channels.Fence
	report  func(context.Context, channels.Status)
}

var _ channels.Inbound = (*inbound)(nil)

func (i *inbound) Cursor(ctx context.Context, stream string) (string, error) {
	return i.service.store.Cursor(ctx, i.account, stream)
}

func (i *inbound) Report(ctx context.Context, s channels.Status) { i.report(ctx, s) }

func (i *inbound) Deliver(ctx context.Context, b channels.Batch) ([]channels.Outcome, error) {
	return i.service.deliver(ctx, i.account, i.fence, b)
}

// work commits what is waiting, as much at once as has gathered during the last commit.
func (s *Service) work() {
	crowd := 1 // how many deliver at the same time: those of the last commit, and those that came meanwhile
	for {
		var first *delivery
		select {
		case first = <-s.queue:
		case <-s.stop:
			select {
			case first = <-s.queue: // admitted before the stop
			default:
				return
			}
		}
		group := s.gather(first, crowd)
		if len(group) > 0 {
			s.process(group)
		}
		crowd = len(group) + len(s.queue)
	}
}

// process commits a group; when its data is at fault it bisects, so that one bad
// event never fails its neighbours.
func (s *Service) process(group []*delivery) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	begun := time.Now()
	outcomes, err := s.commit(ctx, group)
	if errors.Is(err, errStale) {
		s.withoutStale(group)
		return
	}
	if err != nil && s.store.IsDataError(err) {
		s.bisect(group, err)
		return
	}
	if err != nil {
		s.log.Error("intake commit failed", "deliveries", len(group), "error", err)
	}
	s.settle(group, outcomes, err, time.Since(begun))
}

// settle answers a group. An event of an account that is gone has no outcome.
func (s *Service) settle(group []*delivery, outcomes []channels.Outcome, err error, took time.Duration) {
	at := 0
	for _, d := range group {
		switch {
		case err != nil:
			d.err = err
		case d.orphan:
			d.err = ErrNoAccount
			at += len(d.batch.Events)
		default:
			d.outcomes = outcomes[at : at+len(d.batch.Events)]
			at += len(d.batch.Events)
		}
		s.room.leave(d)
		close(d.done)
	}
	if err == nil {
		s.observe(at, took)
	}
}

func (s *Service) commit(ctx context.Context, group []*delivery) ([]channels.Outcome, error) {
	return s.attempt(ctx, group, nil)
}

// attempt decides and saves a group in one transaction, which ends with verdict.
func (s *Service) attempt(ctx context.Context, group []*delivery, verdict error) ([]channels.Outcome, error) {
	arrivals, ids := arrivalsOf(group)
	supply, err := s.store.Supply(ctx, ids, len(arrivals))
	if err != nil {
		return nil, fmt.Errorf("lease ids: %w", err)
	}
	var outcomes []channels.Outcome
	refused := errNotRun // why nothing can have been committed
	err = s.store.Intake(ctx, func(ctx context.Context) (err error) {
		supply.Rewind()
		outcomes, refused = nil, errNotRun
		if outcomes, err = s.decideAndSave(ctx, group, arrivals, supply); err == nil {
			err = verdict
		}
		refused = err
		return err
	})
	switch {
	case err == nil:
		supply.Release()
	case refused != nil:
		supply.Rewind()
		supply.Release()
	default:
		// The commit failed, so its outcome is unknown: what it took may be in use.
	}
	return outcomes, err
}

// errNotRun stands for the error of a decision that was not begun or did not return.
var errNotRun = errors.New("decision did not run")

// arrivalsOf flattens a group and counts the ids that its decision may take at most.
func arrivalsOf(group []*delivery) (arrivals []Arrival, ids int) {
	for _, d := range group {
		for _, ev := range d.batch.Events {
			arrivals = append(arrivals, Arrival{AccountID: d.account, Event: ev})
			ids += idsOf(&ev)
		}
	}
	return arrivals, ids
}

// idsOf is how many ids the decision on an event may take at most.
func idsOf(ev *channels.Event) int {
	n := idsPer + len(ev.Sender.Extra)
	if ev.Message != nil {
		n += len(ev.Message.Files)
	}
	if isMail(ev) {
		n += maxCopies // the joinings' lines in the timeline
	}
	return n
}

// TakeParked takes in an echo whose wait is over and that nothing has claimed. It is
// the handler of JobParked and runs inside the job's transaction.
func (s *Service) TakeParked(ctx context.Context, payload string) error {
	id, err := strconv.ParseInt(payload, 10, 64)
	if err != nil {
		return fmt.Errorf("read parked job: %w", err)
	}
	p, found, err := s.store.ParkedEvent(ctx, id)
	if err != nil || !found || p.Event.Message == nil {
		return err
	}
	supply, err := s.store.Supply(ctx, idsOf(&p.Event), 1)
	if err != nil {
		return fmt.Errorf("lease ids: %w", err)
	}
	_, err = s.decideAndSave(ctx, nil, []Arrival{{AccountID: p.AccountID, Event: p.Event, Parked: id}}, supply)
	if err == nil {
		supply.Release()
	}
	return err
}

// decideAndSave is the heart: locks, load, decide, save, inside one transaction.
func (s *Service) decideAndSave(ctx context.Context, group []*delivery, arrivals []Arrival, supply Supply) ([]channels.Outcome, error) {
	need := needOf(arrivals)
	need.Now = s.now().UTC().Truncate(time.Microsecond)
	for _, d := range group {
		need.Accounts = append(need.Accounts, d.account) // a batch may be a cursor alone
	}
	need.Accounts = distinct(need.Accounts)
	if err := s.store.Lock(ctx, need.locks()); err != nil {
		return nil, fmt.Errorf("lock batch: %w", err)
	}
	if err := s.checkFences(ctx, group); err != nil {
		return nil, err
	}
	state, err := s.store.LoadIntake(ctx, need)
	if err != nil {
		return nil, fmt.Errorf("load batch: %w", err)
	}
	state.Now = need.Now
	policy := s.policy
	policy.Rules = s.rules()
	changes, outcomes := Decide(arrivals, state, policy, supply)
	for _, d := range group {
		_, known := state.Accounts[d.account]
		d.orphan = !known
		if known && d.batch.Stream != "" {
			changes.Cursors = append(changes.Cursors, inbox.Cursor{AccountID: d.account, Stream: d.batch.Stream, Value: d.batch.Cursor})
		}
	}
	if err := s.store.Save(ctx, changes); err != nil {
		return nil, fmt.Errorf("save batch: %w", err)
	}
	return outcomes, nil
}
