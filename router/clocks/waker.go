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

// lookTimeout bounds one round.
const lookTimeout = 30 * time.Second

// Waker calls Due when the next clock is due. Wake may be called at any time.
type Waker struct {
	service *Service
	log     *slog.Logger
	wake    chan struct{}
	cancel  context.CancelFunc
	loop    sync.WaitGroup
}

// NewWaker makes one; Start sets it off.
func NewWaker(s *Service) *Waker { return &Waker{service: s, log: s.log, wake: make(chan struct{}, 1)} }

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

// Wake makes the waker look now. It never blocks.
func (w *Waker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *Waker) run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.wake:
		case <-timer.C:
		}
		timer.Reset(w.round(ctx))
	}
}

// round works on what is due and returns how long to wait for the next.
func (w *Waker) round(ctx context.Context) time.Duration {
	within, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	for {
		seen, err := w.service.Due(within)
		if err != nil {
			if ctx.Err() == nil {
				w.log.Error("clocks wait", "error", err)
			}
			return look
		}
		if seen == 0 {
			break
		}
	}
	next, err := w.service.store.NextClock(within)
	if err != nil || next.IsZero() {
		return look
	}
	return min(max(next.Sub(w.service.now()), time.Millisecond), look)
}
