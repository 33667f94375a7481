package auth

import (
	"context"
	"time"
)

// Principal is who came with a session's token.
type Principal struct {
	Viewer  Viewer
	Session Session
	Agent   Agent
}

// Authenticate finds who a session's token belongs to, and keeps the session
// alive. Everything but a live session of an enabled agent is
// ErrUnauthenticated.
func (s *Service) Authenticate(ctx context.Context, token string) (Principal, error) {
	if len(token) != tokenLen {
		return Principal{}, ErrUnauthenticated
	}
	session, agent, err := s.store.SessionByHash(ctx, HashToken(token))
	if err != nil {
		return Principal{}, said(err, "find session", ErrUnauthenticated, nil)
	}
	now := s.now()
	if !now.Before(session.ExpiresAt) || agent.Disabled {
		return Principal{}, ErrUnauthenticated
	}
	if due(now, session.LastSeenAt) {
		session.LastSeenAt, session.ExpiresAt = now, expiry(session.CreatedAt, now)
		err := s.store.Write(ctx, func(ctx context.Context) error {
			return s.store.TouchSession(ctx, session.ID, session.LastSeenAt, session.ExpiresAt)
		})
		if err != nil { // the request does not depend on it
			s.log.WarnContext(ctx, "session not touched", "session_id", int64(session.ID), "error", err)
		}
	}
	v := ViewerOf(agent)
	v.Session = session.ID
	return Principal{Viewer: v, Session: session, Agent: agent}, nil
}

// AuthenticateKey finds who an API key's text belongs to, or answers ErrBadKey.
func (s *Service) AuthenticateKey(ctx context.Context, text string) (Viewer, error) {
	prefix, ok := ParseAPIKey(text)
	if !ok {
		return Viewer{}, ErrBadKey
	}
	key, err := s.store.APIKeyByPrefix(ctx, prefix)
	if err != nil {
		return Viewer{}, said(err, "find API key", ErrBadKey, nil)
	}
	if !key.proves(text) {
		return Viewer{}, ErrBadKey
	}
	if now := s.now(); due(now, key.LastUsedAt) {
		err := s.store.Write(ctx, func(ctx context.Context) error {
			return s.store.TouchAPIKey(ctx, key.ID, now)
		})
		if err != nil { // the request does not depend on it
			s.log.WarnContext(ctx, "API key not touched", "api_key_id", int64(key.ID), "error", err)
		}
	}
	return viewerOfKey(key), nil
}

// due reports whether a use at now should be written down. A clock that went
// back counts as due, or a use far ahead would stick.
func due(now, last time.Time) bool {
	d := now.Sub(last)
	return d >= touchEvery || d < 0
}
