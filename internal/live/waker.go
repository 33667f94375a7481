package live

import (
	"context"
	"sync"
)

// Waker tells waiting readers, on every node, that there is something new to read
// on a topic, such as "feed". It carries no data and may lose a call: readers
// look by themselves now and then, and the database is the truth.
type Waker interface {
	// Wake wakes everyone who waits on a topic, this node included.
	Wake(ctx context.Context, topic string) error
	// Woken returns a channel that yields once for one or more wakes, and a function
	// that ends it. The channel is never closed.
	Woken(topic string) (woken <-chan struct{}, stop func())
}

// Local is the Waker of one node alone. It is safe for concurrent use.
type Local struct {
	mu      sync.Mutex
	waiting map[string]map[chan struct{}]struct{}
}

var _ Waker = (*Local)(nil)

// NewLocal makes a Local.
func NewLocal() *Local { return &Local{waiting: map[string]map[chan struct{}]struct{}{}} }

// Wake implements Waker. It never waits and never fails.
func (l *Local) Wake(_ context.Context, topic string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.waiting[topic] {
		select {
		case c <- struct{}{}:
		default: // has not looked since the last one: it will, and find all
		}
	}
	return nil
}

// Woken implements Waker.
func (l *Local) Woken(topic string) (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waiting[topic] == nil {
		l.waiting[topic] = map[chan struct{}]struct{}{}
	}
	l.waiting[topic][c] = struct{}{}
	return c, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.waiting[topic], c)
		if len(l.waiting[topic]) == 0 {
			delete(l.waiting, topic)
		}
	}
}
