package authtest

import (
	"context"
	"maps"
	"time"

	"parley/internal/auth"
)

// SessionByHash implements auth.Store.
func (m *Memory) SessionByHash(ctx context.Context, h auth.TokenHash) (auth.Session, auth.Agent, error) {
	t := m.read(ctx)
	for _, s := range t.sessions {
		if s.Hash == h {
			return s, t.full(t.agents[s.AgentID]), nil
		}
	}
	return auth.Session{}, auth.Agent{}, auth.ErrAbsent
}

// Sessions implements auth.Store.
func (m *Memory) Sessions(ctx context.Context, agent auth.AgentID) ([]auth.Session, error) {
	var out []auth.Session
	for _, s := range list(m.read(ctx).sessions) {
		if s.AgentID == agent {
			out = append(out, s)
		}
	}
	return out, nil
}

// InsertSession implements auth.Store.
func (m *Memory) InsertSession(ctx context.Context, s auth.Session) error {
	m.tx(ctx).sessions[s.ID] = s
	return nil
}

// TouchSession implements auth.Store.
func (m *Memory) TouchSession(ctx context.Context, id auth.SessionID, seen, expires time.Time) error {
	t := m.tx(ctx)
	if s, ok := t.sessions[id]; ok {
		s.LastSeenAt, s.ExpiresAt = seen, expires
		t.sessions[id] = s
	}
	return nil
}

// DeleteSession implements auth.Store.
func (m *Memory) DeleteSession(ctx context.Context, agent auth.AgentID, id auth.SessionID) error {
	t := m.tx(ctx)
	if s, ok := t.sessions[id]; !ok || s.AgentID != agent {
		return auth.ErrAbsent
	}
	delete(t.sessions, id)
	return nil
}

// DeleteSessions implements auth.Store.
func (m *Memory) DeleteSessions(ctx context.Context, agent auth.AgentID, keep auth.SessionID) error {
	maps.DeleteFunc(m.tx(ctx).sessions, func(id auth.SessionID, s auth.Session) bool {
		return s.AgentID == agent && id != keep
	})
	return nil
}

// InvitationByHash implements auth.Store.
func (m *Memory) InvitationByHash(ctx context.Context, h auth.TokenHash) (auth.Invitation, error) {
	for _, i := range m.read(ctx).invitations {
		if i.Hash == h {
			return i.Clone(), nil
		}
	}
	return auth.Invitation{}, auth.ErrAbsent
}

// Invitations implements auth.Store.
func (m *Memory) Invitations(ctx context.Context) ([]auth.Invitation, error) {
	all := list(m.read(ctx).invitations)
	for i := range all {
		all[i] = all[i].Clone()
	}
	return all, nil
}

// InsertInvitation implements auth.Store.
func (m *Memory) InsertInvitation(ctx context.Context, i auth.Invitation) error {
	m.tx(ctx).invitations[i.ID] = i.Clone()
	return nil
}

// AcceptInvitation implements auth.Store.
func (m *Memory) AcceptInvitation(ctx context.Context, id auth.InvitationID, at time.Time) error {
	t := m.tx(ctx)
	i, ok := t.invitations[id]
	if !ok {
		return auth.ErrAbsent
	}
	i.AcceptedAt = at
	t.invitations[id] = i
	return nil
}

// DeleteInvitation implements auth.Store.
func (m *Memory) DeleteInvitation(ctx context.Context, id auth.InvitationID) error {
	t := m.tx(ctx)
	if _, ok := t.invitations[id]; !ok {
		return auth.ErrAbsent
	}
	delete(t.invitations, id)
	return nil
}

// ResetByHash implements auth.Store.
func (m *Memory) ResetByHash(ctx context.Context, h auth.TokenHash) (auth.Reset, error) {
	r, ok := m.read(ctx).resets[h]
	if !ok {
		return auth.Reset{}, auth.ErrAbsent
	}
	return r, nil
}

// InsertReset implements auth.Store.
func (m *Memory) InsertReset(ctx context.Context, r auth.Reset) error {
	t := m.tx(ctx)
	maps.DeleteFunc(t.resets, func(_ auth.TokenHash, old auth.Reset) bool {
		return old.AgentID == r.AgentID && old.UsedAt.IsZero()
	})
	t.resets[r.Hash] = r
	return nil
}

// UseReset implements auth.Store.
func (m *Memory) UseReset(ctx context.Context, h auth.TokenHash, at time.Time) error {
	t := m.tx(ctx)
	r, ok := t.resets[h]
	if !ok {
		return auth.ErrAbsent
	}
	r.UsedAt = at
	t.resets[h] = r
	return nil
}

// APIKeyByPrefix implements auth.Store.
func (m *Memory) APIKeyByPrefix(ctx context.Context, prefix string) (auth.APIKey, error) {
	for _, k := range m.read(ctx).keys {
		if k.Prefix == prefix {
			return k.Clone(), nil
		}
	}
	return auth.APIKey{}, auth.ErrAbsent
}

// APIKeys implements auth.Store.
func (m *Memory) APIKeys(ctx context.Context) ([]auth.APIKey, error) {
	all := list(m.read(ctx).keys)
	for i := range all {
		all[i] = all[i].Clone()
	}
	return all, nil
}

// InsertAPIKey implements auth.Store.
func (m *Memory) InsertAPIKey(ctx context.Context, k auth.APIKey) error {
	t := m.tx(ctx)
	for _, other := range t.keys {
		if other.Prefix == k.Prefix {
			return auth.ErrTaken
		}
	}
	t.keys[k.ID] = k.Clone()
	return nil
}

// TouchAPIKey implements auth.Store.
func (m *Memory) TouchAPIKey(ctx context.Context, id auth.APIKeyID, at time.Time) error {
	t := m.tx(ctx)
	if k, ok := t.keys[id]; ok {
		k.LastUsedAt = at
		t.keys[id] = k
	}
	return nil
}

// DeleteAPIKey implements auth.Store.
func (m *Memory) DeleteAPIKey(ctx context.Context, id auth.APIKeyID) error {
	t := m.tx(ctx)
	if _, ok := t.keys[id]; !ok {
		return auth.ErrAbsent
	}
	delete(t.keys, id)
	return nil
}
