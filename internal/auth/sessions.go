package auth

import (
	"context"
	"errors"
)

// SignOut ends the viewer's own session. It is no error when there is none.
func (s *Service) SignOut(ctx context.Context, v Viewer) error {
	if v.AgentID == 0 || v.Session == 0 {
		return nil
	}
	err := s.store.Write(ctx, func(ctx context.Context) error {
		return s.store.DeleteSession(ctx, v.AgentID, v.Session)
	})
	if errors.Is(err, ErrAbsent) {
		return nil
	}
	return said(err, "end session", nil, nil)
}

// Sessions lists the viewer's own live sessions.
func (s *Service) Sessions(ctx context.Context, v Viewer) ([]Session, error) {
	if v.AgentID == 0 {
		return nil, ErrForbidden
	}
	all, err := s.store.Sessions(ctx, v.AgentID)
	if err != nil {
		return nil, said(err, "list sessions", nil, nil)
	}
	now, live := s.now(), all[:0]
	for _, one := range all {
		if now.Before(one.ExpiresAt) {
			live = append(live, one)
		}
	}
	return live, nil
}

// RevokeSession ends one of the viewer's own sessions; ErrNoSession when it is
// another's or gone.
func (s *Service) RevokeSession(ctx context.Context, v Viewer, session SessionID) error {
	if v.AgentID == 0 {
		return ErrForbidden
	}
	err := s.store.Write(ctx, func(ctx context.Context) error {
		return s.store.DeleteSession(ctx, v.AgentID, session)
	})
	return said(err, "end session", ErrNoSession, nil)
}
