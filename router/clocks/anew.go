package clocks

import (
	"context"
	"fmt"

	"parley/inbox"
	"parley/inbox/actor"
)

// Sweep is how far clocks that run have been brought under policies and schedules that
// were changed: those of conversations up to After are done. The zero value is none.
type Sweep struct {
	Revision string // of the change; another change begins another sweep
	After    inbox.ConversationID
}

// Anew brings a batch of clocks that run under what policies and schedules say now, when
// these were changed, and tells whether there are more. It opens a transaction only then.
func (s *Service) Anew(ctx context.Context) (more bool, err error) {
	if sweep, err := s.store.ClockSweep(ctx); err != nil || sweep.Revision == "" {
		return false, err
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		more = false
		if err := s.store.LockDue(ctx); err != nil {
			return err
		}
		sweep, err := s.store.ClockSweep(ctx)
		if err != nil || sweep.Revision == "" {
			return err
		}
		page, err := s.current(ctx)
		if err != nil {
			return err
		}
		ids, err := s.store.RunningAfter(ctx, sweep.After, batch)
		if err != nil {
			return fmt.Errorf("find running clocks: %w", err)
		}
		if err := s.anew(ctx, page, ids); err != nil {
			return err
		}
		more = len(ids) == batch
		next := Sweep{}
		if more {
			next = Sweep{sweep.Revision, ids[batch-1]}
		}
		return s.store.PutClockSweep(ctx, sweep, next)
	})
	return more, err
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
		c := w.of[id].Conversation
		w.desks[id].anew(&Change{
			Conversation: id, At: w.now, Status: c.Status, Waiting: c.Unanswered, Since: c.WaitingSince, Cause: actor.Cause{Kind: actor.Clock},
		})
	}
	return w.save(ctx)
}
