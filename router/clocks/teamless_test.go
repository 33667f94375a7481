package clocks_test

import (
	"context"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/auth"
	"parley/router/clocks"
)

// TestADeletedTeamTakesItsPromisesAlong: what was of the team is under the policy for what is of none.
func TestADeletedTeamTakesItsPromisesAlong(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Name: "Sales", Conditions: when(t, `{"field": "conversation.team", "op": "equals", "value": "10"}`), Targets: clocks.Targets{FirstResponse: 10}})
		h.policy(clocks.Policy{Name: "All", Targets: clocks.Targets{FirstResponse: 60}})
		id := h.Says("v1", "m1", "hello")
		begun := h.Now()
		h.patch(id, inbox.Patch{Team: ptr(inbox.TeamID(sales))})
		h.work()
		if c := h.clock(id, clocks.FirstResponse); c.PolicyName != "Sales" {
			t.Fatalf("of the team it is under %q", c.PolicyName)
		}
		h.Pass(time.Minute)
		h.Write(func(ctx context.Context) error {
			return h.DB.DeleteTeam(ctx, sales, auth.Viewer{AgentID: jane}, h.Now())
		})
		h.work()
		if c := h.clock(id, clocks.FirstResponse); c.PolicyName != "All" || !c.DueAt.Equal(begun.Add(time.Hour)) {
			t.Errorf("of no team it is due %s by %q", c.DueAt, c.PolicyName)
		}
	})
}
