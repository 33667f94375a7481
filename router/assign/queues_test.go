package assign_test

import (
	"fmt"
	"testing"

	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/router/routertest"
)

// TestQueuesAreOfWhatOneSees counts one conversation of a team that nobody has, for people who see more and less of it.
func TestQueuesAreOfWhatOneSees(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		who := h.agents(1, 1, 0, auth.Offline)
		h.team(sales, who, auth.Routing{})
		h.team(second, nil, auth.Routing{})
		h.say("a")
		mine, there, elsewhere := []int64{int64(sales)}, []int64{int64(routertest.Account)}, []int64{int64(routertest.Account) + 1}
		for _, c := range []struct {
			name   string
			viewer actor.Viewer
			want   string // team:waiting
		}{
			{"everything", actor.Viewer{AgentID: 1, Scope: actor.All}, "0:0 10:1 11:0"},
			{"everything of the channel", actor.Viewer{AgentID: 1, Scope: actor.All, Accounts: there}, "0:0 10:1 11:0"},
			{"everything of another channel", actor.Viewer{AgentID: 1, Scope: actor.All, Accounts: elsewhere}, "0:0 10:0 11:0"},
			{"the team's", actor.Viewer{AgentID: 1, Scope: actor.Team, Teams: mine}, "0:0 10:1"},
			{"the team's of the channel", actor.Viewer{AgentID: 1, Scope: actor.Team, Teams: mine, Accounts: there}, "0:0 10:1"},
			{"another team's", actor.Viewer{AgentID: 2, Scope: actor.Team, Teams: []int64{int64(second)}}, "0:0 11:0"},
			{"one's own", actor.Viewer{AgentID: 1, Scope: actor.Own, Teams: mine}, "0:0 10:0"},
			{"nothing", actor.Viewer{}, ""},
		} {
			list, err := h.assign.Queues(t.Context(), c.viewer)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, q := range list {
				if q.Oldest.IsZero() != (q.Waiting == 0) {
					t.Errorf("who sees %s: %+v", c.name, q)
				}
				if got != "" {
					got += " "
				}
				got += fmt.Sprintf("%d:%d", q.Team, q.Waiting)
			}
			if got != c.want {
				t.Errorf("who sees %s is told of %q, want %q", c.name, got, c.want)
			}
		}
	})
}
