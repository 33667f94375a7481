package clocks

import (
	"context"
	"fmt"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
)

// Sweep is how far a change of policies or schedules has reached: first the clocks that run, in the order of their
// conversations, then who waits and has none, the longest first. The zero value is none.
type Sweep struct {
	Revision string // of the change; another change begins another sweep
	// After is the conversation that was reached.
	After inbox.ConversationID
	// Waits says that clocks that run are done, and since when who was reached waits.
	Waits bool
	Since time.Time
	// Told is of how many conversations colleagues were told one by one.
	Told int
	// Begin is when those who wait may be looked at, once Waits. A node whose clock can be believed sets it; until then it is zero.
	Begin time.Time
}

// Waiter is a conversation that waits for an answer.
type Waiter struct {
	Conversation inbox.ConversationID
	Since        time.Time
}

// Anew has a change of policies or schedules reach a batch of conversations, and tells whether there are more. It opens
// a transaction only when there is one.
func (s *Service) Anew(ctx context.Context) (more bool, err error) {
	if sweep, err := s.store.ClockSweep(ctx); err != nil || !s.ready(sweep) {
		return false, err
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		more = false
		if err := s.store.LockDue(ctx); err != nil {
			return err
		}
		sweep, err := s.store.ClockSweep(ctx)
		if err != nil || !s.ready(sweep) {
			return err
		}
		page, err := s.current(ctx)
		if err != nil {
			return err
		}
		step := s.running
		if sweep.Waits {
			step = s.waiting
		}
		next, err := step(ctx, page, sweep)
		if err != nil {
			return err
		}
		more = s.ready(next)
		return s.store.PutClockSweep(ctx, sweep, next)
	})
	return more, err
}

// ready tells whether a sweep may go on now. Those who wait may have missed their time already, so they are looked at
// by a clock that can be believed alone.
func (s *Service) ready(x Sweep) bool {
	return x.Revision != "" && (!x.Waits || s.right() && !s.time().Before(x.Begin))
}

// running brings a batch of clocks that run under what holds now.
func (s *Service) running(ctx context.Context, page *page, sweep Sweep) (next Sweep, err error) {
	ids, err := s.store.RunningAfter(ctx, sweep.After, batch)
	if err != nil {
		return next, fmt.Errorf("find running clocks: %w", err)
	}
	if err := s.anew(ctx, page, ids); err != nil {
		return next, err
	}
	switch {
	case len(ids) == batch:
		sweep.After = ids[batch-1]
		return sweep, nil
	case len(page.policies) == 0: // nobody is promised anything
		return Sweep{}, nil
	}
	return Sweep{Revision: sweep.Revision, Waits: true}, nil
}

// anew applies to conversations a change at which nothing happened but the policies'.
func (s *Service) anew(ctx context.Context, page *page, ids []inbox.ConversationID) error {
	if len(ids) == 0 {
		return nil
	}
	w, err := s.open(ctx, page, ids)
	if err != nil {
		return err
	}
	for _, id := range w.ids {
		w.desks[id].anew(w.nothing(id))
	}
	return w.save(ctx)
}

// nothing is a change after which a conversation stands as it did.
func (w *work) nothing(id inbox.ConversationID) *Change {
	c := w.of[id].Conversation
	return &Change{
		Conversation: id, At: w.now, Status: c.Status, Waiting: c.Unanswered, Since: c.WaitingSince, Spam: !c.SpamAt.IsZero(), Cause: actor.Cause{Kind: actor.Clock},
	}
}

// waiting sets the clocks of a batch of those who wait and were promised nothing so far. Where a change waits in a
// job, the job does it. What is missed or near by now is told at once.
func (s *Service) waiting(ctx context.Context, page *page, sweep Sweep) (next Sweep, err error) {
	if sweep.Begin.IsZero() {
		sweep.Begin = s.time().Add(s.settle)
		return sweep, nil
	}
	list, err := s.store.WaitingAfter(ctx, Waiter{sweep.After, sweep.Since}, batch)
	if err != nil {
		return next, fmt.Errorf("find who waits: %w", err)
	}
	if len(list) == 0 {
		return Sweep{}, nil
	}
	ids := make([]inbox.ConversationID, len(list))
	for i := range list {
		ids[i] = list[i].Conversation
	}
	w, err := s.open(ctx, page, ids)
	if err != nil {
		return next, err
	}
	w.sweep = &sweep
	unapplied, err := s.store.UnappliedChanges(ctx, w.ids)
	if err != nil {
		return next, fmt.Errorf("look for changes: %w", err)
	}
	for _, id := range w.ids {
		if !unapplied[id] && w.desks[id].begin(w.nothing(id)) {
			if err := w.ring(ctx, id); err != nil {
				return next, err
			}
		}
	}
	if err := w.save(ctx); err != nil || len(list) < batch {
		return Sweep{}, err
	}
	sweep.After, sweep.Since = list[batch-1].Conversation, list[batch-1].Since
	return sweep, nil
}
