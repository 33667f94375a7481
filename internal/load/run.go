package load

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// RunOptions says how to load a server.
type RunOptions struct {
	URL, Key string
	Kind     string        // "chat", or "custom" for signed webhooks; "" = chat
	Rate     float64       // messages per second; 0 = as fast as Clients in a closed loop can
	For      time.Duration // how long new messages are begun
	Clients  int           // connections
	Journal  *Journal      // may be nil
	// Patient keeps trying while the server is away, as a widget does; without it the
	// first failure of the network ends the run with an error.
	Patient bool
}

// RunResult is what a run measured. Latencies are from the scheduled moment when a
// rate is set, and count what was never answered, so that a stall of the server is not
// forgiven.
type RunResult struct {
	Acknowledged  int
	Failed        int // attempts that failed; each was tried again
	Unanswered    int // scheduled, and not acknowledged before the run gave up
	Took          time.Duration
	P50, P95, P99 time.Duration
	Max           time.Duration
}

// Rate returns acknowledged messages per second.
func (r RunResult) Rate() float64 { return float64(r.Acknowledged) / r.Took.Seconds() }

// String is the result in one line.
func (r RunResult) String() string {
	return fmt.Sprintf("acknowledged %d in %.1f s: %.0f/s, p50 %s, p95 %s, p99 %s, max %s, failed attempts %d, unanswered %d",
		r.Acknowledged, r.Took.Seconds(), r.Rate(), round(r.P50), round(r.P95), round(r.P99), round(r.Max), r.Failed, r.Unanswered)
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) }

// perVisitor is how many messages a simulated visitor writes before another comes.
const perVisitor = 10

// grace is how long a run waits at its end for answers to what was scheduled.
const grace = 5 * time.Second

// Run loads the server until the time is over or ctx ends.
func Run(ctx context.Context, o RunOptions) (RunResult, error) {
	o.Clients = max(1, o.Clients)
	r := &runner{o: o}
	var err error
	if r.door, err = o.door(); err != nil {
		return RunResult{}, err
	}
	if r.account, err = r.findAccount(ctx); err != nil {
		return RunResult{}, err
	}
	r.begun = time.Now()
	r.until = r.begun.Add(o.For)
	running, cancel := context.WithDeadline(ctx, r.until.Add(grace))
	defer cancel()
	r.end = cancel
	slots := r.schedule(running)
	var wg sync.WaitGroup
	for range o.Clients {
		wg.Go(func() { r.worker(running, slots) })
	}
	wg.Wait()
	took := time.Since(r.begun)
	cancel()
	for due := range slots {
		r.giveUp(due)
	}
	return r.result(took, ctx.Err() != nil || r.err != nil), r.err
}

// door is how messages of the run's kind come in.
func (o RunOptions) door() (door, error) {
	c := newClient(o.URL, o.Key, o.Clients)
	switch o.Kind {
	case "", "chat":
		return chatDoor{c}, nil
	case "custom":
		return newCustomDoor(c), nil
	}
	return nil, fmt.Errorf("kind %q is not known: use chat or custom", o.Kind)
}

type runner struct {
	o       RunOptions
	door    door
	account string
	begun   time.Time
	until   time.Time // when the last message is begun
	end     func()    // of the whole run

	mu         sync.Mutex
	latencies  []time.Duration
	unanswered []time.Duration
	failed     int
	err        error
}

func (r *runner) findAccount(ctx context.Context) (string, error) {
	for {
		account, err := r.door.find(ctx)
		if err == nil || !r.o.Patient {
			return account, err
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return "", err
		}
	}
}

// schedule yields the moments at which messages are due; none without a rate.
func (r *runner) schedule(ctx context.Context) <-chan time.Time {
	slots := make(chan time.Time, 100_000)
	go func() {
		defer close(slots)
		for n := 0; r.o.Rate > 0; n++ {
			due := r.begun.Add(time.Duration(float64(n) / r.o.Rate * float64(time.Second)))
			if !due.Before(r.until) || pause(ctx, time.Until(due)) != nil {
				return
			}
			select {
			case slots <- due:
			case <-ctx.Done():
				return
			}
		}
	}()
	return slots
}

// next returns when the next message is due: as scheduled, or at once in a closed loop.
func (r *runner) next(ctx context.Context, slots <-chan time.Time) (due time.Time, ok bool) {
	if r.o.Rate > 0 {
		due, ok = <-slots
		return due, ok
	}
	due = time.Now()
	return due, due.Before(r.until) && ctx.Err() == nil
}

func (r *runner) worker(ctx context.Context, slots <-chan time.Time) {
	var v *visitor
	for {
		due, ok := r.next(ctx, slots)
		if !ok {
			return
		}
		if v == nil || v.sent >= perVisitor {
			if v, ok = r.visitor(ctx); !ok {
				r.giveUp(due)
				return
			}
			if r.o.Rate <= 0 {
				due = time.Now()
			}
		}
		if !r.message(ctx, v, due) {
			r.giveUp(due)
			return
		}
	}
}

// visitor makes a new visitor; false ends the worker.
func (r *runner) visitor(ctx context.Context) (*visitor, bool) {
	for {
		v, err := r.door.visitor(ctx, r.account)
		if err == nil {
			return v, true
		}
		if !r.again(ctx, err) {
			return nil, false
		}
	}
}

// message sends the visitor's next message until it is acknowledged; false ends the worker.
func (r *runner) message(ctx context.Context, v *visitor, due time.Time) bool {
	v.sent++
	e := Entry{Account: v.account, Visitor: v.id, N: v.sent, Client: newUUID()}
	for tries := 0; ; tries++ {
		err := r.door.say(ctx, v, e.Client, fmt.Sprintf("Message %d of visitor %s", e.N, v.id))
		if err == nil {
			e.Acked = true
			r.acknowledge(e, time.Since(due))
			return true
		}
		if tries == 0 && r.o.Journal != nil {
			if werr := r.o.Journal.Write(e); werr != nil {
				r.fail(werr)
				return false
			}
		}
		if !r.again(ctx, err) {
			return false
		}
	}
}

func (r *runner) acknowledge(e Entry, took time.Duration) {
	if r.o.Journal != nil {
		if err := r.o.Journal.Write(e); err != nil {
			r.fail(err)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.latencies = append(r.latencies, took)
}

// again tells whether to try once more after an error, and waits a little.
func (r *runner) again(ctx context.Context, err error) bool {
	if ctx.Err() != nil {
		return false
	}
	r.mu.Lock()
	r.failed++
	r.mu.Unlock()
	if !r.o.Patient {
		r.fail(err)
		return false
	}
	return pause(ctx, 20*time.Millisecond) == nil
}

func (r *runner) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
	}
	r.end()
}

// giveUp notes a message that the run did not bring through.
func (r *runner) giveUp(due time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.unanswered = append(r.unanswered, time.Since(due))
}

// result sums up. What was under way when the run was stopped says nothing.
func (r *runner) result(took time.Duration, stopped bool) RunResult {
	r.mu.Lock()
	defer r.mu.Unlock()
	if stopped {
		r.unanswered = nil
	}
	all := slices.Concat(r.latencies, r.unanswered)
	slices.Sort(all)
	at := func(share float64) time.Duration {
		if len(all) == 0 {
			return 0
		}
		return all[min(len(all)-1, int(share*float64(len(all))))]
	}
	return RunResult{Acknowledged: len(r.latencies), Failed: r.failed, Unanswered: len(r.unanswered), Took: took,
		P50: at(0.50), P95: at(0.95), P99: at(0.99), Max: at(1)}
}

func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
