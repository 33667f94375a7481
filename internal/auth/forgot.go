package auth

import (
	"context"
	"errors"
	"strings"
	"time"

	"parley/internal/fault"
	"parley/internal/secret"
)

// Forgotten passwords may be asked for this often, per address and per network. Asking
// costs the asked one a mail, so it is less than signing in.
func forgotByEmail() Rate   { return Rate{Burst: 3, Every: 10 * time.Minute} }
func forgotByNetwork() Rate { return Rate{Burst: 10, Every: time.Minute} }

// AskReset checks that a link for a forgotten password may be asked for now. It answers
// the cleaned address, a fault about one that is none, or ErrThrottled; it looks nobody
// up, so that nothing is learnt of who has the address.
func (s *Service) AskReset(email string, from Origin) (string, error) {
	email, err := CleanEmail(email)
	if err != nil {
		return "", err
	}
	now := s.now()
	if wait := s.forgotFrom.Take(network(from.IP), now); wait > 0 {
		return "", ErrThrottled.After(roundUp(wait))
	}
	if wait := s.forgotFor.Take(email, now); wait > 0 {
		return "", ErrThrottled.After(roundUp(wait))
	}
	return email, nil
}

// ResetFor makes a link for the agent of an address, to be sent there and nowhere else.
// found is false when nobody who may sign in has it.
func (s *Service) ResetFor(ctx context.Context, email string) (a Agent, token secret.String, found bool, err error) {
	a, err = s.store.AgentByEmail(ctx, strings.ToLower(strings.TrimSpace(email)))
	if errors.Is(err, ErrAbsent) || err == nil && a.Disabled {
		return Agent{}, secret.String{}, false, nil
	}
	if err != nil {
		return Agent{}, secret.String{}, false, said(err, "find agent", nil, nil)
	}
	_, token, err = s.ResetPassword(ctx, System(), a.ID)
	if fault.KindOf(err) == fault.Conflict || errors.Is(err, ErrNoAgent) { // disabled or gone meanwhile
		return Agent{}, secret.String{}, false, nil
	}
	return a, token, err == nil, err
}
