package accounts

import "parley/channels"

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
	u.sending = Problem{}
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
