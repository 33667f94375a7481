package router

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/router/rules"
)

// Bounds of a dry run.
const (
	maxDays   = 90
	dryEvents = 2000 // looked at
	dryShown  = 100  // told of, of each verdict
	dryBatch  = 50
)

// Trial is what a trigger would have done with one event.
type Trial struct {
	Event   Event
	Contact string // name of whose event it was
	Text    string // of the message, shortened
	Matched bool
	Why     rules.Explanation
	Steps   []Step // what it would do; Outcome is empty
}

// DryRun is a trigger tried on what happened, as facts are now but for the time of the
// event: it changes nothing.
type DryRun struct {
	Looked  int // events
	Matched int
	More    bool    // there were more events than it looks at
	Trials  []Trial // the newest first: those that match and, so that one sees why not, others
}

// DryRun tries a trigger, saved or not, on the last days, as far as the viewer sees them.
func (s *Service) DryRun(ctx context.Context, v actor.Viewer, t Trigger, days int) (DryRun, error) {
	var bad fault.Collector
	if days < 1 || days > maxDays {
		bad.Add("days", "range", fault.T("От 1 до 90 дней.", "Between 1 and 90 days."))
	}
	rule, err := t.check()
	if err = bad.Merge(err); err != nil {
		return DryRun{}, err
	}
	if err := bad.Err(); err != nil {
		return DryRun{}, err
	}
	calendar, err := s.calendar(ctx)
	if err != nil {
		return DryRun{}, err
	}
	list, err := s.past(ctx, &t, days)
	if err != nil {
		return DryRun{}, fmt.Errorf("read history: %w", err)
	}
	out := DryRun{More: len(list) > dryEvents}
	list = list[:min(len(list), dryEvents)]
	passed := 0
	for len(list) > 0 {
		n := min(len(list), dryBatch)
		subjects := make([]Subject, n)
		for i := range n {
			subjects[i] = list[i].subject()
		}
		of, err := s.store.Snapshots(ctx, subjects, false)
		if err != nil {
			return DryRun{}, fmt.Errorf("load facts: %w", err)
		}
		for i := range n {
			c := of[i].Conversation
			if !t.hears(&list[i]) || c == nil || !v.Sees(c.Sight()) || t.After.Since == WindowCloses && s.window(c.AccountID) == 0 {
				continue
			}
			out.Looked++
			facts := of[i].facts(list[i].At, calendar)
			trial := Trial{Event: list[i], Matched: rule.Match(facts), Why: rule.Explain(facts)}
			trial.name(&of[i])
			switch {
			case trial.Matched:
				out.Matched++
				trial.Steps = would(&of[i], t.Actions)
				if out.Matched > dryShown {
					continue
				}
			case passed == dryShown:
				continue
			default:
				passed++
			}
			out.Trials = append(out.Trials, trial)
		}
		list = list[n:]
	}
	return out, nil
}

// name says whose event it was and what was written, for people to know it by.
func (t *Trial) name(of *Snapshot) {
	if of.Contact != nil {
		t.Contact = of.Contact.Name
	}
	if of.Message != nil {
		t.Text = short(of.Message.Text)
	}
}

// past returns what the trigger would have heard.
func (s *Service) past(ctx context.Context, t *Trigger, days int) ([]Event, error) {
	since := s.time().Add(-time.Duration(days) * 24 * time.Hour)
	switch {
	case t.Event == OnSchedule: // as if its hour were now
		return s.liveNow(ctx)
	case t.After.Since == WindowCloses:
		// So long before the end of a day, which is the window of every network that has one.
		silence := After{Minutes: max(1, 24*60-t.After.Minutes), Since: LastInbound}
		return s.store.Overdue(ctx, silence, since, s.time(), dryEvents+1)
	case t.Event == Timer:
		return s.store.Overdue(ctx, t.After, since, s.time(), dryEvents+1)
	}
	return s.store.History(ctx, t.Event, since, dryEvents+1)
}

// would says what actions would do, as far as it can be told without doing it.
func would(of *Snapshot, actions []Action) []Step {
	steps := make([]Step, len(actions))
	for i, a := range actions {
		steps[i] = Step{Type: a.Type}
		switch a.Type {
		case Reply, Note, Notify:
			steps[i].Detail = short(of.word(a.Text))
		case SendTemplate:
			steps[i].Detail = short(of.use(&a).Name + ": " + strings.Join(of.use(&a).Values, " · "))
		case Webhook:
			steps[i].Detail = a.URL
		}
	}
	return steps
}

// Runs returns a page of what triggers did, the newest first.
func (s *Service) Runs(ctx context.Context, v actor.Viewer, f RunFilter) (inbox.Page[Run], error) {
	if f.Limit <= 0 {
		f.Limit = 50
	}
	f.Limit = min(f.Limit, 200)
	return s.store.Runs(ctx, v, f)
}

// RunOf returns one of them.
func (s *Service) RunOf(ctx context.Context, v actor.Viewer, id RunID) (Run, error) {
	r, found, err := s.store.Run(ctx, v, id)
	if err == nil && !found {
		err = ErrNoRun
	}
	return r, err
}
