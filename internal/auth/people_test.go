package auth_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"parley/internal/auth"
	"parley/internal/auth/authtest"
	"parley/internal/fault"
)

// TestRoles tries every operation as everyone: it must be refused unless listed.
func TestRoles(t *testing.T) {
	t.Parallel()
	const root, lead, seller, market = "root@example.com", "lead@example.com", "seller@example.com", "market@example.com"
	everyone := []string{root, lead, seller, market}
	ops := []struct {
		name    string
		allowed []string
		do      func(h *house, v auth.Viewer) error
	}{
		{"list agents", everyone, func(h *house, v auth.Viewer) error { _, err := h.Agents(t.Context(), v); return err }},
		{"read agent", everyone, func(h *house, v auth.Viewer) error { _, err := h.Agent(t.Context(), v, h.helper.ID); return err }},
		{"list teams", everyone, func(h *house, v auth.Viewer) error { _, err := h.Teams(t.Context(), v); return err }},
		{"read team", everyone, func(h *house, v auth.Viewer) error { _, err := h.Team(t.Context(), v, h.support.ID); return err }},
		{"own name", everyone, func(h *house, v auth.Viewer) error {
			return patch(t, h, v, v.AgentID, auth.AgentPatch{Name: ptr("New"), Language: ptr("ru"), Presence: ptr(auth.Busy)})
		}},
		{"capacity and skills of one of the team", []string{root, lead}, func(h *house, v auth.Viewer) error {
			return patch(t, h, v, h.seller.ID, auth.AgentPatch{Capacity: ptr(3), Skills: &[]string{"billing"}})
		}},
		{"capacity of one of another team", []string{root}, func(h *house, v auth.Viewer) error {
			return patch(t, h, v, h.helper.ID, auth.AgentPatch{Capacity: ptr(3)})
		}},
		{"capacity and name of one of the team", []string{root}, func(h *house, v auth.Viewer) error {
			return patch(t, h, v, h.seller.ID, auth.AgentPatch{Capacity: ptr(3), Name: ptr("New")})
		}},
		{"own capacity", []string{root, lead}, func(h *house, v auth.Viewer) error {
			return patch(t, h, v, v.AgentID, auth.AgentPatch{Capacity: ptr(3)})
		}},
		{"own role", []string{root}, func(h *house, v auth.Viewer) error {
			return patch(t, h, v, v.AgentID, auth.AgentPatch{Role: ptr(auth.RoleAdmin)})
		}},
		{"own teams", []string{root}, func(h *house, v auth.Viewer) error {
			return patch(t, h, v, v.AgentID, auth.AgentPatch{TeamIDs: &[]auth.TeamID{h.support.ID}})
		}},
		{"own password by patch", []string{root}, func(h *house, v auth.Viewer) error {
			return patch(t, h, v, v.AgentID, auth.AgentPatch{Password: ptr("another good one")})
		}},
		{"another's name", []string{root}, func(h *house, v auth.Viewer) error {
			return patch(t, h, v, h.helper.ID, auth.AgentPatch{Name: ptr("New")})
		}},
		{"name of one of the team", []string{root}, func(h *house, v auth.Viewer) error {
			if v.AgentID == h.seller.ID {
				return auth.ErrForbidden // is the own name
			}
			return patch(t, h, v, h.seller.ID, auth.AgentPatch{Name: ptr("New")})
		}},
		{"make agent", []string{root}, func(h *house, v auth.Viewer) error {
			_, err := h.CreateAgent(t.Context(), v, auth.NewAgent{Email: "n@example.com", Name: "N"})
			return err
		}},
		{"disable agent", []string{root}, func(h *house, v auth.Viewer) error { return h.DisableAgent(t.Context(), v, h.helper.ID) }},
		{"reset password", []string{root}, func(h *house, v auth.Viewer) error {
			_, _, err := h.ResetPassword(t.Context(), v, h.helper.ID)
			return err
		}},
		{"make team", []string{root}, func(h *house, v auth.Viewer) error {
			_, err := h.CreateTeam(t.Context(), v, auth.NewTeam{Name: "New"})
			return err
		}},
		{"rename team", []string{root}, func(h *house, v auth.Viewer) error {
			return team(t, h, v, h.sales.ID, auth.TeamPatch{Name: ptr("New")})
		}},
		{"members of own team", []string{root, lead}, func(h *house, v auth.Viewer) error {
			return team(t, h, v, h.sales.ID, auth.TeamPatch{MemberIDs: &[]auth.AgentID{h.lead.ID, h.helper.ID}})
		}},
		{"members of another team", []string{root}, func(h *house, v auth.Viewer) error {
			return team(t, h, v, h.support.ID, auth.TeamPatch{MemberIDs: &[]auth.AgentID{v.AgentID}})
		}},
		{"delete team", []string{root}, func(h *house, v auth.Viewer) error { return h.DeleteTeam(t.Context(), v, h.sales.ID) }},
		{"invite into Sales", []string{root, lead}, func(h *house, v auth.Viewer) error {
			return invite(t, h, v, auth.RoleAgent, h.sales.ID)
		}},
		{"invite into both", []string{root}, func(h *house, v auth.Viewer) error {
			return invite(t, h, v, auth.RoleAgent, h.sales.ID, h.support.ID)
		}},
		{"invite into none", []string{root}, func(h *house, v auth.Viewer) error { return invite(t, h, v, auth.RoleAgent) }},
		{"invite a lead", []string{root}, func(h *house, v auth.Viewer) error { return invite(t, h, v, auth.RoleLead, h.sales.ID) }},
		{"list invitations", []string{root, lead}, func(h *house, v auth.Viewer) error {
			_, err := h.Invitations(t.Context(), v)
			return err
		}},
		{"list API keys", []string{root}, func(h *house, v auth.Viewer) error { _, err := h.APIKeys(t.Context(), v); return err }},
		{"make API key", []string{root}, func(h *house, v auth.Viewer) error {
			_, _, err := h.CreateAPIKey(t.Context(), v, "Key", nil)
			return err
		}},
		{"revoke API key", []string{root}, func(h *house, v auth.Viewer) error {
			k, _, err := h.CreateAPIKey(t.Context(), auth.System(), "Key", nil)
			return errors.Join(err, h.DeleteAPIKey(t.Context(), v, k.ID))
		}},
	}
	for _, op := range ops {
		for _, who := range everyone {
			t.Run(op.name+"/"+who, func(t *testing.T) {
				t.Parallel()
				h := newHouse(t)
				err := op.do(h, h.as(t, who))
				if slices.Contains(op.allowed, who) {
					wants(t, op.name, err, nil)
				} else {
					wants(t, op.name, err, auth.ErrForbidden)
				}
			})
		}
		t.Run(op.name+"/nobody", func(t *testing.T) {
			t.Parallel()
			wants(t, op.name, op.do(newHouse(t), auth.Viewer{}), auth.ErrForbidden)
		})
	}
}

func patch(t *testing.T, h *house, v auth.Viewer, a auth.AgentID, p auth.AgentPatch) error {
	_, err := h.UpdateAgent(t.Context(), v, a, p)
	return err
}

func team(t *testing.T, h *house, v auth.Viewer, id auth.TeamID, p auth.TeamPatch) error {
	_, err := h.UpdateTeam(t.Context(), v, id, p)
	return err
}

func invite(t *testing.T, h *house, v auth.Viewer, r auth.Role, teams ...auth.TeamID) error {
	_, _, err := h.Invite(t.Context(), v, auth.NewInvitation{Email: "n@example.com", Role: r, TeamIDs: teams})
	return err
}

func TestLastAdmin(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sys := auth.System()
	wants(t, "disable", h.DisableAgent(t.Context(), sys, h.root.ID), auth.ErrLastAdmin)
	wants(t, "demote", patch(t, h, sys, h.root.ID, auth.AgentPatch{Role: ptr(auth.RoleLead)}), auth.ErrLastAdmin)
	wants(t, "promote", patch(t, h, sys, h.helper.ID, auth.AgentPatch{Role: ptr(auth.RoleAdmin)}), nil)
	wants(t, "demote one of two", patch(t, h, sys, h.root.ID, auth.AgentPatch{Role: ptr(auth.RoleAgent)}), nil)
	a, _ := h.Agent(t.Context(), sys, h.root.ID)
	if a.Access.Conversations != auth.ReachTeam {
		t.Errorf("a demoted admin still sees %q", a.Access.Conversations)
	}
	wants(t, "disable the other", h.DisableAgent(t.Context(), sys, h.helper.ID), auth.ErrLastAdmin)
}

func TestUpdateAgentChecks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for path, p := range map[string]auth.AgentPatch{
		"email":                {Email: ptr("nowhere")},
		"name":                 {Name: ptr(" \t ")},
		"role":                 {Role: ptr(auth.Role("king"))},
		"language":             {Language: ptr("fr")},
		"password":             {Password: ptr("seller@example.com")},
		"capacity":             {Capacity: ptr(-1)},
		"presence":             {Presence: ptr(auth.Presence("asleep"))},
		"skills":               {Skills: &[]string{"ok", ""}},
		"team_ids":             {TeamIDs: &[]auth.TeamID{4040}},
		"access.conversations": {Access: &auth.Access{Conversations: "some"}},
	} {
		err := patch(t, h, auth.System(), h.seller.ID, p)
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
	wants(t, "taken e-mail", patch(t, h, auth.System(), h.seller.ID, auth.AgentPatch{Email: ptr("LEAD@example.com")}), auth.ErrEmailTaken)
	wants(t, "no agent", patch(t, h, auth.System(), 4040, auth.AgentPatch{Name: ptr("X")}), auth.ErrNoAgent)
	got, _ := h.Agent(t.Context(), auth.System(), h.seller.ID)
	if got.Name != h.seller.Name || got.Email != h.seller.Email {
		t.Errorf("a refused change left %+v", got)
	}
}

func TestTeamChecks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sys := auth.System()
	_, err := h.CreateTeam(t.Context(), sys, auth.NewTeam{Name: " Sales "})
	wants(t, "taken name", err, auth.ErrTeamTaken)
	wants(t, "taken name", team(t, h, sys, h.support.ID, auth.TeamPatch{Name: ptr("Sales")}), auth.ErrTeamTaken)
	wants(t, "no team", team(t, h, sys, 4040, auth.TeamPatch{Name: ptr("X")}), auth.ErrNoTeam)
	wants(t, "no team", h.DeleteTeam(t.Context(), sys, 4040), auth.ErrNoTeam)
	err = team(t, h, sys, h.sales.ID, auth.TeamPatch{MemberIDs: &[]auth.AgentID{4040}})
	if f, ok := fault.As(err); !ok || f.Fields[0].Path != "member_ids" {
		t.Errorf("unknown member: %v", err)
	}
}

func TestInvitation(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx, lead := t.Context(), h.as(t, "lead@example.com")
	_, _, err := h.Invite(ctx, lead, auth.NewInvitation{Email: "Seller@example.com", TeamIDs: []auth.TeamID{h.sales.ID}})
	wants(t, "invite an agent", err, auth.ErrEmailTaken)

	_, old, err := h.Invite(ctx, lead, auth.NewInvitation{Email: "new@example.com", Name: "New", TeamIDs: []auth.TeamID{h.sales.ID}})
	if err != nil {
		t.Fatal(err)
	}
	inv, token, err := h.Invite(ctx, lead, auth.NewInvitation{Email: "NEW@example.com", Name: "New", TeamIDs: []auth.TeamID{h.sales.ID}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.LookInvitation(ctx, old.Reveal())
	wants(t, "replaced invitation", err, auth.ErrNoInvitation)
	if got, err := h.LookInvitation(ctx, token.Reveal()); err != nil || got.Email != "new@example.com" || got.Role != auth.RoleAgent {
		t.Errorf("LookInvitation = %+v, %v", got, err)
	}
	_, err = h.AcceptInvitation(ctx, token.Reveal(), auth.NewPerson{Password: "short"}, auth.Origin{})
	if fault.KindOf(err) != fault.Invalid {
		t.Errorf("weak password: %v", err)
	}
	in, err := h.AcceptInvitation(ctx, token.Reveal(), auth.NewPerson{Email: "evil@example.com", Password: authtest.Password, Language: "ru"}, auth.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	a := in.Agent
	if a.Email != "new@example.com" || a.Name != "New" || a.Language != "ru" || !slices.Equal(a.TeamIDs, []auth.TeamID{h.sales.ID}) ||
		a.Access.Conversations != auth.ReachTeam {
		t.Errorf("joined as %+v", a)
	}
	h.signIn(t, "new@example.com")
	_, err = h.AcceptInvitation(ctx, token.Reveal(), auth.NewPerson{Password: authtest.Password}, auth.Origin{})
	wants(t, "second acceptance", err, auth.ErrInvitationGone)
	wants(t, "revoke an accepted one", h.RevokeInvitation(ctx, lead, inv.ID), auth.ErrNoInvitation)
}

func TestInvitationEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx, root, lead := t.Context(), h.as(t, "root@example.com"), h.as(t, "lead@example.com")
	byRoot, token, err := h.Invite(ctx, root, auth.NewInvitation{Email: "a@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	if list, _ := h.Invitations(ctx, lead); len(list) != 0 {
		t.Errorf("a lead sees %+v", list)
	}
	wants(t, "another's invitation", h.RevokeInvitation(ctx, lead, byRoot.ID), auth.ErrNoInvitation)
	h.clock.Add(auth.InvitationLife - time.Microsecond)
	_, err = h.LookInvitation(ctx, token.Reveal())
	wants(t, "at the last moment", err, nil)
	h.clock.Add(time.Microsecond)
	_, err = h.LookInvitation(ctx, token.Reveal())
	wants(t, "too late", err, auth.ErrInvitationGone)

	inv, token, err := h.Invite(ctx, root, auth.NewInvitation{Email: "b@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, "revoke", h.RevokeInvitation(ctx, root, inv.ID), nil)
	_, err = h.LookInvitation(ctx, token.Reveal())
	wants(t, "revoked", err, auth.ErrNoInvitation)

	// Someone makes the agent by hand before the invited one comes.
	_, token, err = h.Invite(ctx, root, auth.NewInvitation{Email: "c@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	authtest.Agent(t, h.Service, auth.NewAgent{Email: "c@example.com"})
	_, err = h.AcceptInvitation(ctx, token.Reveal(), auth.NewPerson{Name: "C", Password: authtest.Password}, auth.Origin{})
	wants(t, "agent exists", err, auth.ErrInvitationGone)
}

func TestReset(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	old := h.signIn(t, "seller@example.com")
	_, first, err := h.ResetPassword(ctx, auth.System(), h.seller.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, token, err := h.ResetPassword(ctx, auth.System(), h.seller.ID)
	if err != nil {
		t.Fatal(err)
	}
	accept := func(token, password string) error {
		_, err := h.AcceptReset(ctx, token, password, auth.Origin{})
		return err
	}
	wants(t, "replaced link", accept(first.Reveal(), "a new long phrase"), auth.ErrNoReset)
	wants(t, "unknown link", accept("", "a new long phrase"), auth.ErrNoReset)
	if err := accept(token.Reveal(), "short"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("weak password: %v", err)
	}
	wants(t, "good link", accept(token.Reveal(), "a new long phrase"), nil)
	wants(t, "used link", accept(token.Reveal(), "a new long phrase"), auth.ErrResetGone)
	_, err = h.Authenticate(ctx, old.Token.Reveal())
	wants(t, "old session", err, auth.ErrUnauthenticated)
	_, err = h.SignIn(ctx, "seller@example.com", authtest.Password, auth.Origin{})
	wants(t, "old password", err, auth.ErrBadCredentials)
	_, err = h.SignIn(ctx, "seller@example.com", "a new long phrase", auth.Origin{})
	wants(t, "new password", err, nil)

	_, late, err := h.ResetPassword(ctx, auth.System(), h.seller.ID)
	if err != nil {
		t.Fatal(err)
	}
	h.clock.Add(auth.ResetLife)
	wants(t, "late link", accept(late.Reveal(), "a new long phrase"), auth.ErrResetGone)
	wants(t, "disable", h.DisableAgent(ctx, auth.System(), h.seller.ID), nil)
	if _, _, err = h.ResetPassword(ctx, auth.System(), h.seller.ID); fault.CodeOf(err) != "agent_disabled" {
		t.Errorf("link for a disabled agent: %v", err)
	}
	_, _, err = h.ResetPassword(ctx, auth.System(), 4040)
	wants(t, "link for nobody", err, auth.ErrNoAgent)
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx := t.Context()
	here, there := h.signIn(t, "seller@example.com"), h.signIn(t, "seller@example.com")
	p, err := h.Authenticate(ctx, here.Token.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	field := func(err error) string {
		if f, ok := fault.As(err); ok && len(f.Fields) == 1 {
			return f.Fields[0].Path
		}
		return ""
	}
	if got := field(h.ChangePassword(ctx, p.Viewer, "wrong", "a new long phrase")); got != "current" {
		t.Errorf("wrong current password blames %q", got)
	}
	if got := field(h.ChangePassword(ctx, p.Viewer, authtest.Password, "short")); got != "new" {
		t.Errorf("weak new password blames %q", got)
	}
	wants(t, "change", h.ChangePassword(ctx, p.Viewer, authtest.Password, "a new long phrase"), nil)
	_, err = h.Authenticate(ctx, here.Token.Reveal())
	wants(t, "this session", err, nil)
	_, err = h.Authenticate(ctx, there.Token.Reveal())
	wants(t, "the other session", err, auth.ErrUnauthenticated)
	for range 20 {
		err = h.ChangePassword(ctx, p.Viewer, "wrong", "another long phrase")
	}
	wants(t, "guessing", err, auth.ErrThrottled)
	wants(t, "by a key", h.ChangePassword(ctx, auth.System(), "", "a new long phrase"), auth.ErrForbidden)
}

func TestAPIKeys(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx, sys := t.Context(), auth.System()
	k, text, err := h.CreateAPIKey(ctx, sys, " CRM ", []string{"api-keys:write", "conversations:read"})
	if err != nil || k.Name != "CRM" {
		t.Fatalf("CreateAPIKey = %+v, %v", k, err)
	}
	v, err := h.AuthenticateKey(ctx, text.Reveal())
	if err != nil || v.Key != k.ID || v.AgentID != 0 || v.Reach != auth.ReachAll || len(v.Accounts) > 0 || !v.May("conversations", false) || v.May("agents", false) {
		t.Errorf("viewer = %+v, %v", v, err)
	}
	if list, _ := h.APIKeys(ctx, sys); len(list) != 1 || !list[0].LastUsedAt.Equal(h.clock.Now()) {
		t.Errorf("keys = %+v", list)
	}
	_, _, err = h.CreateAPIKey(ctx, v, "More", nil)
	wants(t, "a key that makes a stronger one", err, auth.ErrForbidden)
	_, _, err = h.CreateAPIKey(ctx, v, "Less", []string{"conversations:read"})
	wants(t, "a key that makes a weaker one", err, nil)
	if _, _, err = h.CreateAPIKey(ctx, sys, "X", []string{"cats:read"}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("unknown noun: %v", err)
	}
	forged := text.Reveal()[:len(text.Reveal())-4] + "aaaa"
	for _, bad := range []string{"", "parley_", forged} {
		_, err := h.AuthenticateKey(ctx, bad)
		wants(t, "bad key", err, auth.ErrBadKey)
	}
	wants(t, "revoke", h.DeleteAPIKey(ctx, sys, k.ID), nil)
	_, err = h.AuthenticateKey(ctx, text.Reveal())
	wants(t, "revoked key", err, auth.ErrBadKey)
	wants(t, "revoke again", h.DeleteAPIKey(ctx, sys, k.ID), auth.ErrNoKey)
}
