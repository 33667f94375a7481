package accounts_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/inbox/actor"
)

// memory is a Store without a disk, for tests in virtual time. Several supervisors on
// one are several nodes.
type memory struct {
	mu     sync.Mutex
	rows   map[channels.AccountID]accounts.Row
	inUse  map[channels.AccountID]bool
	nextID int64
	states []channels.StateName // every change of state, in order
	broken bool                 // refuses everything
}

var errBroken = errors.New("database is gone")

func newMemory() *memory {
	return &memory{rows: map[channels.AccountID]accounts.Row{}, inUse: map[channels.AccountID]bool{}, nextID: 100}
}

func (m *memory) failing() error {
	if m.broken {
		return errBroken
	}
	return nil
}

func (m *memory) breakDown(broken bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.broken = broken
}

func (m *memory) state(id channels.AccountID) (channels.StateName, accounts.Problem) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rows[id].State, m.rows[id].Error
}

func (m *memory) history() []channels.StateName {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.states)
}

func (m *memory) NextID(context.Context) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.nextID++
	return m.nextID, m.failing()
}

func (m *memory) Write(ctx context.Context, fn func(ctx context.Context) error) error { return fn(ctx) }

func (m *memory) Lock(context.Context, []int64) error { return m.failing() }

func sees(v actor.Viewer, id channels.AccountID) bool {
	return v.Scope != "" && (len(v.Accounts) == 0 || slices.Contains(v.Accounts, int64(id)))
}

func (m *memory) Accounts(_ context.Context, v actor.Viewer, archived bool) (list []accounts.Row, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(m.rows)) {
		if row := m.rows[id]; sees(v, id) && (archived || !row.Archived) {
			list = append(list, row)
		}
	}
	return list, m.failing()
}

func (m *memory) Account(_ context.Context, v actor.Viewer, id channels.AccountID) (accounts.Row, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	row, ok := m.rows[id]
	return row, ok && sees(v, id), m.failing()
}

func (m *memory) AccountVersions(context.Context) (map[channels.AccountID]int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	versions := map[channels.AccountID]int64{}
	for id, row := range m.rows {
		versions[id] = row.Version
	}
	return versions, m.failing()
}

func (m *memory) InsertAccount(_ context.Context, row accounts.Row, _ actor.Cause) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rows[row.ID] = row
	return m.failing()
}

func (m *memory) UpdateAccount(ctx context.Context, row accounts.Row, why actor.Cause) error {
	return m.InsertAccount(ctx, row, why)
}

func (m *memory) DeleteAccount(_ context.Context, id channels.AccountID, _ time.Time, _ actor.Cause) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.inUse[id] {
		return false, m.failing()
	}
	delete(m.rows, id)
	return true, m.failing()
}

func (m *memory) SetAccountHealth(_ context.Context, id channels.AccountID, version int64, h accounts.Health, _ time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	row, ok := m.rows[id]
	if m.broken || !ok || row.Version != version || (accounts.Health{State: row.State, Error: row.Error, Progress: row.Progress}) == h {
		return false, m.failing()
	}
	row.State, row.Error, row.Progress = h.State, h.Error, h.Progress
	m.rows[id] = row
	m.states = append(m.states, h.State)
	return true, nil
}
