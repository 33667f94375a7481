package accounts_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
)

// leases are what another room says about who runs what.
type leases struct {
	mu     sync.Mutex
	fences map[channels.AccountID]channels.Fence
	woken  int
}

func (l *leases) Held(id channels.AccountID) (channels.Fence, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fence, held := l.fences[id]
	return fence, held
}

func (l *leases) Wake() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.woken++
}

// set gives an account a fence; 0 takes it away.
func (l *leases) set(id channels.AccountID, fence channels.Fence) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.fences, id)
	if fence != 0 {
		l.fences[id] = fence
	}
}

func TestRunsWhatItHolds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		held := &leases{fences: map[channels.AccountID]channels.Fence{}}
		h := leasedHouse(m, p, held)
		h.start(t)
		id := h.connect(t, "shared")
		at, most := 0, 0
		var mu sync.Mutex
		count := func(by int) {
			mu.Lock()
			defer mu.Unlock()
			at += by
			most = max(most, at)
		}
		p.script(id, func(ctx context.Context, in channels.Inbound) error {
			count(1)
			defer count(-1)
			in.Report(ctx, channels.Status{State: channels.StateConnected})
			<-ctx.Done()
			time.Sleep(time.Second)                                         // it takes its time to disconnect
			in.Report(ctx, channels.Status{State: channels.StateNeedsAuth}) // when it is no longer asked
			return ctx.Err()
		})
		review := func() {
			h.sup.Review()
			synctest.Wait()
		}
		synctest.Wait()
		if p.count(id) != 0 || held.woken == 0 {
			t.Fatalf("it ran %d times without a lease, and asked %d times", p.count(id), held.woken)
		}
		held.set(id, 1)
		review()
		h.expect(t, m, id, channels.StateConnected)
		review()
		if p.count(id) != 1 || !h.sup.Serving(id) {
			t.Fatalf("it ran %d times under one lease", p.count(id))
		}
		held.set(id, 0)
		review()
		if !h.sup.Serving(id) {
			t.Error("it is not at its end yet")
		}
		held.set(id, 3)
		review()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if p.count(id) != 2 || most != 1 {
			t.Errorf("it ran %d times, %d at once", p.count(id), most)
		}
		h.expect(t, m, id, channels.StateConnected)
		held.set(id, 4) // lost and got back between two looks
		review()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if got := h.fences(id); p.count(id) != 3 || len(got) != 4 || got[0] != 0 || got[1] != 1 || got[2] != 3 || got[3] != 4 {
			t.Errorf("it ran %d times, with the fences %v after that of pushes", p.count(id), got)
		}
		held.set(id, 0)
		review()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if h.sup.Serving(id) {
			t.Error("it still runs")
		}
	})
}
