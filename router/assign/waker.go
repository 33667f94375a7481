package assign

import (
	"context"
	"sync"
	"time"

	"parley/inbox"
)

// How often to look at least. What people do wakes the waker besides; these are for other
// nodes, for who came online there, and for what becomes due by itself.
const (
	look        = 500 * time.Millisecond
	slowLook    = 2 * time.Second // while no team hands out
	lookTimeout = 30 * time.Second
	// awayAfter is how long an agent's last page must have been closed.
	awayAfter = 5 * time.Minute
	// beatEvery is how often who has a page open is noted.
	beatEvery = 20 * time.Second
	// between bounds how often waking is worth a look.
	between = 20 * time.Millisecond
)

// Waker hands out what waits as soon as it can be. Wake may be called at any time.
type Waker struct {
	service *Service
	wake    chan struct{}
	cancel  context.CancelFunc
	loop    sync.WaitGroup
}

// NewWaker makes one; Start sets it off.
func NewWaker(s *Service) *Waker { return &Waker{service: s, wake: make(chan struct{}, 1)} }

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
			w.handOut(ctx)
		case <-timer.C:
			w.try(ctx, "absences", w.service.Absences)
			w.try(ctx, "attendance", w.service.Beat)
			w.try(ctx, "auto-away", w.service.AutoAway)
			w.handOut(ctx)
			timer.Reset(w.service.pace())
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(between):
		}
	}
}

func (w *Waker) handOut(ctx context.Context) {
	w.try(ctx, "hand out", func(ctx context.Context) error { _, err := w.service.Round(ctx); return err })
}

func (w *Waker) try(ctx context.Context, doing string, work func(context.Context) error) {
	if !w.service.right() {
		return
	}
	within, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	if err := work(within); err != nil && ctx.Err() == nil {
		w.service.log.Error("routing waits", "doing", doing, "error", err)
	}
}

// Here notes that an agent's first page was opened, or that their last one was closed.
// Who was set to away for it comes back.
func (s *Service) Here(ctx context.Context, agent int64, here bool) error {
	came := false
	err := s.store.Write(ctx, func(ctx context.Context) (err error) {
		came, err = s.store.NoteHere(ctx, inbox.AgentID(agent), here, s.time())
		return err
	})
	if err == nil && came {
		s.present(agent)
	}
	return err
}

// Beat notes now and then who has a page open on this node: of a node that dies nobody
// hears that its pages were closed.
func (s *Service) Beat(ctx context.Context) error {
	now := s.time()
	if since := now.Sub(s.beat); since >= 0 && since < beatEvery {
		return nil
	}
	here := s.attending()
	if len(here) == 0 {
		return nil
	}
	agents := make([]inbox.AgentID, len(here))
	for i, id := range here {
		agents[i] = inbox.AgentID(id)
	}
	var came []inbox.AgentID
	err := s.store.Write(ctx, func(ctx context.Context) (err error) {
		came, err = s.store.BeatHere(ctx, agents, now)
		return err
	})
	if err != nil {
		return err
	}
	s.beat = now
	for _, id := range came {
		s.present(int64(id))
	}
	return nil
}

// AutoAway sets those to away whose pages have been closed for a while.
func (s *Service) AutoAway(ctx context.Context) error {
	list, err := s.store.AutoAway(ctx, s.time().Add(-awayAfter))
	for _, id := range list {
		s.present(int64(id))
	}
	return err
}
