package actor_test

import (
	"testing"

	"parley/inbox/actor"
)

func TestViewerSees(t *testing.T) {
	t.Parallel()
	own := actor.Viewer{AgentID: 1, Scope: actor.Own, Teams: []int64{5}}
	team := actor.Viewer{AgentID: 1, Scope: actor.Team, Teams: []int64{5}}
	all := actor.Viewer{AgentID: 1, Scope: actor.All}
	oneChannel := all
	oneChannel.Accounts = []int64{9}
	for _, c := range []struct {
		name   string
		viewer actor.Viewer
		sight  actor.Sight
		want   bool
	}{
		{"nobody", actor.Viewer{}, actor.Sight{AccountID: 9}, false},
		{"own: mine", own, actor.Sight{AccountID: 9, AgentID: 1, TeamID: 6}, true},
		{"own: nobody's", own, actor.Sight{AccountID: 9}, false},
		{"own: my team's", own, actor.Sight{AccountID: 9, AgentID: 2, TeamID: 5}, false},
		{"team: mine in another team", team, actor.Sight{AccountID: 9, AgentID: 1, TeamID: 6}, true},
		{"team: my team's", team, actor.Sight{AccountID: 9, AgentID: 2, TeamID: 5}, true},
		{"team: another team's", team, actor.Sight{AccountID: 9, TeamID: 6}, false},
		{"team: of no team", team, actor.Sight{AccountID: 9, AgentID: 2}, true},
		{"all: another's", all, actor.Sight{AccountID: 9, AgentID: 2, TeamID: 6}, true},
		{"channel: open", oneChannel, actor.Sight{AccountID: 9, AgentID: 2, TeamID: 6}, true},
		{"channel: closed, even to its holder", oneChannel, actor.Sight{AccountID: 8, AgentID: 1}, false},
		{"unassigned is not the key's own", actor.Viewer{Scope: actor.Own}, actor.Sight{AccountID: 9}, false},
		{"system", actor.System(), actor.Sight{AccountID: 9, AgentID: 2, TeamID: 6}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.viewer.Sees(c.sight); got != c.want {
				t.Errorf("Sees = %v", got)
			}
		})
	}
}
