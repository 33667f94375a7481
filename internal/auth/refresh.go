package auth

import (
	"context"
	"slices"
)

// Refresh finds out who a viewer is by now: for a stream that outlives the request it
// began with. It answers ErrUnauthenticated when the agent is disabled or the session
// ended, and ErrBadKey when the key was deleted.
func (s *Service) Refresh(ctx context.Context, v Viewer) (Viewer, error) {
	if v.Key != 0 {
		keys, err := s.store.APIKeys(ctx)
		if err != nil {
			return Viewer{}, said(err, "list API keys", nil, nil)
		}
		i := slices.IndexFunc(keys, func(k APIKey) bool { return k.ID == v.Key })
		if i < 0 {
			return Viewer{}, ErrBadKey
		}
		return viewerOfKey(keys[i]), nil
	}
	a, err := s.store.Agent(ctx, v.AgentID)
	if err != nil {
		return Viewer{}, said(err, "find agent", ErrUnauthenticated, nil)
	}
	if a.Disabled {
		return Viewer{}, ErrUnauthenticated
	}
	sessions, err := s.store.Sessions(ctx, v.AgentID)
	if err != nil {
		return Viewer{}, said(err, "find session", nil, nil)
	}
	i := slices.IndexFunc(sessions, func(x Session) bool { return x.ID == v.Session })
	if i < 0 || !s.now().Before(sessions[i].ExpiresAt) {
		return Viewer{}, ErrUnauthenticated
	}
	now := ViewerOf(a)
	now.Session = v.Session
	return now, nil
}
