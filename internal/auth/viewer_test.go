package auth_test

import (
	"testing"

	"parley/internal/auth"
)

func TestAdminSeesEverything(t *testing.T) {
	t.Parallel()
	v := auth.ViewerOf(auth.Agent{ID: 1, Role: auth.RoleAdmin, Access: auth.Access{Conversations: auth.ReachOwn, AccountIDs: []int64{3}}})
	if v.Reach != auth.ReachAll || len(v.Accounts) > 0 {
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
