package auth

import (
	"context"

	"parley/internal/fault"
)

// NewPerson is what someone types to become an agent: at the first run, or when
// accepting an invitation, where Email is ignored.
type NewPerson struct {
	Name     string
	Email    string
	Password string
	Language string // "ru", "en", "ar", or "" for "en"
}

// NeedsSetup reports whether there is no agent yet.
func (s *Service) NeedsSetup(ctx context.Context) (bool, error) {
	exists, err := s.store.AnyAgent(ctx)
	return !exists, said(err, "look for agents", nil, nil)
}

// Setup makes the first administrator and signs them in. It answers
// ErrAlreadySetUp once there is any agent; of several at once one succeeds.
func (s *Service) Setup(ctx context.Context, in NewPerson, from Origin) (SignedIn, error) {
	// Asked again under the lock; here so that strangers cannot make the program
	// hash passwords.
	if needed, err := s.NeedsSetup(ctx); err != nil {
		return SignedIn{}, err
	} else if !needed {
		return SignedIn{}, ErrAlreadySetUp
	}
	a := Agent{Email: in.Email, Name: in.Name, Role: RoleAdmin, Language: in.Language, Presence: Online}
	made, err := s.join(ctx, a, in.Password, from, func(ctx context.Context) error {
		exists, err := s.store.AnyAgent(ctx)
		if err == nil && exists {
			return ErrAlreadySetUp
		}
		return said(err, "look for agents", nil, nil)
	})
	if err == nil && s.begun != nil {
		s.begun(ctx, made.Agent.Language)
	}
	return made, err
}

// OnSetup has begun called once there is the first administrator, with their language. It is
// said before requests come.
func (s *Service) OnSetup(begun func(ctx context.Context, language string)) { s.begun = begun }

// join makes an agent who signs in at once. Under the people lock it calls check
// before it writes.
func (s *Service) join(ctx context.Context, a Agent, password string, from Origin, check func(context.Context) error) (SignedIn, error) {
	a, err := cleanAgent(a)
	var bad fault.Collector
	if err := bad.Merge(err); err != nil {
		return SignedIn{}, err
	}
	if err := bad.Merge(CheckPassword("password", password, a.Email, a.Name)); err != nil {
		return SignedIn{}, err
	}
	if err := bad.Err(); err != nil {
		return SignedIn{}, err
	}
	if a.ID, err = id[AgentID](ctx, s); err != nil {
		return SignedIn{}, err
	}
	a.CreatedAt = s.now()
	in, err := s.newSession(ctx, a.ID, from)
	if err != nil {
		return SignedIn{}, err
	}
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return SignedIn{}, said(err, "hash password", nil, nil)
	}
	err = s.locked(ctx, func(ctx context.Context) error {
		if err := check(ctx); err != nil {
			return err
		}
		if err := s.insertAgent(ctx, a, hash); err != nil {
			return err
		}
		return s.store.InsertSession(ctx, in.Session)
	})
	if err != nil {
		return SignedIn{}, said(err, "make agent", nil, ErrEmailTaken)
	}
	return s.signedIn(ctx, in)
}
