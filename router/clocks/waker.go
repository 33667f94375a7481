package clocks

import (
	"context"
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

// lookTimeout bounds one round.
const lookTimeout = 30 * time.Second

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
	within, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	wait, err := w.work(within)
	if err != nil && ctx.Err() == nil {
		w.log.Error("clocks wait", "error", err)
	}
	return wait
}

// work opens a transaction only when something is due, or policies were changed. What is
// due comes first, between any two batches of what they changed.
func (w *Waker) work(ctx context.Context) (time.Duration, error) {
	for {
		more, err := w.service.Anew(ctx)
		if err != nil {
			return look, err
		}
		next, err := w.service.store.NextClock(ctx)
		if err != nil {
			return look, err
		}
		wait := look
		if !next.IsZero() {
			wait = min(next.Sub(w.service.now()), look)
		}
		seen := 0
		if wait <= 0 && !w.service.right() {
			return look, nil
		}
		if wait <= 0 {
			wait = held
			if seen, err = w.service.Due(ctx); err != nil {
				return look, err
			}
		}
		if seen == 0 && !more {
			return wait, nil
		}
	}
}
