package accounts

import (
	"context"
	"time"

	"parley/channels"
)

// tryAgain is after how long without a word of the outbox an account that cannot send is
// tried: nothing waits there that would show when it can. It is longer than the outbox ever
// rests between two attempts.
const tryAgain = 90 * time.Minute

// Sending notes how an account's sending is: e says why nothing can be sent for now, and nil
// that it works again. An account that receives shows it as channels.StateCannotSend; the
// outbox keeps what waits and tries by itself. It is an outbox.Options.Sending.
func (s *Supervisor) Sending(id channels.AccountID, e *channels.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, ok := s.units[id]
	if !ok {
		return
	}
	u.sending, u.heard = Problem{}, true
	if e != nil {
		u.sending = u.opened.scrubbed(problemOf(e))
	}
	s.tell(u)
}

// health is what an account's adapter reported last, seen together with its sending: trouble
// with receiving comes first. The Supervisor's lock must be held.
func (u *unit) health() Health {
	h := u.reported
	if h.State == channels.StateConnected && u.sending != (Problem{}) {
		h.State, h.Error = channels.StateCannotSend, u.sending
	}
	return h
}

// unheard tells whether an account cannot send, and nothing was heard of that since unheard
// was last called.
func (s *Supervisor) unheard(u *unit) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	heard := u.heard
	u.heard = false
	return !heard && u.sending != (Problem{})
}

// trySending asks the network whether an account is well again, where the network can be asked.
func (s *Supervisor) trySending(ctx context.Context, u *unit) {
	if !u.opened.canTry() {
		return
	}
	if r := u.opened.try(ctx); r.OK && ctx.Err() == nil {
		s.Sending(u.id, nil)
	}
}
