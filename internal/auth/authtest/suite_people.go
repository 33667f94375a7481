package authtest

import (
	"context"
	"errors"
	"testing"

	"parley/internal/auth"
)

func agentRoundTrip(t *testing.T, s auth.Store) {
	ctx := t.Context()
	if any, err := s.AnyAgent(ctx); err != nil || any {
		t.Fatalf("AnyAgent of an empty store = %v, %v", any, err)
	}
	a := auth.Agent{
		ID: 12, Email: "ann@example.com", Name: "Анна 🎉", Role: auth.RoleLead, Language: "ru", Capacity: 7,
		Presence: auth.Busy, Skills: []string{"billing", "на русском"},
		Access: auth.Access{Conversations: auth.ReachOwn, AccountIDs: []int64{3, 9007199254740993}}, CreatedAt: at(1),
	}
	insert(t, s, a, agent(11, "bob@example.com"))
	if any, err := s.AnyAgent(ctx); err != nil || !any {
		t.Errorf("AnyAgent = %v, %v", any, err)
	}
	got, err := s.Agent(ctx, 12)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "by id", got, a)
	got, err = s.AgentByEmail(ctx, "ann@example.com")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "by e-mail", got, a)

	changed := auth.Agent{
		ID: 12, Email: "anna@example.com", Name: "Anna", Role: auth.RoleAdmin, Language: "en", Presence: auth.Online,
		Access: auth.Access{Conversations: auth.ReachAll}, Disabled: true, CreatedAt: at(59),
	}
	write(t, s, func(ctx context.Context) error { return s.UpdateAgent(ctx, changed) })
	changed.CreatedAt = a.CreatedAt // is not changed
	all, err := s.Agents(ctx)
	if err != nil || len(all) != 2 || all[0].ID != 11 {
		t.Fatalf("Agents = %+v, %v", all, err)
	}
	equal(t, "after the change", all[1], changed)

	if _, err := s.Agent(ctx, 99); !errors.Is(err, auth.ErrAbsent) {
		t.Errorf("unknown id: %v", err)
	}
	if _, err := s.AgentByEmail(ctx, "ann@example.com"); !errors.Is(err, auth.ErrAbsent) {
		t.Errorf("former e-mail: %v", err)
	}
	refused(t, s, auth.ErrAbsent, func(ctx context.Context) error { return s.UpdateAgent(ctx, agent(99, "x@example.com")) })
}

func emailIsUnique(t *testing.T, s auth.Store) {
	insert(t, s, agent(1, "a@example.com"), agent(2, "b@example.com"))
	refused(t, s, auth.ErrTaken, func(ctx context.Context) error { return s.InsertAgent(ctx, agent(3, "a@example.com")) })
	refused(t, s, auth.ErrTaken, func(ctx context.Context) error { return s.UpdateAgent(ctx, agent(2, "a@example.com")) })
	write(t, s, func(ctx context.Context) error { return s.UpdateAgent(ctx, agent(2, "b@example.com")) })
}

func memberships(t *testing.T, s auth.Store) {
	ctx := t.Context()
	insert(t, s, agent(1, "a@example.com"), agent(2, "b@example.com"))
	team := auth.Team{ID: 5, Name: "Sales", MemberIDs: []auth.AgentID{1, 2, 77}, CreatedAt: at(2)}
	write(t, s, func(ctx context.Context) error {
		if err := s.InsertTeam(ctx, team); err != nil {
			return err
		}
		return s.InsertTeam(ctx, auth.Team{ID: 4, Name: "Support", CreatedAt: at(2)})
	})
	got, err := s.Team(ctx, 5)
	if err != nil {
		t.Fatal(err)
	}
	team.MemberIDs = []auth.AgentID{1, 2} // 77 is nobody
	equal(t, "team", got, team)

	b := agent(2, "b@example.com")
	b.TeamIDs = []auth.TeamID{4, 88}
	write(t, s, func(ctx context.Context) error { return s.UpdateAgent(ctx, b) })
	b.TeamIDs = []auth.TeamID{4} // 88 is none
	if got, err := s.Agent(ctx, 2); err != nil {
		t.Error(err)
	} else {
		equal(t, "agent moved", got, b)
	}
	c := agent(3, "c@example.com")
	c.TeamIDs = []auth.TeamID{4, 5}
	insert(t, s, c)
	teams, err := s.Teams(ctx)
	if err != nil || len(teams) != 2 {
		t.Fatalf("Teams = %+v, %v", teams, err)
	}
	equal(t, "first team", teams[0], auth.Team{ID: 4, Name: "Support", MemberIDs: []auth.AgentID{2, 3}, CreatedAt: at(2)})
	equal(t, "second team", teams[1], auth.Team{ID: 5, Name: "Sales", MemberIDs: []auth.AgentID{1, 3}, CreatedAt: at(2)})

	write(t, s, func(ctx context.Context) error {
		return s.UpdateTeam(ctx, auth.Team{ID: 5, Name: "Sellers", MemberIDs: []auth.AgentID{2}})
	})
	if got, err := s.Team(ctx, 5); err != nil {
		t.Error(err)
	} else {
		equal(t, "team changed", got, auth.Team{ID: 5, Name: "Sellers", MemberIDs: []auth.AgentID{2}, CreatedAt: at(2)})
	}
	write(t, s, func(ctx context.Context) error { return s.DeleteTeam(ctx, 4, auth.System(), at(3)) })
	all, err := s.Agents(ctx)
	if err != nil || len(all) != 3 {
		t.Fatalf("Agents = %+v, %v", all, err)
	}
	for i, want := range [][]auth.TeamID{nil, {5}, nil} {
		if got := all[i].TeamIDs; len(got) != len(want) || (len(got) == 1 && got[0] != want[0]) {
			t.Errorf("agent %d is in %v, want %v", all[i].ID, got, want)
		}
	}
	if _, err := s.Team(ctx, 4); !errors.Is(err, auth.ErrAbsent) {
		t.Errorf("deleted team: %v", err)
	}
	refused(t, s, auth.ErrAbsent, func(ctx context.Context) error { return s.DeleteTeam(ctx, 4, auth.System(), at(3)) })
	refused(t, s, auth.ErrAbsent, func(ctx context.Context) error { return s.UpdateTeam(ctx, auth.Team{ID: 4, Name: "x"}) })
}

func teamNameIsUnique(t *testing.T, s auth.Store) {
	write(t, s, func(ctx context.Context) error {
		return s.InsertTeam(ctx, auth.Team{ID: 1, Name: "A", CreatedAt: at(0)})
	})
	write(t, s, func(ctx context.Context) error {
		return s.InsertTeam(ctx, auth.Team{ID: 2, Name: "B", CreatedAt: at(0)})
	})
	refused(t, s, auth.ErrTaken, func(ctx context.Context) error {
		return s.InsertTeam(ctx, auth.Team{ID: 3, Name: "A", CreatedAt: at(0)})
	})
	refused(t, s, auth.ErrTaken, func(ctx context.Context) error { return s.UpdateTeam(ctx, auth.Team{ID: 2, Name: "A"}) })
}

func writeRollsBack(t *testing.T, s auth.Store) {
	stop := errors.New("stop")
	refused(t, s, stop, func(ctx context.Context) error {
		if err := s.LockPeople(ctx); err != nil {
			return err
		}
		if err := s.InsertAgent(ctx, agent(1, "a@example.com")); err != nil {
			return err
		}
		return stop
	})
	if any, err := s.AnyAgent(t.Context()); err != nil || any {
		t.Errorf("AnyAgent after a rollback = %v, %v", any, err)
	}
}

func writeSeesItself(t *testing.T, s auth.Store) {
	write(t, s, func(ctx context.Context) error {
		if err := s.InsertAgent(ctx, agent(1, "a@example.com")); err != nil {
			return err
		}
		_, err := s.Agent(ctx, 1)
		return err
	})
}

func passwords(t *testing.T, s auth.Store) {
	insert(t, s, agent(1, "a@example.com"))
	for _, id := range []auth.AgentID{0, 1, 99} {
		if h, err := s.PasswordHash(t.Context(), id); err != nil || h != "" {
			t.Errorf("PasswordHash(%d) = %q, %v", id, h, err)
		}
	}
	for _, want := range []string{"$argon2id$one", "$argon2id$two"} {
		write(t, s, func(ctx context.Context) error { return s.SetPasswordHash(ctx, 1, want) })
		if h, err := s.PasswordHash(t.Context(), 1); err != nil || h != want {
			t.Errorf("PasswordHash = %q, %v; want %q", h, err, want)
		}
	}
	refused(t, s, auth.ErrAbsent, func(ctx context.Context) error { return s.SetPasswordHash(ctx, 99, "x") })
	write(t, s, func(ctx context.Context) error { return s.UpdateAgent(ctx, agent(1, "b@example.com")) })
	if h, _ := s.PasswordHash(t.Context(), 1); h != "$argon2id$two" {
		t.Errorf("changing the agent left the hash %q", h)
	}
}
