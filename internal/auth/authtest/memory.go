package authtest

import (
	"context"
	"maps"
	"slices"
	"sync"

	"parley/internal/auth"
)

// Memory is an auth.Store in memory. Transactions are serial and roll back.
type Memory struct {
	write sync.Mutex // held by the one transaction

	mu   sync.Mutex
	last tables // as committed; replaced, never changed in place
}

var _ auth.Store = (*Memory)(nil)

// NewMemory makes an empty Memory.
func NewMemory() *Memory { return &Memory{last: tables{}.clone()} }

type tables struct {
	agents      map[auth.AgentID]auth.Agent
	hashes      map[auth.AgentID]string
	teams       map[auth.TeamID]auth.Team
	members     map[member]bool
	sessions    map[auth.SessionID]auth.Session
	invitations map[auth.InvitationID]auth.Invitation
	resets      map[auth.TokenHash]auth.Reset
	keys        map[auth.APIKeyID]auth.APIKey
}

type member struct {
	team  auth.TeamID
	agent auth.AgentID
}

func (t tables) clone() tables {
	return tables{
		agents: copied(t.agents), hashes: copied(t.hashes), teams: copied(t.teams), members: copied(t.members),
		sessions: copied(t.sessions), invitations: copied(t.invitations), resets: copied(t.resets), keys: copied(t.keys),
	}
}

func copied[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	return maps.Clone(m)
}

// list returns the values in order of their keys.
func list[K ~int64, V any](m map[K]V) []V {
	out := make([]V, 0, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[k])
	}
	return out
}

type txKey struct{ of *Memory }

// Write implements auth.Store.
func (m *Memory) Write(ctx context.Context, fn func(context.Context) error) error {
	m.write.Lock()
	defer m.write.Unlock()
	m.mu.Lock()
	tx := m.last.clone()
	m.mu.Unlock()
	if err := fn(context.WithValue(ctx, txKey{m}, &tx)); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = tx
	return nil
}

// read returns what a context sees: its transaction's tables or the committed
// ones.
func (m *Memory) read(ctx context.Context) tables {
	if tx, ok := ctx.Value(txKey{m}).(*tables); ok {
		return *tx
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.last
}

// tx returns the tables of a transaction. Writing outside one is a mistake of the
// code under test, which a panic finds at once.
func (m *Memory) tx(ctx context.Context) tables {
	tx, ok := ctx.Value(txKey{m}).(*tables)
	if !ok {
		panic("authtest: a change outside Write")
	}
	return *tx
}

// LockPeople implements auth.Store: transactions are serial already.
func (m *Memory) LockPeople(ctx context.Context) error {
	m.tx(ctx)
	return nil
}
