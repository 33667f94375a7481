package auth_test

import (
	"testing"

	"parley/internal/auth"
)

func TestViewerSees(t *testing.T) {
	t.Parallel()
	own := auth.Viewer{AgentID: 1, Role: auth.RoleAgent, Reach: auth.ReachOwn, Teams: []auth.TeamID{5}}
	team := auth.Viewer{AgentID: 1, Role: auth.RoleAgent, Reach: auth.ReachTeam, Teams: []auth.TeamID{5}}
	all := auth.Viewer{AgentID: 1, Role: auth.RoleAgent, Reach: auth.ReachAll}
	oneChannel := all
	oneChannel.Accounts = []int64{9}
	cases := []struct {
		name     string
		viewer   auth.Viewer
		account  int64
		assignee auth.AgentID
		team     auth.TeamID
		want     bool
	}{
		{"nobody", auth.Viewer{}, 9, 0, 0, false},
		{"own: mine", own, 9, 1, 6, true},
		{"own: nobody's", own, 9, 0, 0, false},
		{"own: my team's", own, 9, 2, 5, false},
		{"team: mine in another team", team, 9, 1, 6, true},
		{"team: my team's", team, 9, 2, 5, true},
		{"team: another team's", team, 9, 0, 6, false},
		{"team: of no team", team, 9, 2, 0, true},
		{"all: another's", all, 9, 2, 6, true},
		{"channel: open", oneChannel, 9, 2, 6, true},
		{"channel: closed", oneChannel, 8, 1, 0, false},
		{"unassigned is not the key's own", auth.Viewer{Reach: auth.ReachOwn}, 9, 0, 0, false},
		{"system", auth.System(), 9, 2, 6, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.viewer.Sees(c.account, c.assignee, c.team); got != c.want {
				t.Errorf("Sees = %v", got)
			}
		})
	}
}

func TestAdminSeesEverything(t *testing.T) {
	t.Parallel()
	v := auth.ViewerOf(auth.Agent{ID: 1, Role: auth.RoleAdmin, Access: auth.Access{Conversations: auth.ReachOwn, AccountIDs: []int64{3}}})
	if !v.Sees(9, 2, 6) {
		t.Error("an admin's view is narrowed")
	}
}

func TestViewerMay(t *testing.T) {
	t.Parallel()
	key := auth.Viewer{Key: 1, Role: auth.RoleAdmin, Scopes: auth.Scopes{"leads:read"}}
	if !key.May("leads", false) || key.May("leads", true) || key.May("agents", false) {
		t.Error("a key's scopes are not kept")
	}
	if !auth.System().May("agents", true) || (auth.Viewer{}).May("agents", false) {
		t.Error("the system may not, or nobody may")
	}
}
