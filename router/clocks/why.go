package clocks

import (
	"context"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/sla"
)

// maxSpans bounds how much of the counted time is listed.
const maxSpans = 60

// Why explains a clock: whose promise it is, which time counts, and what stopped it.
type Why struct {
	Clock
	// Changed says that the policy is not what it was when the clock was set, or gone.
	Changed      bool
	ScheduleName string // "" = round the clock
	TimeZone     string
	WarnAt       time.Time     // zero: none, or it has warned
	Spent        time.Duration // open time until now, or until the end
	Left         time.Duration // negative when it is late
	// Spans are the open hours that have counted or will, up to the deadline; More says
	// that there are further ones. Round the clock has one.
	Spans []sla.Span
	More  bool
}

// Clocks returns every clock of a conversation, the oldest first.
func (s *Service) Clocks(ctx context.Context, v actor.Viewer, c inbox.ConversationID) ([]Clock, error) {
	list, found, err := s.store.Clocks(ctx, v, c)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, ErrNoConversation
	}
	out := make([]Clock, len(list))
	for i, x := range list {
		out[i] = *x
	}
	return out, nil
}

// Explain explains the last clock of a metric, or one by its id.
func (s *Service) Explain(ctx context.Context, v actor.Viewer, c inbox.ConversationID, m Metric, id ClockID) (Why, error) {
	list, err := s.Clocks(ctx, v, c)
	if err != nil {
		return Why{}, err
	}
	page, err := s.current(ctx)
	if err != nil {
		return Why{}, err
	}
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].ID == id || id == 0 && list[i].Metric == m {
			return page.explain(&list[i], s.time()), nil
		}
	}
	return Why{}, ErrNoClock
}

func (p *page) explain(c *Clock, now time.Time) Why {
	h := p.hours(c.Schedule)
	w := Why{Clock: *c, WarnAt: c.warnAt(h), Spent: c.used(h, now)}
	w.Left = c.Target - w.Spent
	policy := p.policy(c.Policy)
	w.Changed = policy == nil || policy.UpdatedAt.After(c.StartedAt)
	if s := p.schedules[c.Schedule]; c.Schedule != 0 {
		w.ScheduleName, w.TimeZone = s.Name, s.TimeZone
	}
	from := c.StartedAt
	for _, pause := range c.Pauses {
		w.count(h, from, pause.From)
		from = pause.To
	}
	if until := c.until(now); !from.IsZero() {
		w.count(h, from, until)
	}
	return w
}

// until is where counting ends: at the clock's end, or at its deadline.
func (c *Clock) until(now time.Time) time.Time {
	switch {
	case !c.EndedAt.IsZero() && (c.DueAt.IsZero() || c.EndedAt.Before(c.DueAt)):
		return c.EndedAt
	case !c.DueAt.IsZero():
		return c.DueAt
	}
	return now
}

// count lists the open hours between two moments.
func (w *Why) count(h hours, from, to time.Time) {
	if !from.Before(to) {
		return
	}
	if h.schedule == nil {
		w.Spans = append(w.Spans, sla.Span{From: from, To: to})
		return
	}
	for s := range h.schedule.Spans(from) {
		if !s.From.Before(to) {
			return
		}
		if len(w.Spans) == maxSpans {
			w.More = true
			return
		}
		if s.From.Before(from) {
			s.From = from
		}
		if s.To.After(to) {
			s.To = to
		}
		w.Spans = append(w.Spans, s)
	}
}

// WaitingPauses is the report of clocks that were stopped while the contact waited.
func (s *Service) WaitingPauses(ctx context.Context, v actor.Viewer, from, to time.Time, cursor string, limit int) (inbox.Page[PauseRow], error) {
	if to.IsZero() {
		to = s.time()
	}
	if limit <= 0 || limit > 200 {
		limit = 50
	}
	return s.store.WaitingPauses(ctx, v, from, to, cursor, limit)
}
