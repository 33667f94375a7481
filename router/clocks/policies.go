package clocks

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/internal/fault"
	"parley/router"
	"parley/router/rules"
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

// AddPolicy adds a policy. One without a place is asked last. Clocks follow, within a second.
func (s *Service) AddPolicy(ctx context.Context, given Policy) (Policy, error) {
	var p Policy
	err := s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.LockDue(ctx); err != nil {
			return err
		}
		p = given // this may be a second try, when others stand elsewhere
		if err := s.checkPolicy(ctx, &p); err != nil {
			return err
		}
		p.UpdatedAt = s.time()
		if err := s.place(ctx, &p); err != nil {
			return err
		}
		return s.store.PutPolicy(ctx, &p)
	})
	return s.saved(ctx, p.ID, err)
}

// ChangePolicy changes a part of a policy, as it is by then: what two people change of it
// at once is both changed, unless one names the version that they went by (0 = none).
// Clocks follow, within a second.
func (s *Service) ChangePolicy(ctx context.Context, id PolicyID, seen int64, change func(p *Policy)) (Policy, error) {
	err := s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.LockDue(ctx); err != nil {
			return err
		}
		p, err := s.Policy(ctx, id)
		if err != nil {
			return err
		}
		now := p
		change(&p)
		refused := s.checkPolicy(ctx, &p)
		if err := fault.Stale("policy", seen, now, p, refused); err != nil {
			return err
		}
		p.UpdatedAt = s.time()
		return s.store.PutPolicy(ctx, &p)
	})
	return s.saved(ctx, id, err)
}

// saved reads a policy that was saved, as everybody does from now on.
func (s *Service) saved(ctx context.Context, id PolicyID, err error) (Policy, error) {
	if err != nil {
		return Policy{}, err
	}
	if err := s.Refresh(ctx); err != nil {
		return Policy{}, err
	}
	return s.Policy(ctx, id)
}

// OrderPolicies puts policies into another order, all at once. The order that the caller
// saw must be that of now.
func (s *Service) OrderPolicies(ctx context.Context, was, ids []PolicyID) error {
	err := s.store.Write(ctx, func(ctx context.Context) error {
		if err := s.store.LockDue(ctx); err != nil {
			return err
		}
		list, err := s.store.Policies(ctx)
		if err != nil {
			return fmt.Errorf("read policies: %w", err)
		}
		have := make([]PolicyID, len(list))
		for i := range list {
			have[i] = list[i].ID
		}
		if err := rules.CheckOrder(have, was, ids); err != nil {
			return err
		}
		for i := range list {
			p := &list[i]
			p.Position = int64(slices.Index(ids, p.ID) + 1)
			if err := s.store.PutPolicy(ctx, p); err != nil {
				return fmt.Errorf("keep policy: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.Refresh(ctx)
}

// checkPolicy refuses what cannot work, what names what there is none of, and what the
// schedule never leaves time for.
func (s *Service) checkPolicy(ctx context.Context, p *Policy) error {
	var bad fault.Collector
	_, err := p.check()
	if err = bad.Merge(err); err != nil {
		return err
	}
	if err := router.CheckReferences(ctx, s.store.KnownReferences, p.Conditions, &bad); err != nil {
		return err
	}
	page, err := s.current(ctx)
	if err != nil {
		return err
	}
	page.meets(p, s.time(), &bad)
	return bad.Err()
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
	paths := map[inbox.Priority]string{"": ""}
	for priority := range x.ByPriority {
		paths[priority] = "by_priority." + string(priority) + "."
	}
	for priority, path := range paths {
		for _, m := range Metrics() {
			minutes := x.Targets.of(m)
			if priority != "" {
				minutes = x.ByPriority[priority].of(m)
			}
			if minutes <= 0 || h.add(now, time.Duration(minutes)*time.Minute).Sub(now) <= farthest {
				continue
			}
			bad.Add(path+string(m)+"_minutes", "never", fault.T("По этому расписанию столько рабочего времени не наберётся и за два года.", "The schedule does not open for so long within two years."))
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
		// A change that is under way would write it back.
		if err := s.store.LockDue(ctx); err != nil {
			return err
		}
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
