package app

import (
	"sync"

	"parley/accounts"
	"parley/channels"
	"parley/internal/outbox"
)

// sender keeps the outbox's list of accounts equal to the supervisor's: those that are
// active may send.
type sender struct {
	outbox   *outbox.Dispatcher
	accounts *accounts.Supervisor
	attached map[channels.AccountID]channels.Adapter // the worker's own

	mu      sync.Mutex
	refused map[channels.AccountID]bool // those that could not send

	changed chan struct{}
	done    chan struct{}
	wg      sync.WaitGroup
}

func newSender(o *outbox.Dispatcher, s *accounts.Supervisor) *sender {
	return &sender{outbox: o, accounts: s, attached: map[channels.AccountID]channels.Adapter{}, refused: map[channels.AccountID]bool{}, changed: make(chan struct{}, 1), done: make(chan struct{})}
}

// wake makes the sender look again; it never blocks.
func (s *sender) wake() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// sending notes why an account cannot send, or with nil that it can, and shows it.
func (s *sender) sending(id channels.AccountID, e *channels.Error) {
	s.mu.Lock()
	if delete(s.refused, id); e != nil {
		s.refused[id] = true
	}
	s.mu.Unlock()
	s.accounts.Sending(id, e)
}

// forgiven tells, once, that an account which could not send is well again: somebody has
// signed it in, or tried it.
func (s *sender) forgiven(id channels.AccountID) bool {
	account, _, ok := s.accounts.Find(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !ok || !s.refused[id] || account.State != channels.StateConnected {
		return false
	}
	delete(s.refused, id)
	return true
}

func (s *sender) start() {
	s.match()
	s.wg.Go(func() {
		for {
			select {
			case <-s.done:
				return
			case <-s.changed:
				s.match()
			}
		}
	})
}

func (s *sender) stop() {
	close(s.done)
	s.wg.Wait()
}

// match attaches and detaches what changed. An adapter that is the same is left
// alone, because attaching ends its waits.
func (s *sender) match() {
	active := map[channels.AccountID]bool{}
	for _, id := range s.accounts.Active() {
		adapter, ok := s.accounts.Adapter(id)
		if !ok {
			continue
		}
		active[id] = true
		if s.attached[id] != adapter || s.forgiven(id) {
			s.attached[id] = adapter
			s.outbox.Attach(id, adapter)
		}
	}
	for id := range s.attached {
		if !active[id] {
			delete(s.attached, id)
			s.outbox.Detach(id)
		}
	}
}
