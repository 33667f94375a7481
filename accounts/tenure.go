package accounts

import (
	"context"
	"time"

	"parley/channels"
)

// serve runs an account for as long as this node holds its lease, again and again until
// ctx ends.
func (s *Supervisor) serve(ctx context.Context, u *unit) {
	for ctx.Err() == nil {
		if fence, held := s.held(u.id); held {
			s.tenure(ctx, u, fence)
			continue
		}
		select {
		case <-ctx.Done():
		case <-u.review:
		}
	}
}

// tenure runs an account under one fence. It returns when the lease is lost or ctx ends,
// and the adapter has stopped.
func (s *Supervisor) tenure(ctx context.Context, u *unit, fence channels.Fence) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.setServing(u, true)
	defer s.setServing(u, false)
	in := s.inbound(u.id, fence, func(_ context.Context, st channels.Status) {
		if ctx.Err() == nil { // else another node may be the one to tell
			s.report(u, healthOf(st))
		}
	})
	ran := make(chan struct{})
	s.wg.Go(func() {
		defer close(ran)
		s.keepRunning(ctx, u, in)
	})
	defer func() { <-ran }()
	quiet := time.NewTicker(tryAgain)
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-quiet.C:
			if s.unheard(u) {
				s.wg.Go(func() { s.trySending(ctx, u) })
			}
		case <-u.review:
		}
		if now, held := s.held(u.id); !held || now != fence {
			cancel()
			return
		}
	}
}

func (s *Supervisor) held(id channels.AccountID) (channels.Fence, bool) {
	if s.leases == nil {
		return 0, true
	}
	return s.leases.Held(id)
}

func (s *Supervisor) setServing(u *unit, serving bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u.serving = serving
	if serving && s.leases != nil {
		u.account.State = "" // another node may have told since: the first report is news
		u.sending = Problem{}
	}
}

// Review looks again at which accounts this node runs. It does not block.
func (s *Supervisor) Review() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, u := range s.units {
		select {
		case u.review <- struct{}{}:
		default:
		}
	}
}

// Serving tells whether an account's adapter may be running on this node.
func (s *Supervisor) Serving(id channels.AccountID) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	u := s.units[id]
	return u != nil && u.serving
}
