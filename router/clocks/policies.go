package clocks

import (
	"context"
	"slices"
	"time"

	"parley/internal/fault"
	"parley/router"
)

// Policies returns all, in the order in which they are asked, each with why it does
// nothing where that is so.
func (s *Service) Policies(ctx context.Context) ([]Policy, error) {
	list, err := s.store.Policies(ctx)
	if err != nil {
		return nil, err
	}
	page, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	sortPolicies(list)
	page.diagnose(list)
	return list, nil
}

// Policy returns one.
func (s *Service) Policy(ctx context.Context, id PolicyID) (Policy, error) {
	list, err := s.Policies(ctx)
	if err != nil {
		return Policy{}, err
	}
	i := slices.IndexFunc(list, func(p Policy) bool { return p.ID == id })
	if i < 0 {
		return Policy{}, ErrNoPolicy
	}
	return list[i], nil
}

// SavePolicy adds a policy (ID 0) or changes one. A new one without a place is asked last.
func (s *Service) SavePolicy(ctx context.Context, p Policy) (Policy, error) {
	var bad fault.Collector
	_, err := p.check()
	if err = bad.Merge(err); err != nil {
		return Policy{}, err
	}
	if err := router.CheckReferences(ctx, s.store.KnownReferences, p.Conditions, &bad); err != nil {
		return Policy{}, err
	}
	page, err := s.current(ctx)
	if err != nil {
		return Policy{}, err
	}
	page.meets(&p, s.time(), &bad)
	if err := bad.Err(); err != nil {
		return Policy{}, err
	}
	p.UpdatedAt = s.time()
	err = s.store.Write(ctx, func(ctx context.Context) error {
		if p.ID == 0 {
			if err := s.place(ctx, &p); err != nil {
				return err
			}
		}
		return s.store.PutPolicy(ctx, &p)
	})
	if err != nil {
		return Policy{}, err
	}
	if err := s.Refresh(ctx); err != nil {
		return Policy{}, err
	}
	return s.Policy(ctx, p.ID)
}

// farthest is how far away a deadline may be for a promise to be one.
const farthest = 2 * 366 * 24 * time.Hour

// meets refuses a schedule that there is none of, and targets that it never opens for.
func (p *page) meets(x *Policy, now time.Time, bad *fault.Collector) {
	if x.Schedule == 0 {
		return
	}
	if !p.scheduled(x.Schedule) {
		bad.Add("schedule_id", "unknown", fault.T("Такого расписания нет.", "There is no such schedule."))
		return
	}
	h := p.hours(x.Schedule)
	for _, m := range Metrics() {
		target := x.target(m, "")
		if target > 0 && h.add(now, target).Sub(now) > farthest {
			bad.Add(string(m)+"_minutes", "never", fault.T("По этому расписанию столько рабочего времени не наберётся и за два года.", "The schedule does not open for so long within two years."))
		}
	}
}

// place gives a new policy its id, and its place behind all others unless it has one.
func (s *Service) place(ctx context.Context, p *Policy) error {
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return err
	}
	p.ID, p.CreatedAt = PolicyID(ids[0]), p.UpdatedAt
	if p.Position != 0 {
		return nil
	}
	list, err := s.store.Policies(ctx)
	for _, have := range list {
		p.Position = max(p.Position, have.Position)
	}
	p.Position++
	return err
}

// DeletePolicy removes a policy. Clocks that it set run on.
func (s *Service) DeletePolicy(ctx context.Context, id PolicyID) error {
	err := s.store.Write(ctx, func(ctx context.Context) error {
		found, err := s.store.DeletePolicy(ctx, id)
		if err == nil && !found {
			err = ErrNoPolicy
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.Refresh(ctx)
}
