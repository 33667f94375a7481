package cluster_test

import (
	"context"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/internal/cluster"
)

// member is a node with what it told.
type member struct {
	*cluster.Node
	running atomic.Bool  // whether accounts go on running here that are given away
	changed atomic.Int64 // how often it told of a change
}

func join(t *testing.T, m *memory, now func() time.Time) *member {
	t.Helper()
	x := &member{}
	x.Node = cluster.New(cluster.Options{
		Store: m, Name: "test", Log: slog.New(slog.DiscardHandler), Now: now,
		Running: func(channels.AccountID) bool { return x.running.Load() }, Changed: func() { x.changed.Add(1) },
	})
	if err := x.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Leave(context.Background()); err != nil {
			t.Log(err) // a database that is gone
		}
	})
	return x
}

// held counts the accounts among the first n that a node holds.
func (x *member) held(n int) (count int) {
	for id := range n {
		if _, ok := x.Held(channels.AccountID(id + 1)); ok {
			count++
		}
	}
	return count
}

func TestOneNodeRunsEverything(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(100)
		a := join(t, m, time.Now)
		if a.held(100) != 100 || a.changed.Load() == 0 {
			t.Errorf("holds %d of 100 at once, told %d times", a.held(100), a.changed.Load())
		}
		m.set(func() { m.accounts = 101 })
		a.Wake()
		synctest.Wait()
		if fence, ok := a.Held(101); !ok || fence != 1 {
			t.Errorf("a new account: fence %d, held %v", fence, ok)
		}
	})
}

func TestNewcomerGetsItsShareBitByBit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(20)
		a := join(t, m, time.Now)
		b := join(t, m, time.Now)
		for range 20 {
			before := a.held(20)
			time.Sleep(cluster.Every)
			synctest.Wait()
			if away := before - a.held(20); away > 4 {
				t.Fatalf("%d accounts were given away at once", away)
			}
		}
		if a.held(20) != 10 || b.held(20) != 10 {
			t.Errorf("they hold %d and %d of 20", a.held(20), b.held(20))
		}
		told := a.changed.Load() + b.changed.Load()
		time.Sleep(time.Minute)
		if now := a.changed.Load() + b.changed.Load(); now != told {
			t.Errorf("accounts go on moving: %d changes in a minute", now-told)
		}
	})
}

func TestDeadNodeIsReplaced(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(10)
		a, b := join(t, m, time.Now), join(t, m, time.Now)
		time.Sleep(time.Minute)
		synctest.Wait()
		lost := slices.DeleteFunc([]channels.AccountID{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, func(id channels.AccountID) bool {
			_, ok := a.Held(id)
			return !ok
		})
		if len(lost) != 5 {
			t.Fatalf("the first node holds %d of 10", len(lost))
		}
		fence, _ := a.Held(lost[0])
		m.set(func() { delete(m.nodes, m.leases[lost[0]].node) }) // as when it was buried
		time.Sleep(cluster.Every)
		synctest.Wait()
		if a.held(10)+b.held(10) != 10 {
			t.Errorf("they hold %d and %d of 10", a.held(10), b.held(10))
		}
		now, ok := b.Held(lost[0])
		if mine, held := a.Held(lost[0]); held && ok || ok && now <= fence || held && mine < fence {
			t.Errorf("account %d: fences %d and %d, was %d", lost[0], mine, now, fence)
		}
	})
}

func TestNodeWithoutDatabaseLetsGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(3)
		a := join(t, m, time.Now)
		m.set(func() { m.broken = true })
		time.Sleep(cluster.Term - time.Second)
		if a.held(3) != 3 {
			t.Error("lets go too soon")
		}
		told := a.changed.Load()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if a.held(3) != 0 || a.changed.Load() == told {
			t.Errorf("holds %d that others may have, told %v", a.held(3), a.changed.Load() > told)
		}
		m.set(func() { m.broken = false })
		time.Sleep(cluster.Every)
		synctest.Wait()
		if a.held(3) != 3 {
			t.Errorf("holds %d of 3 when the database is back", a.held(3))
		}
	})
}

func TestWrongClockRunsNothing(t *testing.T) {
	t.Parallel()
	for name, off := range map[string]time.Duration{"ahead": 2500 * time.Millisecond, "behind": -2500 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := newMemory(4)
				var drift atomic.Int64
				a := join(t, m, func() time.Time { return time.Now().Add(time.Duration(drift.Load())) })
				b := join(t, m, time.Now)
				drift.Store(int64(off))
				if got, tooFar := a.Drift(); got != off || !tooFar {
					t.Errorf("just after it was set: drift %s, too far %v", got, tooFar)
				}
				time.Sleep(time.Minute)
				synctest.Wait()
				if got, tooFar := a.Drift(); got != off || !tooFar || a.held(4) != 0 || b.held(4) != 4 {
					t.Errorf("drift %s, too far %v; holds %d, the other one %d", got, tooFar, a.held(4), b.held(4))
				}
				drift.Store(int64(off / 2))
				time.Sleep(time.Minute)
				synctest.Wait()
				if _, tooFar := a.Drift(); tooFar || a.held(4) != 2 {
					t.Errorf("within bounds: too far %v, holds %d", tooFar, a.held(4))
				}
			})
		})
	}
}

func TestNothingIsGivenAwayInTheMiddle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(2)
		a := join(t, m, time.Now)
		a.running.Store(true)
		m.set(func() { m.busy[2] = true })
		b := join(t, m, time.Now)
		time.Sleep(5 * time.Second)
		if a.held(2) != 1 || b.held(2) != 0 {
			t.Errorf("while it runs: %d and %d", a.held(2), b.held(2))
		}
		a.running.Store(false)
		time.Sleep(5 * time.Second)
		if b.held(2) != 0 {
			t.Error("given away while a message was being sent")
		}
		m.set(func() { m.busy[2] = false })
		time.Sleep(2 * cluster.Every)
		synctest.Wait()
		if a.held(2) != 1 || b.held(2) != 1 {
			t.Errorf("in the end: %d and %d", a.held(2), b.held(2))
		}
	})
}

func TestHangingAccountIsGivenAwayInTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(2)
		a := join(t, m, time.Now)
		a.running.Store(true)
		b := join(t, m, time.Now)
		time.Sleep(30 * time.Second)
		synctest.Wait()
		if b.held(2) != 1 {
			t.Errorf("the other one holds %d", b.held(2))
		}
	})
}

func TestLeavingFreesAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(4)
		a := join(t, m, time.Now)
		if err := a.Leave(t.Context()); err != nil {
			t.Fatal(err)
		}
		b := join(t, m, time.Now)
		if a.held(4) != 0 || b.held(4) != 4 || !slices.Equal(m.owned(), []int{4}) {
			t.Errorf("they hold %d and %d", a.held(4), b.held(4))
		}
	})
}
