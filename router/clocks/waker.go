package clocks

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// look is how often the database is asked for the next clock at least: other nodes set
// clocks too, and the clock of a machine may jump.
const look = time.Second

// held is how long a due clock rests whose conversation has changes that wait in a job:
// these decide first.
const held = 50 * time.Millisecond

// batchTimeout bounds one batch.
const batchTimeout = 30 * time.Second

// Waker calls Due when the next clock is due.
type Waker struct {
	service *Service
	log     *slog.Logger
	cancel  context.CancelFunc
	loop    sync.WaitGroup
}

// NewWaker makes one; Start sets it off.
func NewWaker(s *Service) *Waker { return &Waker{service: s, log: s.log} }

// Start begins to look until Stop. It is called once.
func (w *Waker) Start() {
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	w.loop.Go(func() { w.run(ctx) })
}

// Stop ends the looking and waits for what is under way.
func (w *Waker) Stop() {
	if w.cancel != nil {
		w.cancel()
	}
	w.loop.Wait()
}

func (w *Waker) run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		timer.Reset(w.round(ctx))
	}
}

// round works on what is due and returns how long to wait for the next.
func (w *Waker) round(ctx context.Context) time.Duration {
	wait, err := w.work(ctx)
	if err != nil && ctx.Err() == nil {
		w.log.Error("clocks wait", "error", err)
	}
	return wait
}

// work opens a transaction only when something is due, or policies were changed. What is due comes first, between any
// two batches of what they changed, and whether or not these fail: a failed one is tried again in the next round.
func (w *Waker) work(ctx context.Context) (time.Duration, error) {
	var failed error
	for {
		more := false
		if failed == nil {
			failed = within(ctx, func(ctx context.Context) (err error) {
				more, err = w.service.Anew(ctx)
				return err
			})
		}
		var wait time.Duration
		seen := 0
		err := within(ctx, func(ctx context.Context) (err error) {
			wait, seen, err = w.due(ctx)
			return err
		})
		if err != nil {
			return look, errors.Join(failed, err)
		}
		if seen == 0 && !more {
			return wait, failed
		}
	}
}

// due looks at a batch of what is due, and returns how long to wait for the next when there was none.
func (w *Waker) due(ctx context.Context) (wait time.Duration, seen int, err error) {
	next, err := w.service.store.NextClock(ctx)
	if err != nil {
		return 0, 0, err
	}
	wait = look
	if !next.IsZero() {
		wait = min(next.Sub(w.service.now()), look)
	}
	if wait > 0 {
		return wait, 0, nil
	}
	if !w.service.right() {
		return look, 0, nil
	}
	seen, err = w.service.Due(ctx)
	return held, seen, err
}

// within bounds one batch, so that a long one takes no time from those behind it.
func within(ctx context.Context, run func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, batchTimeout)
	defer cancel()
	return run(ctx)
}
