package cluster_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"parley/channels"
	"parley/internal/cluster"
)

// memory is what nodes have in common, in memory.
type memory struct {
	mu       sync.Mutex
	ahead    time.Duration // of the database's clock before the nodes'
	broken   bool
	accounts int
	nodes    map[string]cluster.Beat
	until    map[string]time.Time
	leases   map[channels.AccountID]lease
	busy     map[channels.AccountID]bool
}

type lease struct {
	node  string
	fence channels.Fence
}

var _ cluster.Store = (*memory)(nil)

func newMemory(accounts int) *memory {
	return &memory{accounts: accounts, nodes: map[string]cluster.Beat{}, until: map[string]time.Time{}, leases: map[channels.AccountID]lease{}, busy: map[channels.AccountID]bool{}}
}

func (m *memory) set(change func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change()
}

// in runs f like a transaction.
func (m *memory) in(ctx context.Context, f func()) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken {
		return errors.New("the database is gone")
	}
	f()
	return ctx.Err()
}

func (m *memory) Clock(ctx context.Context) (now time.Time, err error) {
	err = m.in(ctx, func() { now = time.Now().Add(m.ahead) })
	return now, err
}

func (m *memory) Beat(ctx context.Context, b cluster.Beat) (s cluster.Survey, err error) {
	err = m.in(ctx, func() {
		m.nodes[b.Node], m.until[b.Node] = b, time.Now().Add(b.For)
		maps.DeleteFunc(m.nodes, func(node string, _ cluster.Beat) bool { return !time.Now().Before(m.until[node]) })
		s.Accounts = m.accounts
		for node, beat := range m.nodes {
			p := cluster.Peer{Node: node, Takes: beat.Takes}
			for id, l := range m.leases {
				if l.node != node {
					continue
				}
				p.Held++
				if node == b.Node {
					s.Held = append(s.Held, cluster.Lease{AccountID: id, Fence: l.fence})
				}
			}
			s.Peers = append(s.Peers, p)
		}
	})
	return s, err
}

func (m *memory) Take(ctx context.Context, node string, limit int) (list []cluster.Lease, err error) {
	err = m.in(ctx, func() {
		for id := channels.AccountID(1); int(id) <= m.accounts && len(list) < limit; id++ {
			l := m.leases[id]
			if _, lives := m.nodes[l.node]; lives {
				continue
			}
			m.leases[id] = lease{node, l.fence + 1}
			list = append(list, cluster.Lease{AccountID: id, Fence: l.fence + 1})
		}
	})
	return list, err
}

func (m *memory) Give(ctx context.Context, node string, id channels.AccountID, busy bool) (given bool, err error) {
	err = m.in(ctx, func() {
		if l := m.leases[id]; l.node == node && (busy || !m.busy[id]) {
			m.leases[id], given = lease{"", l.fence}, true
		}
	})
	return given, err
}

func (m *memory) Leave(ctx context.Context, node string) error {
	return m.in(ctx, func() { delete(m.nodes, node) })
}

// owned counts the accounts of each node, in no order.
func (m *memory) owned() []int {
	m.mu.Lock()
	defer m.mu.Unlock()
	count := map[string]int{}
	for _, l := range m.leases {
		count[l.node]++
	}
	return slices.Sorted(maps.Values(count))
}
