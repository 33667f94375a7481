package router

import (
	"context"
	"fmt"
	"time"

	"parley/inbox"
)

// arm starts the clock of a Timer, unless it runs already for this conversation and runs
// out no later: when it does it looks at what has happened since.
func (w *work) arm(ctx context.Context, t *compiled, i int) error {
	s, err := w.snapshot(ctx, i)
	if err != nil || s.Conversation == nil {
		return err
	}
	due, _, waits := t.runsOut(s, w.window, w.now)
	if !waits {
		return nil
	}
	for _, have := range w.armed {
		if have.Trigger == t.ID && have.Conversation == s.Conversation.ID {
			return nil
		}
	}
	w.armed = append(w.armed, Armed{Trigger: t.ID, Conversation: s.Conversation.ID, Due: due})
	return nil
}

// ring leaves the job that looks at a clock when it runs out.
func (w *work) ring(a Armed) {
	e := Event{Kind: Timer, Key: key(Timer, int64(a.Conversation)), Conversation: a.Conversation, Trigger: a.Trigger, At: a.Due}
	w.out.FollowUps = append(w.out.FollowUps, followUp(e.jobKey(), []Event{e}))
}

// ranOut looks, under the conversation's lock, whether what a clock waited for is still
// so: if it began anew meanwhile the clock is set again, and if nobody waits any more it
// is put away.
func (w *work) ranOut(ctx context.Context, t *compiled, i int) error {
	ev := &w.events[i]
	s, err := w.snapshot(ctx, i)
	if err != nil {
		return err
	}
	var due, from time.Time
	waits := s.Conversation != nil
	if waits {
		due, from, waits = t.runsOut(s, w.window, w.now)
	}
	switch {
	case waits && due.After(w.now):
		w.ring(Armed{Trigger: t.ID, Conversation: ev.Conversation, Due: due})
		return nil
	case waits:
		ev.Key = fmt.Sprintf("%s:%d:%d", Timer, ev.Conversation, from.UnixMicro())
		known, err := w.store.RunsOf(ctx, []string{ev.Key})
		if err != nil {
			return err
		}
		for k := range known {
			w.known[k] = true
		}
		if err := w.consider(ctx, t, i); err != nil {
			return err
		}
	}
	return w.store.DisarmTimer(ctx, t.ID, ev.Conversation)
}

// over tells whether something made the rest of a run unnecessary while it waited.
func (u WaitUnless) over(c *inbox.Conversation, since time.Time) bool {
	switch u {
	case UnlessAnswered:
		return !c.Unanswered
	case UnlessWritten:
		return c.LastInboundAt.After(since)
	case UnlessClosed:
		return c.Status == inbox.Closed
	}
	return false
}

// goOn does what was left of a run after a wait.
func (w *work) goOn(ctx context.Context, i int) error {
	ev := &w.events[i]
	r, found, err := w.store.LockRun(ctx, ev.Run)
	if err != nil || !found || len(r.Steps) != ev.After || r.Outcome != Waiting {
		return err // it went on already, or its record was swept away
	}
	s, err := w.snapshot(ctx, i)
	if err != nil {
		return err
	}
	last, t := &r.Steps[ev.After-1], w.page.byID[r.TriggerID]
	last.Outcome = Done
	switch {
	case t == nil || ev.After > len(t.Actions) || t.Actions[ev.After-1].Type != Wait:
		r.Outcome, r.Problem = Stopped, changedMeanwhile
		return w.store.PutRun(ctx, r)
	case s.Conversation == nil || s.Conversation.Spam() || t.Actions[ev.After-1].Unless.over(s.Conversation, r.At):
		r.Outcome, r.Problem = Stopped, notNeeded
	default:
		if err := w.act(ctx, t, r, s, ev, ev.After); err != nil {
			return err
		}
	}
	if err := w.store.PutRun(ctx, r); err != nil {
		return err
	}
	return w.tell(ctx, t.Name, r, min(ev.After, len(r.Steps)))
}
