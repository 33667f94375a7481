package chat

import (
	"context"
	"time"

	"parley/channels"
	"parley/channels/webchat"
	"parley/internal/auth"
	"parley/web/rest"
)

// throttleKeys bounds how many visitors and addresses one limit remembers.
const throttleKeys = 50_000

// limits keeps one visitor, or one address, from asking for too much. They are per
// node: several nodes allow a multiple.
type limits struct {
	now      func() time.Time
	messages *auth.Throttle
	uploads  *auth.Throttle
	receipts *auth.Throttle
	typing   *auth.Throttle
	streams  *auth.Throttle
	visitors *auth.Throttle
	requests *auth.Throttle
}

func newLimits(r webchat.Rates, now func() time.Time) *limits {
	return &limits{
		now: now, messages: throttle(r.Messages), uploads: throttle(r.Uploads), receipts: throttle(r.Receipts),
		typing: throttle(r.Typing), streams: throttle(r.Streams), visitors: throttle(r.Visitors), requests: throttle(r.Requests),
	}
}

// throttle is a rate as a bucket; nil for no bound.
func throttle(r channels.Rate) *auth.Throttle {
	if r.Count <= 0 || r.Per <= 0 {
		return nil
	}
	return auth.NewThrottle(auth.Rate{Burst: r.Count, Every: r.Per / time.Duration(r.Count)}, throttleKeys)
}

// take answers errTooMany, with the time to wait, when a key has had its share. What
// comes from this machine itself is not held back.
func (l *limits) take(ctx context.Context, t *auth.Throttle, key string) error {
	if t == nil || rest.Local(rest.RequestOf(ctx).IP) {
		return nil
	}
	if wait := t.Take(key, l.now()); wait > 0 {
		return errTooMany.After(wait)
	}
	return nil
}
