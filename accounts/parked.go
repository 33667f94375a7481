package accounts

import "parley/channels"

// SendingRefused notes that a network did not accept the account's sign-in when
// something was sent. The account shows it until it is changed or reports otherwise;
// the outbox keeps what waits. It is an outbox.Options.Parked.
func (s *Supervisor) SendingRefused(id channels.AccountID, e *channels.Error) {
	s.mu.RLock()
	u, ok := s.units[id]
	s.mu.RUnlock()
	if ok {
		s.report(u, Health{State: channels.StateNeedsAuth, Error: problemOf(e), Progress: u.account.Progress})
	}
}
