package outbox

import (
	"math"
	"time"

	"parley/channels"
)

// pace is a token bucket as one time: the moment at which it will be full again. The
// zero value is full. The rate may change between calls.
type pace struct{ full time.Time }

// step is how long one token takes to come back; 0 means that there is no limit.
func step(r channels.Rate) time.Duration {
	if r.Count <= 0 || r.Per <= 0 {
		return 0
	}
	return r.Per / time.Duration(r.Count)
}

// free is how many tokens there are.
func (p pace) free(r channels.Rate, now time.Time) int {
	every := step(r)
	if every == 0 {
		return math.MaxInt
	}
	missing := max(0, p.full.Sub(now))
	return int(max(0, r.Per-missing) / every)
}

// take removes a token.
func (p *pace) take(r channels.Rate, now time.Time) {
	if p.full.Before(now) {
		p.full = now
	}
	p.full = p.full.Add(step(r))
}

// ready is when there is a token; not after now when there is one.
func (p pace) ready(r channels.Rate) time.Time {
	return p.full.Add(step(r) - r.Per)
}
