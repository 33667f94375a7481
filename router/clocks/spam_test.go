package clocks_test

import (
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/clocks"
)

// TestSpamEndsClocks, and bringing it back has them go on where they were.
func TestSpamEndsClocks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 60, Resolution: 600}})
		id := h.Says("v1", "m1", "hello")
		h.work()
		h.Pass(20 * time.Minute)
		h.patch(id, inbox.Patch{Spam: ptr(true)})
		h.Says("v1", "m2", "buy this")
		h.work()
		for _, m := range []clocks.Metric{clocks.FirstResponse, clocks.Resolution} {
			if c := h.clock(id, m); c.EndedAt.IsZero() {
				t.Errorf("%s runs: %+v", m, c)
			}
		}
		h.Pass(3 * time.Hour)
		h.due()
		h.patch(id, inbox.Patch{Spam: ptr(false)})
		h.work()
		for m, left := range map[clocks.Metric]time.Duration{clocks.FirstResponse: 40 * time.Minute, clocks.Resolution: 580 * time.Minute} {
			c := h.clock(id, m)
			if c.State != clocks.Running || !c.DueAt.Equal(h.Now().Add(left)) || c.Spent != 20*time.Minute || len(c.Pauses) != 1 {
				t.Errorf("%s: %+v, %v of it left", m, c, left)
			}
		}
		if list, err := h.clocks.Clocks(t.Context(), actor.System(), id); err != nil || len(list) != 2 {
			t.Errorf("%d clocks, %v", len(list), err)
		}
		if n := len(h.Told); n != 0 {
			t.Errorf("told %d times of nothing", n)
		}
	})
}

// TestSpamKeepsWhatWasMissed: what was told before is not told again, and what stood still does.
func TestSpamKeepsWhatWasMissed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 10, Resolution: 600}, BreachWhom: []clocks.Whom{clocks.TellTeam}})
		id := h.Says("v1", "m1", "hello")
		h.patch(id, inbox.Patch{Team: ptr(inbox.TeamID(sales))})
		h.work()
		h.Pass(15 * time.Minute)
		h.due()
		missed := h.clock(id, clocks.FirstResponse)
		told := len(h.Told)
		if missed.State != clocks.Breached || told != 1 {
			t.Fatalf("%+v, told %d times", missed, told)
		}
		h.patch(id, inbox.Patch{Status: ptr(inbox.Pending)})
		h.Pass(5 * time.Minute)
		// Both in one batch of jobs.
		h.patch(id, inbox.Patch{Spam: ptr(true)})
		h.Pass(time.Hour)
		h.patch(id, inbox.Patch{Spam: ptr(false)})
		h.work()
		h.due()
		if c := h.clock(id, clocks.FirstResponse); c.State != clocks.Breached || c.ID != missed.ID || !c.EndedAt.IsZero() || !c.DueAt.Equal(missed.DueAt) {
			t.Errorf("what was missed: %+v", c)
		}
		if c := h.clock(id, clocks.Resolution); c.State != clocks.Paused || c.Spent != 15*time.Minute {
			t.Errorf("what stood still: %+v", c)
		}
		if n := len(h.Told); n != told {
			t.Errorf("told %d times more", n-told)
		}
		// Closed by hand afterwards, it is closed.
		h.patch(id, inbox.Patch{Status: ptr(inbox.Closed)})
		h.work()
		if c := h.clock(id, clocks.Resolution); c.End != clocks.Closed || c.Spent != 15*time.Minute {
			t.Errorf("closed: %+v", c)
		}
	})
}

// TestSplitMovesClocks: the part that goes on is promised an answer, the one that ended none.
func TestSplitMovesClocks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 60, NextResponse: 60, Resolution: 600}})
		id := h.Says("v1", "m1", "hello")
		h.Pass(time.Minute)
		h.Says("v1", "m2", "something else")
		asked := h.Now()
		h.work()
		page, err := h.Inbox.Messages(t.Context(), actor.System(), id, inbox.MessageFilter{Last: true})
		if err != nil {
			t.Fatal(err)
		}
		h.Pass(time.Minute)
		_, part, err := h.Inbox.Split(t.Context(), actor.System(), id, inbox.Splitting{Message: page.Items[1].ID})
		if err != nil {
			t.Fatal(err)
		}
		h.work()
		if c := h.clock(id, clocks.Resolution); c.EndedAt.IsZero() {
			t.Errorf("the first part is to be solved: %+v", c)
		}
		for _, m := range []clocks.Metric{clocks.FirstResponse, clocks.Resolution} {
			if c := h.clock(part.ID, m); c.State != clocks.Running || c.StartedAt.Sub(asked).Abs() > time.Second {
				t.Errorf("%s of the second: %+v", m, c)
			}
		}
	})
}
