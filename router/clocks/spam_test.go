package clocks_test

import (
	"testing"
	"time"

	"parley/inbox"
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
