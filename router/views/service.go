package views

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/router"
)

// Service is what people do with views. Safe for concurrent use.
type Service struct {
	store Store
	now   func() time.Time
}

// New makes a Service.
func New(store Store, now func() time.Time) *Service { return &Service{store: store, now: now} }

func (s *Service) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// List returns the views that the viewer may use, by name, each with what is wrong with it
// by now.
func (s *Service) List(ctx context.Context, v actor.Viewer) ([]View, error) {
	list, err := s.seen(ctx, v)
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

func (s *Service) seen(ctx context.Context, v actor.Viewer) ([]View, error) {
	list, err := s.store.Views(ctx)
	if err != nil {
		return nil, fmt.Errorf("read views: %w", err)
	}
	return slices.DeleteFunc(list, func(w View) bool { return !w.sees(v) }), nil
}

// diagnose says what a view names and is no more.
func (s *Service) diagnose(ctx context.Context, w *View) error {
	var bad fault.Collector
	if _, err := w.compile(&bad); err != nil {
		return err
	}
	if err := router.CheckReferences(ctx, s.store.KnownReferences, w.Conditions, &bad); err != nil {
		return err
	}
	if f, ok := fault.As(bad.Err()); ok {
		w.Problem = f.Fields[0].Text
	}
	return nil
}

// Get returns one that the viewer may use.
func (s *Service) Get(ctx context.Context, v actor.Viewer, id ID) (View, error) {
	w, err := s.find(ctx, v, id)
	if err != nil {
		return View{}, err
	}
	return w, s.diagnose(ctx, &w)
}

func (s *Service) find(ctx context.Context, v actor.Viewer, id ID) (View, error) {
	list, err := s.seen(ctx, v)
	if err != nil {
		return View{}, err
	}
	i := slices.IndexFunc(list, func(w View) bool { return w.ID == id })
	if i < 0 {
		return View{}, ErrNoView
	}
	return list[i], nil
}

// Add adds a view, which is its maker's. The caller has checked that the viewer may.
func (s *Service) Add(ctx context.Context, v actor.Viewer, w View) (View, error) {
	if err := s.accept(ctx, v, &w); err != nil {
		return View{}, err
	}
	err := s.store.Write(ctx, func(ctx context.Context) error {
		list, err := s.store.Views(ctx)
		if err != nil {
			return err
		}
		ids, err := s.store.NextIDs(ctx, 1)
		if err != nil {
			return err
		}
		w.ID, w.CreatedAt, w.Owner = ID(ids[0]), w.UpdatedAt, inbox.AgentID(v.AgentID)
		if err := crowded(list, &w); err != nil {
			return err
		}
		return s.store.PutView(ctx, &w)
	})
	return w, err
}

// Change changes a view that the viewer may use, as it is when nobody else can change it. One that becomes a person's
// own becomes the viewer's. change may run several times; it refuses what the viewer may not. A viewer who went by a
// version (0 = none) is refused when it is another by now.
func (s *Service) Change(ctx context.Context, v actor.Viewer, id ID, seen int64, change func(*View) error) (View, error) {
	var changed View
	err := s.store.Write(ctx, func(ctx context.Context) error {
		found, err := s.store.LockView(ctx, id)
		if err != nil {
			return fmt.Errorf("lock view: %w", err)
		}
		if !found {
			return ErrNoView
		}
		list, err := s.store.Views(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(w View) bool { return w.ID == id && w.sees(v) })
		if i < 0 {
			return ErrNoView
		}
		w := list[i]
		if err := change(&w); err != nil {
			return err
		}
		if w.Scope == router.Mine && list[i].Scope != router.Mine {
			w.Owner = inbox.AgentID(v.AgentID)
		}
		refused := s.accept(ctx, v, &w)
		if err := fault.Stale("view", seen, list[i], w, refused); err != nil {
			return err
		}
		if err := crowded(list, &w); err != nil {
			return err
		}
		changed = w
		return s.store.PutView(ctx, &w)
	})
	return changed, err
}

// accept refuses a view that cannot work.
func (s *Service) accept(ctx context.Context, v actor.Viewer, w *View) error {
	var bad fault.Collector
	_, err := w.check(v)
	if err := bad.Merge(err); err != nil {
		return err
	}
	if err := router.CheckReferences(ctx, s.store.KnownReferences, w.Conditions, &bad); err != nil {
		return err
	}
	if err := s.checkTeam(ctx, w, &bad); err != nil {
		return err
	}
	if err := bad.Err(); err != nil {
		return err
	}
	w.UpdatedAt, w.Problem = s.time(), fault.Text{}
	return nil
}

// checkTeam notes a team that is no more.
func (s *Service) checkTeam(ctx context.Context, w *View, bad *fault.Collector) error {
	if w.Scope != router.Team || w.Team == 0 {
		return nil
	}
	have, err := s.store.KnownReferences(ctx, router.References{"teams": {int64(w.Team)}})
	if err != nil {
		return fmt.Errorf("look team up: %w", err)
	}
	if len(have["teams"]) == 0 {
		bad.Add("team_id", "gone", fault.T("Такой группы больше нет.", "There is no such team any more."))
	}
	return nil
}

// crowded refuses one view more than there may be.
func crowded(list []View, w *View) error {
	own, shared := 0, 0
	for i := range list {
		switch {
		case list[i].ID == w.ID:
		case list[i].Scope != router.Mine:
			shared++
		case list[i].Owner == w.Owner:
			own++
		}
	}
	if w.Scope == router.Mine && own >= MaxOwn || w.Scope != router.Mine && shared >= MaxShared {
		return errTooMany
	}
	return nil
}

// Delete removes a view that the viewer may use. The caller has checked that the viewer may.
func (s *Service) Delete(ctx context.Context, v actor.Viewer, id ID) error {
	if _, err := s.find(ctx, v, id); err != nil {
		return err
	}
	return s.store.Write(ctx, func(ctx context.Context) error {
		found, err := s.store.DeleteView(ctx, id)
		if err == nil && !found {
			err = ErrNoView
		}
		return err
	})
}
