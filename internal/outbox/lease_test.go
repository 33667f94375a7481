package outbox_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/internal/outbox"
)

// TestSendsForWhatItHolds takes the lease away, before and after a claim.
func TestSendsForWhatItHolds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src, a := &memory{}, &script{}
		var fence atomic.Int64
		d := start(t, src, a, func(o *outbox.Options) {
			o.Lease = func(channels.AccountID) (channels.Fence, bool) {
				f := fence.Load()
				fence.CompareAndSwap(2, 0) // lost as soon as something was claimed with it
				return channels.Fence(f), f != 0
			}
		})
		id := src.put(1, 10, "anna")
		attempts := func(when string, want int) {
			t.Helper()
			d.Wake()
			time.Sleep(time.Second)
			if got := a.attempts(); len(got) != want {
				t.Fatalf("%s: %d attempts, want %d", when, len(got), want)
			}
		}
		attempts("without a lease", 0)
		fence.Store(2)
		attempts("lost after the claim", 0)
		state(t, src, id, "queued")
		fence.Store(3)
		attempts("got again", 1)
		d.Stop()
		state(t, src, id, "sent")
	})
}
