package jobs

import (
	"math/rand/v2"
	"time"
)

// MaxTries is how often a job is tried before it is given up.
const MaxTries = 12

const (
	firstPause = 500 * time.Millisecond
	longPause  = 10 * time.Minute
)

// pause is how long a job waits after it failed for the n-th time: twice as long each
// time, give or take a quarter, so that what failed together is not retried together.
func pause(n int) time.Duration {
	d := longPause
	if shift := max(n-1, 0); shift < 20 {
		d = min(firstPause<<shift, longPause)
	}
	return d - d/4 + rand.N(d/2)
}
