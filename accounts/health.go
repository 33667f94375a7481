package accounts

import (
	"errors"

	"parley/channels"
)

// healthOf is what an adapter reports of its account.
func healthOf(st channels.Status) Health {
	h := Health{State: st.State, Error: Problem{Code: st.Code, Text: st.Text}}
	if st.Progress != nil {
		h.Progress = *st.Progress
	}
	return h
}

// problemOf is an adapter's error as it is shown. Where it names a field of the
// configuration it has words in both languages.
func problemOf(e *channels.Error) Problem {
	p := Problem{Code: e.Code, Text: e.Text}
	var c *channels.ConfigError
	if errors.As(e.Err, &c) && c.EN == e.Text {
		p.RU = c.RU
	}
	return p
}

// unusable is the problem of an account that could not be opened.
func unusable(err error) Problem {
	p := Problem{Code: "cannot_open", Text: "the account's settings cannot be used", RU: "настройки канала непригодны"}
	var c *channels.ConfigError
	if errors.As(err, &c) {
		p.Text, p.RU = c.EN, c.RU
	}
	return p
}

// scrubbed is a problem without secrets and of a length that can be stored.
func (o opened) scrubbed(p Problem) Problem {
	return Problem{
		Code: shorten(o.scrub(p.Code), 100), Text: shorten(o.scrub(p.Text), 500), RU: shorten(o.scrub(p.RU), 500),
	}
}

// report takes an account's word on how it is. It is kept when it is news, and when it
// comes from the account's present life.
func (s *Supervisor) report(u *unit, h Health) {
	h.Error = u.opened.scrubbed(h.Error)
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.reported.State == channels.StateNeedsAuth && h.State == channels.StateConnected {
		u.sending = Problem{} // a new sign-in was taken: it may well do for sending
	}
	u.reported = h
	s.tell(u)
}

// tell keeps an account's health when it is news. Where another node runs the account, that one
// tells: what is known here may be old. The lock must be held.
func (s *Supervisor) tell(u *unit) {
	if s.units[u.id] != u || !s.running || !u.active || u.reported.State == "" || s.leases != nil && !u.serving {
		return
	}
	h := u.health()
	before := Health{State: u.account.State, Error: u.account.Error, Progress: u.account.Progress}
	if before == h || onlyALittleFurther(before, h) {
		return
	}
	u.account.State, u.account.Error, u.account.Progress = h.State, h.Error, h.Progress
	s.scribe.note(entry{id: u.id, version: u.version, health: h})
}

// onlyALittleFurther tells whether nothing changed but a progress of less than a
// hundredth, which is not worth a commit.
func onlyALittleFurther(before, now Health) bool {
	if now.State != before.State || now.Error != before.Error || now.Progress.Total != before.Progress.Total {
		return false
	}
	step := now.Progress.Done - before.Progress.Done
	return step >= 0 && step*100 < now.Progress.Total && now.Progress.Done < now.Progress.Total
}
