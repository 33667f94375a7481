package accounts

import (
	"context"
	"fmt"
	"time"

	"parley/channels"
)

// unit is one account at one version. What follows done changes under the
// Supervisor's lock, the rest is fixed.
type unit struct {
	id       channels.AccountID
	version  int64
	applied  int64
	active   bool // neither paused nor archived
	opened   opened
	hookHash string
	sealed   []byte // the secrets that the adapter was opened with
	in       channels.Inbound
	cancel   context.CancelFunc
	done     chan struct{} // closed when nothing of the unit, or of those before it, runs
	review   chan struct{} // has a value when the account's lease may have changed
	serving  bool          // under the Supervisor's lock: the adapter may be running

	account  Account
	reported Health  // by its adapter; its state is empty before the first word
	sending  Problem // why nothing can be sent; zero = it can
	heard    bool    // of sending, since it was last asked whether nothing was heard
}

func newUnit(row Row, o opened, applied int64) *unit {
	return &unit{
		id: row.ID, version: row.Version, applied: applied, active: row.Active(), opened: o, account: o.account,
		hookHash: row.HookHash, sealed: row.SealedSecrets, done: make(chan struct{}), review: make(chan struct{}, 1),
	}
}

// keepRunning runs an account until ctx ends, through failures that pass. One that
// does not pass parks it: it waits for a change, which is a new unit.
func (s *Supervisor) keepRunning(ctx context.Context, u *unit, in channels.Inbound) {
	if u.opened.err != nil {
		s.log.Error("account cannot be opened", "account_id", u.id, "error", u.opened.scrub(u.opened.err.Error()))
		s.report(u, Health{State: channels.StateBroken, Error: unusable(u.opened.err)})
		return
	}
	s.report(u, Health{State: channels.StateConnecting, Progress: u.account.Progress})
	for failures := 0; ctx.Err() == nil; {
		begun := time.Now()
		err := s.once(ctx, u, in)
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
		s.report(u, Health{State: state, Error: problemOf(err), Progress: u.account.Progress})
		if parked || !sleep(ctx, backoff(failures, err.RetryAfter, s.jitter())) {
			return
		}
	}
}

// once runs the adapter once. The goroutine it is called on survives its panics; those
// that an adapter starts are its own to guard.
func (s *Supervisor) once(ctx context.Context, u *unit, in channels.Inbound) *channels.Error {
	err := guarded(func() error { return u.opened.adapter.Run(ctx, in) })
	if err == nil {
		return &channels.Error{Kind: channels.Transient, Code: codeEnded, Text: phrases[codeEnded].EN}
	}
	return channels.AsError(err)
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
