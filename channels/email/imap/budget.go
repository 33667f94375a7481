package imap

import (
	"context"
	"sync"
)

// budget bounds the bytes of mails that are between the server and the inbox.
type budget struct {
	mu    sync.Mutex
	free  int64
	freed chan struct{} // closed and replaced whenever something is given back
}

func newBudget(size int64) *budget { return &budget{free: size, freed: make(chan struct{})} }

// take waits for n bytes, and returns false when ctx ends first. One goroutine takes.
func (b *budget) take(ctx context.Context, n int64) bool {
	for {
		b.mu.Lock()
		if b.free >= n {
			b.free -= n
			b.mu.Unlock()
			return true
		}
		freed := b.freed
		b.mu.Unlock()
		select {
		case <-freed:
		case <-ctx.Done():
			return false
		}
	}
}

func (b *budget) give(n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free += n
	close(b.freed)
	b.freed = make(chan struct{})
}
