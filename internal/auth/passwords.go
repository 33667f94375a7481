package auth

import (
	"context"
	"errors"

	"parley/internal/fault"
	"parley/internal/secret"
)

// ChangePassword replaces the viewer's own password and ends their other
// sessions. A wrong current one is a fault of the field "current"; trying is
// throttled as signing in is.
func (s *Service) ChangePassword(ctx context.Context, v Viewer, current, next string) error {
	if v.AgentID == 0 {
		return ErrForbidden
	}
	agent, err := s.store.Agent(ctx, v.AgentID)
	if err != nil {
		return said(err, "read agent", ErrUnauthenticated, nil)
	}
	if err := CheckPassword("new", next, agent.Email, agent.Name); err != nil {
		return err
	}
	if wait := s.byEmail.Take(agent.Email, s.now()); wait > 0 {
		return ErrThrottled.After(roundUp(wait))
	}
	if _, err = s.checkPassword(ctx, agent.ID, current); errors.Is(err, ErrBadCredentials) {
		return fault.InvalidField("current", "wrong", fault.T("Неверный нынешний пароль.", "The current password is wrong."))
	}
	s.byEmail.Return(agent.Email)
	if err != nil {
		return err
	}
	hash, err := s.hasher.Hash(ctx, next)
	if err != nil {
		return said(err, "hash password", nil, nil)
	}
	err = s.store.Write(ctx, func(ctx context.Context) error {
		return s.setPassword(ctx, agent.ID, hash, v.Session)
	})
	return said(err, "change password", nil, nil)
}

// setPassword stores a hash and ends the agent's sessions but keep.
func (s *Service) setPassword(ctx context.Context, agent AgentID, hash string, keep SessionID) error {
	if err := s.store.SetPasswordHash(ctx, agent, hash); err != nil {
		return err
	}
	return s.store.DeleteSessions(ctx, agent, keep)
}

// ResetPassword makes a link by which an agent sets a new password. Earlier links
// of theirs stop working; the password and the sessions stay until the link is
// used. Admins only.
func (s *Service) ResetPassword(ctx context.Context, v Viewer, agent AgentID) (Reset, secret.String, error) {
	if !v.IsAdmin() {
		return Reset{}, secret.String{}, ErrForbidden
	}
	token, now := newToken(), s.now()
	r := Reset{Hash: HashToken(token.Reveal()), AgentID: agent, CreatedAt: now, ExpiresAt: now.Add(ResetLife)}
	err := s.locked(ctx, func(ctx context.Context) error {
		a, err := s.store.Agent(ctx, agent)
		if err != nil {
			return err
		}
		if a.Disabled {
			return fault.New(fault.Conflict, "agent_disabled", fault.T(
				"Сотрудник отключён. Сначала включите его.", "The agent is disabled. Enable them first."))
		}
		return s.store.InsertReset(ctx, r)
	})
	if err != nil {
		return Reset{}, secret.String{}, said(err, "make reset link", ErrNoAgent, nil)
	}
	return r, token, nil
}

// AcceptReset sets the password a link was made for, ends the agent's sessions
// and signs them in. It answers ErrNoReset and ErrResetGone.
func (s *Service) AcceptReset(ctx context.Context, token, password string, from Origin) (SignedIn, error) {
	h := HashToken(token)
	agent, err := s.openReset(ctx, h)
	if err != nil {
		return SignedIn{}, err
	}
	if err := CheckPassword("password", password, agent.Email, agent.Name); err != nil {
		return SignedIn{}, err
	}
	in, err := s.newSession(ctx, agent.ID, from)
	if err != nil {
		return SignedIn{}, err
	}
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return SignedIn{}, said(err, "hash password", nil, nil)
	}
	err = s.locked(ctx, func(ctx context.Context) error {
		if _, err := s.openReset(ctx, h); err != nil {
			return err
		}
		if err := s.store.UseReset(ctx, h, s.now()); err != nil {
			return err
		}
		if err := s.setPassword(ctx, agent.ID, hash, 0); err != nil {
			return err
		}
		return s.store.InsertSession(ctx, in.Session)
	})
	if err != nil {
		return SignedIn{}, said(err, "use reset link", nil, nil)
	}
	return s.signedIn(ctx, in)
}

// openReset returns whose password a link may set.
func (s *Service) openReset(ctx context.Context, h TokenHash) (Agent, error) {
	r, err := s.store.ResetByHash(ctx, h)
	if err != nil {
		return Agent{}, said(err, "find reset link", ErrNoReset, nil)
	}
	agent, err := s.store.Agent(ctx, r.AgentID)
	if err != nil {
		return Agent{}, said(err, "read agent", ErrNoReset, nil)
	}
	if !r.UsedAt.IsZero() || !s.now().Before(r.ExpiresAt) || agent.Disabled {
		return Agent{}, ErrResetGone
	}
	return agent, nil
}
