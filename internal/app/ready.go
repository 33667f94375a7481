package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// freshness is how long an answer to "can it store?" holds. Anybody may ask, and each
// answer costs a durable write.
const freshness = time.Second

// errNotReady is all that strangers are told; the log has the rest.
var errNotReady = errors.New("the database cannot store at the moment")

// readiness asks the store at most once at a time and once a second.
type readiness struct {
	ask   func(context.Context) error
	clock func() error // what is wrong with this node's clock
	log   *slog.Logger

	mu   sync.Mutex
	at   time.Time
	last error
}

func newReadiness(ask func(context.Context) error, clock func() error, log *slog.Logger) *readiness {
	return &readiness{ask: ask, clock: clock, log: log}
}

func (r *readiness) check(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.at) < freshness {
		return r.last
	}
	err := r.ask(ctx)
	r.at, r.last = time.Now(), r.clock()
	if err != nil {
		r.log.Error("not ready", "error", err)
		r.last = errNotReady
	}
	return r.last
}
