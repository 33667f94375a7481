package authtest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"parley/internal/auth"
)

// race runs n calls at once and counts those that succeed; the others must fail
// with want.
func race(t *testing.T, n int, want error, call func(i int) error) {
	t.Helper()
	errs := make([]error, n)
	var start, done sync.WaitGroup
	start.Add(1)
	for i := range n {
		done.Go(func() {
			start.Wait()
			errs[i] = call(i)
		})
	}
	start.Done()
	done.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, want):
			t.Errorf("a loser got %v, want %v", err, want)
		}
	}
	if won != 1 {
		t.Errorf("%d of %d succeeded, want 1", won, n)
	}
}

func oneFirstAdmin(t *testing.T, store auth.Store) {
	s := NewService(store, NewClock().Now)
	race(t, 6, auth.ErrAlreadySetUp, func(i int) error {
		_, err := s.Setup(t.Context(), auth.NewPerson{
			Name: "Root", Email: fmt.Sprintf("root%d@example.com", i), Password: Password,
		}, auth.Origin{})
		return err
	})
	if all, err := store.Agents(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d agents, %v", len(all), err)
	}
}

func oneAcceptance(t *testing.T, store auth.Store) {
	s := NewService(store, NewClock().Now)
	SetUp(t, s)
	_, token, err := s.Invite(t.Context(), auth.System(), auth.NewInvitation{Email: "new@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	race(t, 6, auth.ErrInvitationGone, func(int) error {
		_, err := s.AcceptInvitation(t.Context(), token.Reveal(), auth.NewPerson{Name: "New", Password: Password}, auth.Origin{})
		return err
	})
	if all, err := store.Agents(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("%d agents, %v", len(all), err)
	}
}

func oneAdminStays(t *testing.T, store auth.Store) {
	s := NewService(store, NewClock().Now)
	admins := []auth.AgentID{SetUp(t, s).Agent.ID}
	admins = append(admins, Agent(t, s, auth.NewAgent{Email: "two@example.com", Role: auth.RoleAdmin}).ID)
	race(t, 2, auth.ErrLastAdmin, func(i int) error {
		if i == 0 {
			return s.DisableAgent(t.Context(), auth.System(), admins[0])
		}
		role := auth.RoleAgent
		_, err := s.UpdateAgent(t.Context(), auth.System(), admins[1], auth.AgentPatch{Role: &role})
		return err
	})
}
