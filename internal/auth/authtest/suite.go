package authtest

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"parley/internal/auth"
)

// Run checks that a store does what auth.Store promises. newStore makes an empty
// one for each test and may use t.Cleanup.
func Run(t *testing.T, newStore func(t *testing.T) auth.Store) {
	t.Helper()
	for _, c := range []struct {
		name string
		run  func(t *testing.T, s auth.Store)
	}{
		{"agent round trip", agentRoundTrip},
		{"email is unique", emailIsUnique},
		{"memberships both ways", memberships},
		{"team name is unique", teamNameIsUnique},
		{"write rolls back", writeRollsBack},
		{"write sees itself", writeSeesItself},
		{"passwords", passwords},
		{"sessions", sessions},
		{"invitations", invitations},
		{"resets", resets},
		{"API keys", apiKeys},
		{"one first administrator", oneFirstAdmin},
		{"one acceptance", oneAcceptance},
		{"one administrator stays", oneAdminStays},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, newStore(t))
		})
	}
}

// at is a time as the store keeps it, n minutes into the tests.
func at(n int) time.Time {
	return time.Date(2026, 3, 1, 9, n, 0, 123456000, time.UTC)
}

// write runs fn in a transaction that must succeed.
func write(t *testing.T, s auth.Store, fn func(ctx context.Context) error) {
	t.Helper()
	if err := s.Write(t.Context(), fn); err != nil {
		t.Fatalf("write: %v", err)
	}
}

// refused runs fn in a transaction that must fail with want.
func refused(t *testing.T, s auth.Store, want error, fn func(ctx context.Context) error) {
	t.Helper()
	if err := s.Write(t.Context(), fn); !errors.Is(err, want) {
		t.Fatalf("write = %v, want %v", err, want)
	}
}

// equal compares rows; empty and nil slices are the same to it.
func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := settle(got), settle(want); !reflect.DeepEqual(g, w) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, g, w)
	}
}

// settle makes empty slices nil.
func settle(v any) any {
	switch v := v.(type) {
	case auth.Agent:
		v.Skills, v.TeamIDs, v.Access.AccountIDs = some(v.Skills), some(v.TeamIDs), some(v.Access.AccountIDs)
		return v
	case auth.Team:
		v.MemberIDs = some(v.MemberIDs)
		return v
	case auth.Invitation:
		v.TeamIDs = some(v.TeamIDs)
		return v
	case auth.APIKey:
		v.Scopes = some(v.Scopes)
		return v
	default:
		return v
	}
}

func some[S ~[]E, E any](s S) S {
	if len(s) == 0 {
		return nil
	}
	return s
}

// ids returns the ids of rows in the order of the list.
func ids[T any, ID comparable](rows []T, id func(T) ID) []ID {
	out := make([]ID, 0, len(rows))
	for _, r := range rows {
		out = append(out, id(r))
	}
	return out
}

func agent(id auth.AgentID, email string) auth.Agent {
	return auth.Agent{
		ID: id, Email: email, Name: "Имя Name", Role: auth.RoleAgent, Language: "ru", Presence: auth.Offline,
		Access: auth.Access{Conversations: auth.ReachTeam}, CreatedAt: at(0),
	}
}

// insert adds agents.
func insert(t *testing.T, s auth.Store, agents ...auth.Agent) {
	t.Helper()
	write(t, s, func(ctx context.Context) error {
		for _, a := range agents {
			if err := s.InsertAgent(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
}
