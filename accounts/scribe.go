package accounts

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"parley/channels"
)

// scribe stores the states of accounts, the latest of each, so that no adapter ever
// waits for the database.
type scribe struct {
	store   Store
	log     *slog.Logger
	now     func() time.Time
	changed func(channels.AccountID)

	mu      sync.Mutex
	pending map[channels.AccountID]entry
	wake    chan struct{}
}

// entry is a state to be stored.
type entry struct {
	id      channels.AccountID
	version int64
	health  Health
}

// Bounds of the scribe's patience with the database.
const (
	writeTime  = 5 * time.Second
	retryWrite = time.Second
)

func newScribe(store Store, log *slog.Logger, now func() time.Time, changed func(channels.AccountID)) *scribe {
	if changed == nil {
		changed = func(channels.AccountID) {}
	}
	return &scribe{store: store, log: log, now: now, changed: changed, pending: map[channels.AccountID]entry{}, wake: make(chan struct{}, 1)}
}

// note replaces what is to be stored of an account. It does not block.
func (s *scribe) note(e entry) {
	s.mu.Lock()
	s.pending[e.id] = e
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// run stores what is noted until ctx ends. States of a node that stops are not worth
// keeping: the next one to connect the account says how it is.
func (s *scribe) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		}
		for !s.write(ctx) {
			if !sleep(ctx, retryWrite) {
				return
			}
		}
	}
}

// write stores everything noted; false when something could not be and is noted again.
func (s *scribe) write(ctx context.Context) bool {
	s.mu.Lock()
	batch := s.pending
	s.pending = map[channels.AccountID]entry{}
	s.mu.Unlock()
	whole := true
	for _, e := range batch {
		changed, err := s.one(ctx, e)
		switch {
		case err != nil && ctx.Err() == nil:
			s.log.Error("state of account not stored", "account_id", e.id, "error", err)
			s.again(e)
			whole = false
		case changed:
			s.changed(e.id)
		}
	}
	return whole
}

func (s *scribe) one(ctx context.Context, e entry) (changed bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, writeTime)
	defer cancel()
	err = s.store.Write(ctx, func(ctx context.Context) (err error) {
		changed, err = s.store.SetAccountHealth(ctx, e.id, e.version, e.health, s.now())
		return err
	})
	return changed, err
}

// again notes what could not be stored, unless something newer has come.
func (s *scribe) again(e entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, newer := s.pending[e.id]; !newer {
		s.pending[e.id] = e
	}
}
