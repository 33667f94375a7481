package links

import (
	"context"
	"errors"
	"sync"
	"time"

	"parley/channels"
)

// What pushes may hold in memory at once, in bytes, and how long one waits for its part of it.
const (
	allPushes = 64 << 20
	pushWait  = 5 * time.Second
)

// errFull says that pushes hold as much memory as they may.
var errFull = errors.New("other pushes fill the memory")

// room bounds the bodies of pushes that are held at once: of all accounts together, and of one to half of that, so
// that none can keep the others out.
type room struct {
	mu      sync.Mutex
	most    int64
	held    int64
	by      map[channels.AccountID]int64
	waiting int
	freed   chan struct{} // closed and renewed when somebody leaves while others wait
}

func newRoom(most int64) *room {
	return &room{most: most, by: map[channels.AccountID]int64{}, freed: make(chan struct{})}
}

// enter waits until a body of size bytes fits, and returns what gives the place back.
func (r *room) enter(ctx context.Context, account channels.AccountID, size int64) (leave func(), err error) {
	leave = func() { r.give(account, size) }
	if _, fits := r.take(account, size); fits {
		return leave, nil
	}
	ctx, cancel := context.WithTimeoutCause(ctx, pushWait, errFull)
	defer cancel()
	r.wait(1)
	defer r.wait(-1)
	for {
		freed, fits := r.take(account, size)
		if fits {
			return leave, nil
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-freed:
		}
	}
}

func (r *room) take(account channels.AccountID, size int64) (freed <-chan struct{}, fits bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held+size > r.most || r.by[account]+size > r.most/2 {
		return r.freed, false
	}
	r.held += size
	r.by[account] += size
	return nil, true
}

func (r *room) give(account channels.AccountID, size int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held -= size
	if r.by[account] -= size; r.by[account] == 0 {
		delete(r.by, account)
	}
	if r.waiting > 0 {
		close(r.freed)
		r.freed = make(chan struct{})
	}
}

func (r *room) wait(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting += n
}
