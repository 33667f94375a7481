package accounts

import (
	"bytes"
	"context"
	"time"

	"parley/channels"
	"parley/inbox/actor"
)

// serve runs an account for as long as this node holds its lease, again and again until
// ctx ends.
func (s *Supervisor) serve(ctx context.Context, u *unit) {
	for ctx.Err() == nil {
		if fence, held := s.held(u.id); held {
			if s.renewed(ctx, u) {
				return
			}
			s.tenure(ctx, u, fence)
			continue
		}
		select {
		case <-ctx.Done():
		case <-u.review:
		}
	}
}

// renewed opens an account anew whose secrets another node has kept while it ran it there,
// such as a token that its network replaced: the adapter here knows the old one alone. The
// account's version stays with that, so that it goes on where it runs.
func (s *Supervisor) renewed(ctx context.Context, u *unit) bool {
	if s.leases == nil {
		return false
	}
	reading, cancel := context.WithTimeout(ctx, renewTime)
	defer cancel()
	row, found, err := s.store.Account(reading, actor.System(), u.id)
	if err != nil {
		if ctx.Err() == nil {
			s.log.Warn("account cannot be read anew", "account_id", u.id, "error", err)
		}
		return false
	}
	if !found || row.Version != u.version || bytes.Equal(row.SealedSecrets, u.sealed) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.running || s.units[u.id] != u {
		return false
	}
	s.put(row)
	return true
}

// renewTime bounds the look at an account that this node is to run.
const renewTime = 5 * time.Second

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
