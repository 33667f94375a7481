package clocks_test

import (
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/clocks"
)

// TestSpamEndsClocks, and bringing it back promises what was promised.
func TestSpamEndsClocks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 60, Resolution: 600}})
		id := h.Says("v1", "m1", "hello")
		h.work()
		due := h.clock(id, clocks.FirstResponse).DueAt
		h.Pass(time.Minute)
		h.patch(id, inbox.Patch{Spam: ptr(true)})
		h.Says("v1", "m2", "buy this")
		h.work()
		for _, m := range []clocks.Metric{clocks.FirstResponse, clocks.Resolution} {
			if c := h.clock(id, m); c.EndedAt.IsZero() {
				t.Errorf("%s runs: %+v", m, c)
			}
		}
		h.patch(id, inbox.Patch{Spam: ptr(false)})
		h.work()
		if c := h.clock(id, clocks.FirstResponse); c.State != clocks.Running || !c.DueAt.Equal(due) {
			t.Errorf("the first answer: %+v, was due %v", c, due)
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
