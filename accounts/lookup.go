package accounts

import (
	"context"
	"fmt"

	"parley/channels"
	"parley/inbox/actor"
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

// Knock tells whether a push to a webhook path would be handed to an account, before anything of the push is
// read. Its error is what Receive would answer.
func (s *Supervisor) Knock(ctx context.Context, id channels.AccountID, secret string) error {
	_, _, err := s.door(ctx, id, secret)
	return err
}

func (s *Supervisor) door(ctx context.Context, id channels.AccountID, secret string) (*unit, channels.Webhook, error) {
	u, err := s.pushed(ctx, id, secret)
	if err != nil {
		return nil, nil, err
	}
	hook, ok := u.opened.adapter.(channels.Webhook)
	switch {
	case !ok:
		return nil, nil, ErrNotFound
	case !u.active:
		return nil, nil, ErrPaused
	}
	return u, hook, nil
}

// Receive hands a network's push to the account whose webhook path was called. A wrong
// secret looks like an account that does not exist. An error means that nothing was
// acknowledged and the network shall come again.
func (s *Supervisor) Receive(ctx context.Context, id channels.AccountID, secret string, r channels.Request) (channels.Response, error) {
	u, hook, err := s.door(ctx, id, secret)
	if err != nil {
		return channels.Response{}, err
	}
	var answer channels.Response
	err = guarded(func() (err error) {
		answer, err = hook.Receive(ctx, r, u.in)
		return err
	})
	if err != nil {
		return channels.Response{}, fmt.Errorf("receive push: %w", err)
	}
	return answer, nil
}

// pushed returns the account whose webhook path was called. Another node may have
// connected it or changed its path a moment ago, and a network that is told that there
// is no such account may never come again: so one that does not fit is read anew.
func (s *Supervisor) pushed(ctx context.Context, id channels.AccountID, secret string) (*unit, error) {
	if u, fits := s.hooked(id, secret); fits {
		return u, nil
	}
	row, found, err := s.store.Account(ctx, actor.System(), id)
	if err != nil {
		return nil, fmt.Errorf("read account of a push: %w", err)
	}
	if found {
		s.Apply(row)
	}
	u, fits := s.hooked(id, secret)
	if !fits {
		return nil, ErrNotFound
	}
	return u, nil
}

func (s *Supervisor) hooked(id channels.AccountID, secret string) (*unit, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	u, ok := s.units[id]
	return u, ok && matches(secret, u.hookHash)
}
