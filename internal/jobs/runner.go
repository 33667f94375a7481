package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options of a Runner. Store is required.
type Options struct {
	Store Store
	Log   *slog.Logger
	// Now is the clock; nil is time.Now. When a test's clock is moved by hand, Wake
	// makes the runner look at it.
	Now func() time.Time
	// Right tells whether that clock can be believed; while it cannot, no job is begun. nil is always.
	Right func() bool
	// Parallel is how many handlers may run at once; 0 is 8.
	Parallel int
	// Lease is how long a claim keeps a job from other nodes; 0 is 30 s.
	Lease time.Duration
	// Poll is how often to look for jobs that other nodes left; 0 is never, for a
	// database that only this process uses.
	Poll time.Duration
}

// Runner runs jobs.
type Runner struct {
	store    Store
	log      *slog.Logger
	now      func() time.Time
	right    func() bool
	parallel int
	lease    time.Duration
	poll     time.Duration
	handlers map[string]Handler
	works    map[string]Work
	longest  map[string]time.Duration // of works that may outlast a claim
	many     map[string]Many
	together atomic.Bool // a group runs

	wake   chan struct{}
	slots  chan struct{} // one for every handler that runs
	cancel context.CancelFunc
	loop   sync.WaitGroup
}

// NewRunner makes a Runner. Handle gives it its work, Start sets it off.
func NewRunner(o Options) *Runner {
	r := &Runner{
		store: o.Store, log: o.Log, now: o.Now, right: o.Right, parallel: o.Parallel, lease: o.Lease, poll: o.Poll,
		handlers: map[string]Handler{}, works: map[string]Work{}, longest: map[string]time.Duration{}, many: map[string]Many{}, wake: make(chan struct{}, 1),
	}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	if r.now == nil {
		r.now = time.Now
	}
	if r.right == nil {
		r.right = func() bool { return true }
	}
	if r.parallel == 0 {
		r.parallel = 8
	}
	if r.lease == 0 {
		r.lease = 30 * time.Second
	}
	r.slots = make(chan struct{}, r.parallel)
	return r
}

// Handle sets who does the work of a kind. It is called before Start.
func (r *Runner) Handle(kind string, h Handler) { r.handlers[kind] = h }

// Perform sets who does the work of a kind that leaves the database. It is called before
// Start.
func (r *Runner) Perform(kind string, w Work) { r.works[kind] = w }

// Together sets who does the work of a kind whose jobs, marked as such, are taken many at
// a time: what gathers while a group is worked on shares the next transaction. It is
// called before Start.
func (r *Runner) Together(kind string, m Many) { r.many[kind] = m }

// Start begins to run jobs until Stop. It is called once.
func (r *Runner) Start() {
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	r.loop.Go(func() { r.run(ctx) })
}

// Stop claims no more and waits for the handlers that run. It may be called more than
// once, and without Start.
func (r *Runner) Stop() {
	if r.cancel != nil {
		r.cancel()
	}
	r.loop.Wait()
}

// Wake makes the runner look for due jobs now. It never blocks.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Bounds of the waits on the database.
const (
	claimTimeout = 10 * time.Second
	errorPause   = time.Second
)

func (r *Runner) run(ctx context.Context) {
	if err := r.store.FreeJobs(ctx); err != nil && ctx.Err() == nil {
		r.log.Error("free claimed jobs", "error", err)
	}
	var running sync.WaitGroup
	defer running.Wait()
	for {
		wait := r.round(ctx, &running)
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-r.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// forever is longer than anything is waited for without being woken, but for what is due by the clock.
const forever = 24 * time.Hour

// lookUp is how often a job that is due later is looked for again: timers go by a clock that nobody sets, and the clock
// that the job is due by may be set meanwhile, or stand still in a machine that sleeps.
const lookUp = time.Minute

// round starts the handlers of what is due, as many as there are free slots, and
// returns how long nothing can become due by itself. A handler that ends wakes the
// loop, so what waits for a slot, or behind it in its key, needs no time.
func (r *Runner) round(ctx context.Context, running *sync.WaitGroup) time.Duration {
	free := r.parallel - len(r.slots)
	if free == 0 {
		return forever
	}
	if !r.right() {
		return errorPause
	}
	within, cancel := context.WithTimeout(ctx, claimTimeout)
	defer cancel()
	now := r.now()
	if len(r.many) > 0 && !r.together.Load() {
		begun, err := r.group(ctx, within, running, now)
		if err != nil {
			return r.trouble(ctx, "claim jobs", err)
		}
		if begun {
			if free--; free == 0 {
				return forever
			}
		}
	}
	claim := Claim{Token: rand.Text(), Now: now, Until: now.Add(r.lease), Limit: free}
	claimed, err := r.store.ClaimJobs(within, claim)
	if err != nil {
		return r.trouble(ctx, "claim jobs", err)
	}
	for _, j := range claimed {
		r.slots <- struct{}{}
		running.Go(func() {
			defer r.Wake()
			defer func() { <-r.slots }()
			r.do(ctx, j, claim.Token)
		})
	}
	if len(claimed) == free {
		return forever
	}
	next, err := r.store.NextJob(within, now)
	if err != nil {
		return r.trouble(ctx, "find next job", err)
	}
	wait := forever
	if !next.IsZero() {
		wait = min(max(next.Sub(now), 0), lookUp)
	}
	if r.poll > 0 {
		wait = min(wait, r.poll)
	}
	return wait
}

func (r *Runner) trouble(ctx context.Context, doing string, err error) time.Duration {
	if ctx.Err() == nil {
		r.log.Error("jobs wait", "doing", doing, "error", err)
	}
	return errorPause
}

// errLost says that the claim ran out and somebody else has the job.
var errLost = errors.New("claim was lost")

// do runs one job: deletion by claim, then effects, in one transaction.
func (r *Runner) do(ctx context.Context, j Job, token string) {
	if r.longest[j.Kind] > 0 {
		if err := r.atLength(ctx, j, token); err != nil {
			r.fail(ctx, j, token, err)
			return
		}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.lease) // begun work is finished
	defer cancel()
	err := r.perform(ctx, j)
	if err != nil {
		r.fail(ctx, j, token, err)
		return
	}
	err = r.store.Write(ctx, func(ctx context.Context) error {
		switch ours, err := r.store.DeleteJob(ctx, j.ID, token); {
		case err != nil:
			return fmt.Errorf("delete job: %w", err)
		case !ours:
			return errLost
		}
		return r.handle(ctx, j)
	})
	switch {
	case err == nil:
	case errors.Is(err, errLost):
		r.log.Warn("job claim lost", "job_id", j.ID, "kind", j.Kind)
	default:
		r.fail(ctx, j, token, err)
	}
}

// errEnded says that a job takes the program with it.
var errEnded = errors.New("the program ended every time while this job ran")

// perform does what a job does outside the database, if it is of such a kind. Its time
// ends before the claim does, so that nobody else does it meanwhile.
func (r *Runner) perform(ctx context.Context, j Job) (err error) {
	w := r.works[j.Kind]
	if w == nil || r.longest[j.Kind] > 0 { // long work is done before
		return nil
	}
	if j.Tries > MaxTries {
		return errEnded
	}
	ctx, cancel := context.WithTimeout(ctx, r.lease*4/5)
	defer cancel()
	defer recovered(&err)
	return w(ctx, j)
}

// handle calls the handler.
func (r *Runner) handle(ctx context.Context, j Job) (err error) {
	if r.works[j.Kind] != nil {
		return nil
	}
	if j.Tries > MaxTries {
		return errEnded
	}
	h := r.handlers[j.Kind]
	if h == nil {
		return fmt.Errorf("nobody handles jobs of kind %q", j.Kind)
	}
	defer recovered(&err)
	return h(ctx, j)
}

// recovered makes a panic of a handler its failure.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("handler panicked: %v", p)
	}
}

// maxError is how much of an error is kept, in bytes.
const maxError = 500

func (r *Runner) fail(ctx context.Context, j Job, token string, cause error) {
	f := Failure{Error: shorten(cause.Error()), Again: r.now().Add(pause(j.Tries)), Dead: j.Tries >= MaxTries}
	if later := (*later)(nil); errors.As(cause, &later) {
		f.Again, f.Dead, f.Uncounted = later.at, false, true
		r.log.Debug("job postponed", "job_id", j.ID, "kind", j.Kind, "error", cause)
	} else if f.Dead {
		r.log.Error("job given up", "job_id", j.ID, "kind", j.Kind, "attempt", j.Tries, "error", cause)
	} else {
		r.log.Warn("job failed", "job_id", j.ID, "kind", j.Kind, "attempt", j.Tries, "error", cause)
	}
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), claimTimeout)
	defer cancel()
	err := r.store.Write(within, func(ctx context.Context) error { return r.store.FailJob(ctx, j.ID, token, f) })
	if err != nil {
		r.log.Error("job failure not stored", "job_id", j.ID, "error", err) // the claim will run out
	}
}

// shorten makes an error's text storable.
func shorten(s string) string {
	if len(s) > maxError {
		s = s[:maxError]
	}
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
}
