package authtest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"parley/internal/auth"
)

func sessions(t *testing.T, s auth.Store) {
	ctx := t.Context()
	insert(t, s, agent(1, "a@example.com"), agent(2, "b@example.com"))
	row := func(id auth.SessionID, agent auth.AgentID) auth.Session {
		return auth.Session{
			ID: id, AgentID: agent, Hash: auth.HashToken(string(rune('a' + id))), CreatedAt: at(1), LastSeenAt: at(2),
			ExpiresAt: at(30), IP: "2001:db8::1", UserAgent: "Browser «7»",
		}
	}
	write(t, s, func(ctx context.Context) error {
		for _, one := range []auth.Session{row(13, 1), row(11, 1), row(12, 1), row(21, 2)} {
			if err := s.InsertSession(ctx, one); err != nil {
				return err
			}
		}
		return nil
	})
	got, owner, err := s.SessionByHash(ctx, row(12, 1).Hash)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "session", got, row(12, 1))
	equal(t, "its agent", owner, agent(1, "a@example.com"))
	if _, _, err := s.SessionByHash(ctx, auth.HashToken("?")); !errors.Is(err, auth.ErrAbsent) {
		t.Errorf("unknown token: %v", err)
	}

	write(t, s, func(ctx context.Context) error {
		if err := s.TouchSession(ctx, 99, at(3), at(40)); err != nil {
			return err
		}
		return s.TouchSession(ctx, 12, at(3), at(40))
	})
	touched := row(12, 1)
	touched.LastSeenAt, touched.ExpiresAt = at(3), at(40)
	if got, _, err = s.SessionByHash(ctx, touched.Hash); err != nil {
		t.Error(err)
	}
	equal(t, "touched", got, touched)

	left := func(agent auth.AgentID, want ...auth.SessionID) {
		t.Helper()
		rows, err := s.Sessions(ctx, agent)
		if got := ids(rows, func(s auth.Session) auth.SessionID { return s.ID }); err != nil || !slices.Equal(got, want) {
			t.Errorf("sessions of %d = %v, %v; want %v", agent, got, err, want)
		}
	}
	left(1, 11, 12, 13)
	refused(t, s, auth.ErrAbsent, func(ctx context.Context) error { return s.DeleteSession(ctx, 1, 21) })
	write(t, s, func(ctx context.Context) error { return s.DeleteSession(ctx, 1, 11) })
	left(1, 12, 13)
	write(t, s, func(ctx context.Context) error { return s.DeleteSessions(ctx, 1, 13) })
	left(1, 13)
	write(t, s, func(ctx context.Context) error { return s.DeleteSessions(ctx, 1, 0) })
	left(1)
	left(2, 21)
}

func invitations(t *testing.T, s auth.Store) {
	ctx := t.Context()
	insert(t, s, agent(1, "a@example.com"))
	full := auth.Invitation{
		ID: 7, Hash: auth.HashToken("seven"), Email: "new@example.com", Name: "New", Role: auth.RoleLead,
		TeamIDs: []auth.TeamID{3, 4}, InvitedBy: 1, CreatedAt: at(1), ExpiresAt: at(50),
	}
	bare := auth.Invitation{
		ID: 6, Hash: auth.HashToken("six"), Email: "new@example.com", Role: auth.RoleAgent, CreatedAt: at(1), ExpiresAt: at(50),
	}
	write(t, s, func(ctx context.Context) error {
		if err := s.InsertInvitation(ctx, full); err != nil {
			return err
		}
		return s.InsertInvitation(ctx, bare)
	})
	got, err := s.InvitationByHash(ctx, full.Hash)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "by hash", got, full)
	write(t, s, func(ctx context.Context) error { return s.AcceptInvitation(ctx, 7, at(9)) })
	refused(t, s, auth.ErrAbsent, func(ctx context.Context) error { return s.AcceptInvitation(ctx, 99, at(9)) })
	full.AcceptedAt = at(9)
	all, err := s.Invitations(ctx)
	if err != nil || len(all) != 2 {
		t.Fatalf("Invitations = %+v, %v", all, err)
	}
	equal(t, "bare", all[0], bare)
	equal(t, "accepted", all[1], full)
	write(t, s, func(ctx context.Context) error { return s.DeleteInvitation(ctx, 6) })
	refused(t, s, auth.ErrAbsent, func(ctx context.Context) error { return s.DeleteInvitation(ctx, 6) })
	if _, err := s.InvitationByHash(ctx, bare.Hash); !errors.Is(err, auth.ErrAbsent) {
		t.Errorf("deleted invitation: %v", err)
	}
}

func resets(t *testing.T, s auth.Store) {
	ctx := t.Context()
	insert(t, s, agent(1, "a@example.com"), agent(2, "b@example.com"))
	row := func(token string, agent auth.AgentID) auth.Reset {
		return auth.Reset{Hash: auth.HashToken(token), AgentID: agent, CreatedAt: at(1), ExpiresAt: at(50)}
	}
	add := func(r auth.Reset) {
		t.Helper()
		write(t, s, func(ctx context.Context) error { return s.InsertReset(ctx, r) })
	}
	add(row("used", 1))
	write(t, s, func(ctx context.Context) error { return s.UseReset(ctx, auth.HashToken("used"), at(2)) })
	refused(t, s, auth.ErrAbsent, func(ctx context.Context) error { return s.UseReset(ctx, auth.HashToken("none"), at(2)) })
	add(row("old", 1))
	add(row("other", 2))
	add(row("new", 1))

	used := row("used", 1)
	used.UsedAt = at(2)
	for _, want := range []auth.Reset{used, row("other", 2), row("new", 1)} {
		got, err := s.ResetByHash(ctx, want.Hash)
		if err != nil {
			t.Error(err)
		}
		equal(t, "reset", got, want)
	}
	if _, err := s.ResetByHash(ctx, auth.HashToken("old")); !errors.Is(err, auth.ErrAbsent) {
		t.Errorf("replaced link: %v", err)
	}
}

func apiKeys(t *testing.T, s auth.Store) {
	ctx := t.Context()
	a := auth.APIKey{
		ID: 4, Name: "CRM", Prefix: "abcdefgh", Hash: auth.HashToken("k"), Scopes: auth.Scopes{"agents:read", "leads:write"},
		CreatedAt: at(1),
	}
	b := auth.APIKey{ID: 3, Name: "All", Prefix: "ijklmnop", Hash: auth.HashToken("l"), CreatedAt: at(1)}
	write(t, s, func(ctx context.Context) error {
		if err := s.InsertAPIKey(ctx, a); err != nil {
			return err
		}
		return s.InsertAPIKey(ctx, b)
	})
	refused(t, s, auth.ErrTaken, func(ctx context.Context) error {
		return s.InsertAPIKey(ctx, auth.APIKey{ID: 5, Name: "x", Prefix: "abcdefgh", Hash: auth.HashToken("m"), CreatedAt: at(1)})
	})
	write(t, s, func(ctx context.Context) error {
		if err := s.TouchAPIKey(ctx, 99, at(5)); err != nil {
			return err
		}
		return s.TouchAPIKey(ctx, 4, at(5))
	})
	a.LastUsedAt = at(5)
	got, err := s.APIKeyByPrefix(ctx, "abcdefgh")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "by prefix", got, a)
	all, err := s.APIKeys(ctx)
	if err != nil || len(all) != 2 {
		t.Fatalf("APIKeys = %+v, %v", all, err)
	}
	equal(t, "first", all[0], b)
	write(t, s, func(ctx context.Context) error { return s.DeleteAPIKey(ctx, 4) })
	refused(t, s, auth.ErrAbsent, func(ctx context.Context) error { return s.DeleteAPIKey(ctx, 4) })
	if _, err := s.APIKeyByPrefix(ctx, "abcdefgh"); !errors.Is(err, auth.ErrAbsent) {
		t.Errorf("revoked key: %v", err)
	}
}
