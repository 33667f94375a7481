package accounts

import (
	"context"
	"fmt"
	"time"

	"parley/channels"
)

// unit is one account at one version. All but account is fixed; account changes under
// the Supervisor's lock.
type unit struct {
	id       channels.AccountID
	version  int64
	applied  int64
	active   bool // neither paused nor archived
	opened   opened
	hookHash string
	in       channels.Inbound
	cancel   context.CancelFunc
	done     chan struct{} // closed when nothing of the unit, or of those before it, runs

	account Account
}

func newUnit(row Row, o opened, applied int64) *unit {
	return &unit{
		id: row.ID, version: row.Version, applied: applied, active: row.Active(), opened: o, account: o.account,
		hookHash: row.HookHash, done: make(chan struct{}),
	}
}

// keepRunning runs an account until ctx ends, through failures that pass. One that
// does not pass parks it: it waits for a change, which is a new unit.
func (s *Supervisor) keepRunning(ctx context.Context, u *unit) {
	if u.opened.err != nil {
		s.log.Error("account cannot be opened", "account_id", u.id, "error", u.opened.scrub(u.opened.err.Error()))
		s.report(u, channels.Status{State: channels.StateBroken, Code: "cannot_open", Text: "the account's settings cannot be used"})
		return
	}
	s.report(u, channels.Status{State: channels.StateConnecting})
	for failures := 0; ctx.Err() == nil; {
		begun := time.Now()
		err := s.once(ctx, u)
		if ctx.Err() != nil {
			return
		}
		if time.Since(begun) >= steady {
			failures = 0
		}
		failures++
		state, parked := parks(err)
		s.log.Warn("account disconnected", "account_id", u.id, "kind", err.Kind.String(), "code", err.Code,
			"failures", failures, "error", u.opened.scrub(err.Error()))
		s.report(u, channels.Status{State: state, Code: err.Code, Text: err.Text})
		if parked || !sleep(ctx, backoff(failures, err.RetryAfter, s.jitter())) {
			return
		}
	}
}

// once runs the adapter once. The goroutine it is called on survives its panics; those
// that an adapter starts are its own to guard.
func (s *Supervisor) once(ctx context.Context, u *unit) *channels.Error {
	err := guarded(func() error { return u.opened.adapter.Run(ctx, u.in) })
	if err == nil {
		return &channels.Error{Kind: channels.Transient, Code: "ended", Text: "the connection ended"}
	}
	return channels.AsError(err)
}

// report takes an account's word on how it is. It is kept when it is news, and when it
// comes from the account's present life.
func (s *Supervisor) report(u *unit, st channels.Status) {
	p := Problem{Code: shorten(u.opened.scrub(st.Code), 100), Text: shorten(u.opened.scrub(st.Text), 500)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.units[u.id] != u || !s.running || !u.active {
		return
	}
	if u.account.State == st.State && u.account.Error == p {
		return
	}
	u.account.State, u.account.Error = st.State, p
	s.scribe.note(entry{id: u.id, version: u.version, state: st.State, problem: p})
}

// shorten cuts a text to n characters.
func shorten(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return fmt.Sprint(string(runes[:n]), "…")
	}
	return text
}

// sleep waits, and tells whether it did to the end.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
