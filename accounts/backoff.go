package accounts

import (
	"time"

	"parley/channels"
)

// How long an account waits before it connects again.
const (
	firstWait   = time.Second
	longestWait = 5 * time.Minute
	// steady is how long an account must have run for its earlier failures to be forgotten.
	steady = time.Minute
)

// backoff returns the wait after a number of failures in a row, at least what the
// network asked for. jitter, in [0, 1), spreads it over the upper half, so that accounts
// that fell together do not come back together.
func backoff(failures int, asked time.Duration, jitter float64) time.Duration {
	wait := longestWait
	if n := failures - 1; n < 20 {
		wait = min(firstWait<<max(0, n), longestWait)
	}
	wait = wait/2 + time.Duration(jitter*float64(wait/2))
	return max(wait, asked)
}

// parks tells whether an account stays where it is until somebody changes it, and in
// which state.
func parks(e *channels.Error) (channels.StateName, bool) {
	switch e.Kind {
	case channels.AuthFailed:
		return channels.StateNeedsAuth, true
	case channels.Permanent:
		return channels.StateBroken, true
	default:
		return channels.StateReconnecting, false
	}
}
