package router

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/internal/fault"
	"parley/router/rules"
)

// Service is what people do with triggers, macros and schedules. Safe for concurrent use.
type Service struct {
	*Engine
}

// New returns a Service whose Engine does what is set up.
func New(o Options) *Service { return &Service{NewEngine(o)} }

func (s *Service) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Refresh fills the book anew when what it was filled with is no longer so. It is called
// at start, after every change, and from time to time where there are other nodes.
func (e *Engine) Refresh(ctx context.Context) error {
	e.refreshing.Lock()
	defer e.refreshing.Unlock()
	revision, err := e.store.RulesRevision(ctx)
	if err != nil {
		return fmt.Errorf("read revision of rules: %w", err)
	}
	if revision == e.book.Revision() {
		return nil
	}
	list, err := e.store.Triggers(ctx)
	if err != nil {
		return fmt.Errorf("read triggers: %w", err)
	}
	calendar, err := e.calendar(ctx)
	if err != nil {
		return err
	}
	e.book.fill(revision, list, calendar)
	return nil
}

// current returns the book's page, refreshed.
func (e *Engine) current(ctx context.Context) (*page, error) {
	if err := e.Refresh(ctx); err != nil {
		return nil, err
	}
	return e.book.page.Load(), nil
}

func (e *Engine) calendar(ctx context.Context) (rules.Calendar, error) {
	list, err := e.store.Schedules(ctx)
	if err != nil {
		return nil, fmt.Errorf("read schedules: %w", err)
	}
	return newCalendar(list), nil
}

// Triggers returns all, in the order in which they act, each with what is wrong with it
// by now.
func (s *Service) Triggers(ctx context.Context) ([]Trigger, error) {
	list, err := s.store.Triggers(ctx)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if err := s.diagnose(ctx, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// diagnose says why a trigger that was right when it was saved is not any more.
func (s *Service) diagnose(ctx context.Context, t *Trigger) error {
	var bad fault.Collector
	if _, err := t.check(); err != nil {
		if err = bad.Merge(err); err != nil {
			return err
		}
	}
	if err := missing(ctx, s.store.KnownReferences, references(t.Conditions, t.Actions), &bad); err != nil {
		return err
	}
	if f, ok := fault.As(bad.Err()); ok {
		first := f.Fields[0]
		t.Problem = fault.T(first.Path+": "+first.Text.RU, first.Path+": "+first.Text.EN)
	}
	return nil
}

// Trigger returns one.
func (s *Service) Trigger(ctx context.Context, id TriggerID) (Trigger, error) {
	list, err := s.store.Triggers(ctx)
	if err != nil {
		return Trigger{}, err
	}
	i := slices.IndexFunc(list, func(t Trigger) bool { return t.ID == id })
	if i < 0 {
		return Trigger{}, ErrNoTrigger
	}
	return list[i], s.diagnose(ctx, &list[i])
}

// accept refuses a trigger that cannot work.
func (s *Service) accept(ctx context.Context, t *Trigger) error {
	var bad fault.Collector
	_, err := t.check()
	if err = bad.Merge(err); err != nil {
		return err
	}
	if err := missing(ctx, s.store.KnownReferences, references(t.Conditions, t.Actions), &bad); err != nil {
		return err
	}
	if err := s.checkTemplates(ctx, t.Actions, &bad); err != nil {
		return err
	}
	t.UpdatedAt, t.Problem = s.time(), fault.Text{}
	return bad.Err()
}

// ChangeTrigger changes a trigger as it is, when that is still the version that the caller went by (0 = none), and
// returns it as it is then.
func (s *Service) ChangeTrigger(ctx context.Context, id TriggerID, seen int64, change func(*Trigger)) (after Trigger, err error) {
	err = s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.LockRules(ctx); err != nil {
			return err
		}
		t, err := s.Trigger(ctx, id)
		if err != nil {
			return err
		}
		now := t
		change(&t)
		refused := s.accept(ctx, &t)
		if err := fault.Stale("trigger", seen, now, t, refused); err != nil {
			return err
		}
		if err := s.store.PutTrigger(ctx, &t); err != nil {
			return err
		}
		after = t
		return s.plan(ctx, &t)
	})
	if err != nil {
		return Trigger{}, err
	}
	return after, s.Refresh(ctx)
}

// AddTrigger adds a trigger, and returns it as it is then. One without a place acts last.
func (s *Service) AddTrigger(ctx context.Context, given Trigger) (Trigger, error) {
	if err := s.accept(ctx, &given); err != nil {
		return Trigger{}, err
	}
	var t Trigger
	err := s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.LockRules(ctx); err != nil { // two that are added at once do not share a place
			return err
		}
		t = given // this may be a second try, when others stand elsewhere
		if err := s.place(ctx, &t); err != nil {
			return err
		}
		if err := s.store.PutTrigger(ctx, &t); err != nil {
			return err
		}
		return s.plan(ctx, &t)
	})
	if err != nil {
		return Trigger{}, err
	}
	return t, s.Refresh(ctx)
}

// place gives a new trigger its id, and its place behind all others unless it has one.
func (s *Service) place(ctx context.Context, t *Trigger) error {
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return err
	}
	t.ID, t.CreatedAt = TriggerID(ids[0]), t.UpdatedAt
	if t.Position != 0 {
		return nil
	}
	list, err := s.store.Triggers(ctx)
	for _, have := range list {
		t.Position = max(t.Position, have.Position)
	}
	t.Position++
	return err
}

// DeleteTrigger removes a trigger. What it did stays in the log of conversations.
func (s *Service) DeleteTrigger(ctx context.Context, id TriggerID) error {
	err := s.store.Write(ctx, func(ctx context.Context) error {
		found, err := s.store.DeleteTrigger(ctx, id)
		if err == nil && !found {
			err = ErrNoTrigger
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.Refresh(ctx)
}
