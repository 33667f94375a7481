package views

import (
	"context"
	"fmt"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/router"
)

// PreviewRows is how many conversations a preview shows.
const PreviewRows = 10

// Where returns what narrows a list to a view that the viewer may use, and the view's order.
func (s *Service) Where(ctx context.Context, v actor.Viewer, id ID) (*inbox.Where, inbox.Sort, error) {
	w, err := s.find(ctx, v, id)
	if err != nil {
		return nil, "", err
	}
	where, err := s.where(ctx, v, &w)
	return where, w.Sort, err
}

func (s *Service) where(ctx context.Context, v actor.Viewer, w *View) (*inbox.Where, error) {
	var bad fault.Collector
	rule, err := w.compile(&bad)
	if err != nil {
		return nil, err
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	now := s.time()
	where := &inbox.Where{Rule: rule, Now: now}
	if len(rule.Schedules()) == 0 {
		where.Facts = s.facts(v, now, nil)
		return where, nil
	}
	schedules, err := s.store.Schedules(ctx)
	if err != nil {
		return nil, fmt.Errorf("read schedules: %w", err)
	}
	where.Facts = s.facts(v, now, router.NewCalendar(schedules))
	return where, nil
}

// Preview is what a view that was not saved would show.
type Preview struct {
	Rows []inbox.Row
	inbox.Tally
}

// Try shows what a view would show; it need have neither name nor scope.
func (s *Service) Try(ctx context.Context, v actor.Viewer, w View) (Preview, error) {
	where, err := s.where(ctx, v, &w)
	if err != nil {
		return Preview{}, err
	}
	f := inbox.Filter{Where: where, Sort: w.Sort, Limit: PreviewRows}
	var p Preview
	if p.Tally, err = s.store.Tally(ctx, v, f); err != nil {
		return p, fmt.Errorf("count preview: %w", err)
	}
	page, err := s.store.Conversations(ctx, v, f)
	if err != nil {
		return p, fmt.Errorf("list preview: %w", err)
	}
	p.Rows = page.Items
	return p, nil
}

// Count is how many conversations a view shows.
type Count struct {
	View ID
	inbox.Tally
}

// Counts returns the numbers beside the views that the viewer may use. A view that works
// no longer has none.
func (s *Service) Counts(ctx context.Context, v actor.Viewer) ([]Count, error) {
	list, err := s.seen(ctx, v)
	if err != nil {
		return nil, err
	}
	out := make([]Count, 0, len(list))
	for i := range list {
		where, err := s.where(ctx, v, &list[i])
		if _, refused := fault.As(err); refused {
			continue
		}
		if err != nil {
			return nil, err
		}
		n, err := s.store.Tally(ctx, v, inbox.Filter{Where: where})
		if err != nil {
			return nil, fmt.Errorf("count view %d: %w", list[i].ID, err)
		}
		out = append(out, Count{View: list[i].ID, Tally: n})
	}
	return out, nil
}

// Matches returns which of the named conversations a view shows. Open pages ask it when a
// conversation changes, because only the server can judge every condition.
func (s *Service) Matches(ctx context.Context, v actor.Viewer, id ID, ids []inbox.ConversationID) ([]inbox.ConversationID, error) {
	where, _, err := s.Where(ctx, v, id)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.ConversationsByID(ctx, v, ids)
	if err != nil {
		return nil, fmt.Errorf("read conversations: %w", err)
	}
	facts, err := where.Facts(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]inbox.ConversationID, 0, len(rows))
	for i := range rows {
		if where.Rule.Match(facts[i]) {
			out = append(out, rows[i].ID)
		}
	}
	return out, nil
}
