package smtp

import (
	"context"
	"sync"
	"time"

	"parley/channels"
)

// pool keeps sessions between mails. It is safe for concurrent use.
type pool struct {
	open  func(ctx context.Context) (*session, error)
	slots chan struct{} // one for every session that somebody uses
	keep  time.Duration

	mu     sync.Mutex
	idle   []*session // the one used last at the end
	closed bool
}

func newPool(size int, keep time.Duration, open func(ctx context.Context) (*session, error)) *pool {
	return &pool{open: open, slots: make(chan struct{}, size), keep: keep}
}

// take returns a session that nobody else uses, an idle one if there is one. Whoever takes gives back.
func (p *pool) take(ctx context.Context) (*session, error) {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, failure(channels.Transient, CodeCancelled, "")
	}
	if ss := p.last(); ss != nil {
		return ss, nil
	}
	ss, err := p.open(ctx)
	if err != nil {
		<-p.slots
		return nil, err
	}
	return ss, nil
}

func (p *pool) last() *session {
	p.mu.Lock()
	defer p.mu.Unlock()
	for n := len(p.idle) - 1; n >= 0; n = len(p.idle) - 1 {
		ss := p.idle[n]
		p.idle = p.idle[:n]
		if ss.timer.Stop() {
			return ss
		}
		// Its timer has just fired and waits for the lock: it closes it.
	}
	return nil
}

// give takes a session back, or closes it when it is of no more use.
func (p *pool) give(ss *session) {
	defer func() { <-p.slots }()
	if ss.broken || ss.mails >= maxMails || !ss.inStep() || !p.put(ss) {
		ss.close()
	}
}

// put lays a session down, unless the pool is closed.
func (p *pool) put(ss *session) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	ss.timer = time.AfterFunc(p.keep, func() {
		p.remove(ss)
		ss.close()
	})
	p.idle = append(p.idle, ss)
	return true
}

func (p *pool) remove(ss *session) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, other := range p.idle {
		if other == ss {
			p.idle = append(p.idle[:i], p.idle[i+1:]...)
			return
		}
	}
}

// close closes what is idle, and from now on what is given back.
func (p *pool) close() {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	for _, ss := range idle {
		if ss.timer.Stop() {
			ss.close()
		}
	}
}
