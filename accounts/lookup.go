package accounts

import (
	"context"
	"fmt"

	"parley/channels"
)

// Find returns an account and its adapter from memory. Paused and archived accounts
// are found; the adapter is nil when the configuration cannot be opened.
func (s *Supervisor) Find(id channels.AccountID) (Account, channels.Adapter, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	u, ok := s.units[id]
	if !ok {
		return Account{}, nil, false
	}
	return u.account, u.opened.adapter, true
}

// Adapter returns an account's adapter, if it has one.
func (s *Supervisor) Adapter(id channels.AccountID) (channels.Adapter, bool) {
	_, a, _ := s.Find(id)
	return a, a != nil
}

// Limits returns what an account accepts.
func (s *Supervisor) Limits(id channels.AccountID) (channels.Limits, bool) {
	a, ok := s.Adapter(id)
	if !ok {
		return channels.Limits{}, false
	}
	return a.Limits(), true
}

// Kind returns an account's network.
func (s *Supervisor) Kind(id channels.AccountID) (channels.Kind, bool) {
	a, _, ok := s.Find(id)
	return a.Kind, ok
}

// Inbound returns an account's side of the inbox, for networks that come in through
// our own HTTP.
func (s *Supervisor) Inbound(id channels.AccountID) (channels.Inbound, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	u, ok := s.units[id]
	if !ok {
		return nil, false
	}
	return u.in, true
}

// Active returns the ids of accounts that are neither paused nor archived and can be
// opened: those that may send.
func (s *Supervisor) Active() []channels.AccountID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var ids []channels.AccountID
	for id, u := range s.units {
		if u.active && u.opened.adapter != nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// Receive hands a network's push to the account whose webhook path was called. A wrong
// secret looks like an account that does not exist. An error means that nothing was
// acknowledged and the network shall come again.
func (s *Supervisor) Receive(ctx context.Context, id channels.AccountID, secret string, r channels.Request) (channels.Response, error) {
	s.mu.RLock()
	u, ok := s.units[id]
	s.mu.RUnlock()
	if !ok || !matches(secret, u.hookHash) {
		return channels.Response{}, ErrNotFound
	}
	hook, ok := u.opened.adapter.(channels.Webhook)
	switch {
	case !ok:
		return channels.Response{}, ErrNotFound
	case !u.active:
		return channels.Response{}, ErrPaused
	}
	var answer channels.Response
	err := guarded(func() (err error) {
		answer, err = hook.Receive(ctx, r, u.in)
		return err
	})
	if err != nil {
		return channels.Response{}, fmt.Errorf("receive push: %w", err)
	}
	return answer, nil
}
