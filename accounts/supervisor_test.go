package accounts_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/accounts"
	"parley/channels"
)

func TestConnects(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		h := newHouse(m, newPuppet())
		before := h.connect(t, "before the start")
		h.start(t)
		after := h.connect(t, "after the start")
		h.expect(t, m, before, channels.StateConnected)
		h.expect(t, m, after, channels.StateConnected)
		h.mu.Lock()
		defer h.mu.Unlock()
		if !slices.Contains(h.changed, before) || !slices.Contains(h.changed, after) {
			t.Errorf("changes were announced of %v alone", h.changed)
		}
	})
}

// failing returns a script that fails with an error at once.
func failing(err error) func(context.Context, channels.Inbound) error {
	return func(context.Context, channels.Inbound) error { return err }
}

func TestBackOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		id := h.connect(t, "flaky")
		p.script(id, failing(&channels.Error{Kind: channels.Transient, Code: "down", Text: "no route"}))
		h.start(t)
		time.Sleep(20 * time.Minute)
		h.expect(t, m, id, channels.StateReconnecting)
		if _, problem := m.state(id); problem != (accounts.Problem{Code: "down", Text: "no route"}) {
			t.Errorf("problem = %+v", problem)
		}
		var waits []time.Duration
		starts := p.starts(id)
		for i := 1; i < len(starts); i++ {
			waits = append(waits, starts[i].Sub(starts[i-1]))
		}
		want := []time.Duration{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}
		for i := range want {
			want[i] *= time.Second
		}
		if len(waits) != len(want) || !slices.Equal(waits, want) {
			t.Errorf("waited %v, want %v", waits, want)
		}
	})
}

func TestSteadyRunForgivesFailures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		id := h.connect(t, "long")
		p.script(id, func(ctx context.Context, _ channels.Inbound) error {
			if n := p.count(id); n > 5 {
				select {
				case <-ctx.Done():
					return nil
				case <-time.After(2 * time.Minute):
				}
			}
			return &channels.Error{Kind: channels.Uncertain, Code: "dropped", Text: "dropped"}
		})
		h.start(t)
		time.Sleep(10 * time.Minute)
		starts := p.starts(id)
		// Five failures at once, then lives of two minutes, after which the wait is the first one.
		if got := starts[7].Sub(starts[6]); got != 2*time.Minute+time.Second {
			t.Errorf("after a steady run the next came after %s", got)
		}
	})
}

func TestNetworkChoosesTheWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		id := h.connect(t, "throttled")
		p.script(id, failing(&channels.Error{Kind: channels.Transient, Code: "slow", Text: "slow", RetryAfter: 90 * time.Second}))
		h.start(t)
		time.Sleep(91 * time.Second)
		starts := p.starts(id)
		if len(starts) != 2 || starts[1].Sub(starts[0]) != 90*time.Second {
			t.Errorf("started at %v", starts)
		}
	})
}

func TestParksUntilChanged(t *testing.T) {
	t.Parallel()
	for kind, state := range map[channels.ErrorKind]channels.StateName{
		channels.AuthFailed: channels.StateNeedsAuth, channels.Permanent: channels.StateBroken,
	} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m, p := newMemory(), newPuppet()
				h := newHouse(m, p)
				id := h.connect(t, "denied")
				p.script(id, failing(&channels.Error{Kind: kind, Code: "denied", Text: "denied"}))
				h.start(t)
				time.Sleep(time.Hour)
				h.expect(t, m, id, state)
				if n := p.count(id); n != 1 {
					t.Fatalf("tried %d times, want once", n)
				}
				p.script(id, nil)
				if _, err := h.Patch(t.Context(), admin(), id, accounts.Patch{Config: map[string]any{"password": "better-password"}}); err != nil {
					t.Fatal(err)
				}
				h.expect(t, m, id, channels.StateConnected)
				if got := p.lastConfig()["password"]; got != "better-password" {
					t.Errorf("the adapter was given %q", got)
				}
			})
		})
	}
}

func TestOneNeverStopsAnother(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		well := h.connect(t, "well")
		for name, poison := range map[string]func(context.Context, channels.Inbound) error{
			"panics":  func(context.Context, channels.Inbound) error { panic("secret " + password) },
			"crashes": func(context.Context, channels.Inbound) error { var none []int; none[len(password)]++; return nil },
			"ends":    failing(nil),
			"lies":    failing(errors.New("not the port's error, with " + password)),
		} {
			p.script(h.connect(t, name), poison)
		}
		h.start(t)
		time.Sleep(time.Minute)
		h.expect(t, m, well, channels.StateConnected)
		if n := p.count(well); n != 1 {
			t.Errorf("the sound account was started %d times", n)
		}
		list, err := h.List(t.Context(), admin())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list {
			if a.ID != well && (a.State != channels.StateReconnecting || p.count(a.ID) < 5) {
				t.Errorf("%s is %s after %d starts", a.Name, a.State, p.count(a.ID))
			}
		}
		if log := h.log.String(); strings.Contains(log, password) || !strings.Contains(log, "index out of range") {
			t.Errorf("the log holds a secret or lacks the crash:\n%s", log)
		}
	})
}

func TestReportsAreScrubbed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		id := h.connect(t, "chatty")
		p.script(id, failing(&channels.Error{Kind: channels.AuthFailed, Code: "denied", Text: "wrong password " + password}))
		h.start(t)
		h.expect(t, m, id, channels.StateNeedsAuth)
		if _, problem := m.state(id); strings.Contains(problem.Text, password) || !strings.Contains(problem.Text, "wrong password") {
			t.Errorf("problem = %+v", problem)
		}
	})
}

func TestOnlyTheChangedAccountRestarts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		one, other := h.connect(t, "one"), h.connect(t, "other")
		running := 0
		p.script(one, func(ctx context.Context, in channels.Inbound) error {
			running++
			if running > 1 {
				t.Error("two lives of one account at once")
			}
			in.Report(ctx, channels.Status{State: channels.StateConnected})
			<-ctx.Done()
			time.Sleep(3 * time.Second) // an adapter that says goodbye
			running--
			return nil
		})
		h.start(t)
		synctest.Wait()
		name := "renamed"
		if _, err := h.Patch(t.Context(), admin(), one, accounts.Patch{Name: &name}); err != nil {
			t.Fatal(err)
		}
		if a, _, _ := h.sup.Find(one); a.Name != name {
			t.Errorf("found as %q right after the change", a.Name)
		}
		time.Sleep(10 * time.Second)
		if p.count(one) != 2 || p.count(other) != 1 {
			t.Errorf("started %d and %d times, want 2 and 1", p.count(one), p.count(other))
		}
		h.expect(t, m, one, channels.StateConnected)
	})
}

func TestPauseAndResume(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		id := h.connect(t, "paused")
		h.start(t)
		h.expect(t, m, id, channels.StateConnected)
		for range 2 { // twice is as good as once
			if a, err := h.Pause(t.Context(), admin(), id); err != nil || !a.Paused || a.State != channels.StateStopped {
				t.Fatalf("paused as %+v, %v", a, err)
			}
		}
		time.Sleep(time.Minute)
		h.expect(t, m, id, channels.StateStopped)
		if _, adapter, ok := h.sup.Find(id); !ok || adapter == nil {
			t.Error("a paused account is not found")
		}
		if limits, ok := h.sup.Limits(id); !ok || limits.Text.Max != 10 {
			t.Error("a paused account has no limits")
		}
		if len(h.sup.Active()) != 0 {
			t.Error("a paused account is active")
		}
		if _, err := h.Resume(t.Context(), admin(), id); err != nil {
			t.Fatal(err)
		}
		h.expect(t, m, id, channels.StateConnected)
		if n := p.count(id); n != 2 {
			t.Errorf("started %d times, want 2", n)
		}
	})
}

func TestDeletedAndArchived(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		gone, kept := h.connect(t, "gone"), h.connect(t, "kept")
		m.inUse[kept] = true
		h.start(t)
		synctest.Wait()
		if err := h.Delete(t.Context(), admin(), gone, false); err != nil {
			t.Fatal(err)
		}
		if err := h.Delete(t.Context(), admin(), kept, false); !errors.Is(err, accounts.ErrInUse) {
			t.Fatalf("deleting an account with conversations: %v", err)
		}
		if err := h.Delete(t.Context(), admin(), kept, true); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if _, _, ok := h.sup.Find(gone); ok {
			t.Error("a deleted account is found")
		}
		a, _, ok := h.sup.Find(kept)
		if !ok || !a.Archived || a.State != channels.StateStopped {
			t.Errorf("archived as %+v, found %v", a, ok)
		}
		if list, _ := h.List(t.Context(), admin()); len(list) != 0 {
			t.Errorf("%d accounts are listed", len(list))
		}
		if _, err := h.Resume(t.Context(), admin(), kept); !errors.Is(err, accounts.ErrArchived) {
			t.Errorf("resumed from the archive: %v", err)
		}
	})
}

func TestOtherNodesFollow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, here, there := newMemory(), newPuppet(), newPuppet()
		a, b := newHouse(m, here), newHouse(m, there)
		a.start(t)
		b.start(t)
		id := a.connect(t, "shared")
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if there.count(id) != 1 {
			t.Fatalf("the other node started it %d times within 2 s", there.count(id))
		}
		if _, err := a.Pause(t.Context(), admin(), id); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if found, _, _ := b.sup.Find(id); !found.Paused {
			t.Error("the other node did not notice the pause")
		}
		if err := b.Delete(t.Context(), admin(), id, false); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if _, _, ok := a.sup.Find(id); ok {
			t.Error("the first node did not notice the deletion")
		}
		if here.count(id) != 1 || there.count(id) != 1 {
			t.Errorf("started %d and %d times, want once each", here.count(id), there.count(id))
		}
	})
}

func TestDatabaseGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		id := h.connect(t, "unmoved")
		lost := make(chan struct{})
		p.script(id, func(ctx context.Context, in channels.Inbound) error {
			in.Report(ctx, channels.Status{State: channels.StateConnected})
			select {
			case <-lost:
				return &channels.Error{Kind: channels.AuthFailed, Code: "denied", Text: "denied"}
			case <-ctx.Done():
				return nil
			}
		})
		h.start(t)
		h.expect(t, m, id, channels.StateConnected)
		m.breakDown(true)
		close(lost)
		time.Sleep(time.Minute)
		if a, adapter, ok := h.sup.Find(id); !ok || adapter == nil || a.State != channels.StateNeedsAuth {
			t.Error("without the database the account is not found as it is")
		}
		m.breakDown(false)
		time.Sleep(2 * time.Second)
		h.expect(t, m, id, channels.StateNeedsAuth)
	})
}

func TestStatesAreStoredOnChangeAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		id := h.connect(t, "talkative")
		p.script(id, func(ctx context.Context, in channels.Inbound) error {
			for range 100 {
				in.Report(ctx, channels.Status{State: channels.StateConnected})
				if !wait(ctx, time.Second) {
					return nil
				}
			}
			<-ctx.Done()
			return nil
		})
		h.start(t)
		time.Sleep(5 * time.Minute)
		if got := m.history(); len(got) != 1 || got[0] != channels.StateConnected {
			t.Errorf("stored %v, want connected once", got)
		}
	})
}

func wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func TestUnopenableAccountIsBroken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, p := newMemory(), newPuppet()
		h := newHouse(m, p)
		bad, good := h.connect(t, "bad"), h.connect(t, "good")
		p.open = func(a channels.Account) error {
			if a.ID == bad {
				panic("driver of " + password)
			}
			return nil
		}
		h.start(t)
		h.expect(t, m, bad, channels.StateBroken)
		h.expect(t, m, good, channels.StateConnected)
		if _, adapter, ok := h.sup.Find(bad); !ok || adapter != nil {
			t.Error("want an account without an adapter")
		}
		if strings.Contains(h.log.String(), password) {
			t.Error("the log holds a secret")
		}
	})
}

func TestPushReachesANodeThatDidNotConnectTheAccount(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		here, there := newHouse(m, newPuppet()), newHouse(m, newPuppet())
		here.start(t)
		there.start(t)
		a, err := here.Create(t.Context(), admin(), accounts.Draft{Kind: kindTest, Name: "new", Config: valid()})
		if err != nil {
			t.Fatal(err)
		}
		path := a.HookPath.Reveal()
		knock := path[strings.LastIndex(path, "/")+1:]
		if r, err := there.sup.Receive(t.Context(), a.ID, knock, channels.Request{Body: []byte("at once")}); err != nil || string(r.Body) != "at once" {
			t.Errorf("answer %q, %v", r.Body, err)
		}
		if _, err := there.sup.Receive(t.Context(), a.ID+1, knock, channels.Request{}); !errors.Is(err, accounts.ErrNotFound) {
			t.Errorf("no such account: %v", err)
		}
	})
}

func TestStopGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPuppet()
		h := newHouse(newMemory(), p)
		stubborn := make(chan struct{})
		p.script(h.connect(t, "stubborn"), func(context.Context, channels.Inbound) error {
			<-stubborn
			return nil
		})
		if err := h.sup.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if err := h.sup.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("stopped with %v", err)
		}
		close(stubborn)
	})
}
