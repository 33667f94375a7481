package accounts_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/inbox/actor"
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

// TestTakesOverWithWhatAnotherNodeKept has two nodes run an account by turns, whose network
// replaces a token each time.
func TestTakesOverWithWhatAnotherNodeKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		type node struct {
			*house
			held *leases
			used []string // the token that each life began with
		}
		var nodes [2]node
		var id channels.AccountID
		for i := range nodes {
			n := &nodes[i]
			p := newPuppet()
			n.held = &leases{fences: map[channels.AccountID]channels.Fence{}}
			p.wrap = func(d *doll, env channels.Env) channels.Adapter {
				config := p.configs[len(p.configs)-1] // of this very Open
				return rotating{d, func(ctx context.Context, in channels.Inbound) error {
					n.used = append(n.used, config["extra"])
					if err := env.Keep(ctx, "extra", config["extra"]+"+"); err != nil {
						t.Error(err)
					}
					return d.Run(ctx, in)
				}}
			}
			n.house = leasedHouse(m, p, n.held)
			if i == 0 {
				id = n.connect(t, "rotating")
			}
			n.start(t)
		}
		for turn := range 4 {
			n := &nodes[turn%2]
			n.held.set(id, channels.Fence(turn+1))
			n.sup.Review()
			synctest.Wait()
			if !n.sup.Serving(id) || len(n.used) != turn/2+1 {
				t.Fatalf("turn %d: serving %v, lives %q", turn, n.sup.Serving(id), n.used)
			}
			n.held.set(id, 0)
			n.sup.Review()
			synctest.Wait()
		}
		if a, b := nodes[0].used, nodes[1].used; a[0] != "" || b[0] != "+" || a[1] != "++" || b[1] != "+++" {
			t.Errorf("they began with %q and %q", a, b)
		}
	})
}

// TestTryingWhereAnotherNodeRunsIt tries an account that could not send on a node that does not run it: what that
// node knows is not told, and the one that runs the account begins anew.
func TestTryingWhereAnotherNodeRunsIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		held := &leases{fences: map[channels.AccountID]channels.Fence{}}
		owner := leasedHouse(m, p, held)
		lent := &leases{fences: map[channels.AccountID]channels.Fence{}}
		other := leasedHouse(m, p, lent)
		owner.start(t)
		id := owner.connect(t, "shared")
		p.script(id, func(ctx context.Context, in channels.Inbound) error {
			in.Report(ctx, channels.Status{State: channels.StateConnected})
			<-ctx.Done()
			return ctx.Err()
		})
		other.start(t)
		lent.set(id, 1) // the other node ran it once, and remembers that it was well
		other.sup.Review()
		synctest.Wait()
		lent.set(id, 0)
		other.sup.Review()
		synctest.Wait()
		held.set(id, 2)
		owner.sup.Review()
		synctest.Wait()
		refused := &channels.Error{Kind: channels.AuthFailed, Code: "revoked", Text: "sign in again"}
		owner.sup.Sending(id, refused)
		synctest.Wait()
		owner.expect(t, m, id, channels.StateCannotSend)
		other.sup.Sending(id, nil)
		other.sup.Sending(id, refused)
		other.sup.Sending(id, nil)
		synctest.Wait()
		owner.expect(t, m, id, channels.StateCannotSend)
		lives := p.count(id)
		if r, err := other.Service.Test(t.Context(), actor.System(), id); err != nil || !r.OK {
			t.Fatalf("%+v, %v", r, err)
		}
		owner.sup.Look()
		synctest.Wait()
		owner.expect(t, m, id, channels.StateConnected)
		if p.count(id) != lives+1 {
			t.Errorf("it has %d lives, not %d", p.count(id), lives+1)
		}
	})
}

// rotating is a doll with a life of its own.
type rotating struct {
	*doll
	run func(ctx context.Context, in channels.Inbound) error
}

func (r rotating) Run(ctx context.Context, in channels.Inbound) error { return r.run(ctx, in) }
