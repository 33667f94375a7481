package jobs_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/jobs"
)

func TestIdleRunnerAsksOnlyAsOftenAsItMust(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		poll time.Duration
		want int
	}{
		{"alone", 0, 1},
		{"beside other nodes", time.Second, 1 + 60*60},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				store := newFake(nil)
				r := jobs.NewRunner(jobs.Options{Store: store, Poll: c.poll})
				r.Start()
				time.Sleep(time.Hour + time.Millisecond)
				synctest.Wait()
				if got := store.claimed(); got != c.want {
					t.Errorf("%d claims in an idle hour, want %d", got, c.want)
				}
				r.Stop()
			})
		})
	}
}

func TestDueTimeDrivesTheTimer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		store := newFake(&jobs.Job{ID: 1, Kind: "k", Due: begun.Add(42 * time.Minute)})
		ran := make(chan time.Time, 1)
		r := jobs.NewRunner(jobs.Options{Store: store})
		r.Handle("k", func(context.Context, jobs.Job) error { ran <- time.Now(); return nil })
		r.Start()
		if at := (<-ran).Sub(begun); at != 42*time.Minute {
			t.Errorf("ran after %s, want 42m", at)
		}
		r.Stop()
	})
}

// TestAClockThatIsSetAheadIsNoticed has hours pass at once while the runner sleeps; nobody wakes it.
func TestAClockThatIsSetAheadIsNoticed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		var ahead atomic.Int64
		ran := make(chan time.Time, 1)
		r := jobs.NewRunner(jobs.Options{
			Store: newFake(&jobs.Job{ID: 1, Kind: "k", Due: begun.Add(10 * time.Hour)}),
			Now:   func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) },
		})
		r.Handle("k", func(context.Context, jobs.Job) error { ran <- time.Now(); return nil })
		r.Start()
		time.Sleep(time.Hour)
		synctest.Wait()
		if len(ran) != 0 {
			t.Error("it ran hours before it was due")
		}
		ahead.Store(int64(10 * time.Hour))
		if at := (<-ran).Sub(begun); at > time.Hour+time.Minute {
			t.Errorf("it ran %s after the clock was set", at-time.Hour)
		}
		r.Stop()
	})
}

func TestNothingIsBegunByAWrongClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		var right atomic.Bool
		ran := make(chan time.Time, 1)
		r := jobs.NewRunner(jobs.Options{Store: newFake(&jobs.Job{ID: 1, Kind: "k", Due: begun}), Right: right.Load})
		r.Handle("k", func(context.Context, jobs.Job) error { ran <- time.Now(); return nil })
		r.Start()
		time.Sleep(time.Hour)
		synctest.Wait()
		if len(ran) != 0 {
			t.Error("a job was begun")
		}
		right.Store(true)
		if at := (<-ran).Sub(begun); at > time.Hour+2*time.Second {
			t.Errorf("once the clock was right it took %s", at-time.Hour)
		}
		r.Stop()
	})
}

func TestStopWaitsForTheHandler(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := newFake(&jobs.Job{ID: 1, Kind: "k", Due: time.Now()})
		begun, ended := make(chan struct{}), false
		r := jobs.NewRunner(jobs.Options{Store: store})
		r.Handle("k", func(ctx context.Context, _ jobs.Job) error {
			close(begun)
			time.Sleep(5 * time.Second)
			ended = ctx.Err() == nil
			return nil
		})
		r.Start()
		<-begun
		r.Stop()
		if !ended {
			t.Error("Stop did not let the handler finish undisturbed")
		}
		r.Stop() // is harmless
	})
}

func TestPausesGrow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		tries int
		pause time.Duration
		dead  bool
	}{
		{1, 500 * time.Millisecond, false},
		{2, time.Second, false},
		{5, 8 * time.Second, false},
		{11, 512 * time.Second, false},
		{12, 10 * time.Minute, true},
		{13, 10 * time.Minute, true}, // died with the program twelve times
		{1000, 10 * time.Minute, true},
	} {
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			store := newFake(&jobs.Job{ID: 1, Kind: "k", Tries: c.tries})
			called := false
			r := jobs.NewRunner(jobs.Options{Store: store})
			r.Handle("k", func(context.Context, jobs.Job) error { called = true; return errors.New("no luck\x00") })
			r.Start()
			<-store.failed
			r.Stop()
			f := store.failures[0]
			got := f.Again.Sub(begun)
			if low, high := c.pause*3/4, c.pause*5/4; got < low || got > high {
				t.Errorf("after try %d: pause %s, want %s to %s", c.tries, got, low, high)
			}
			if f.Dead != c.dead {
				t.Errorf("after try %d: dead %v, want %v", c.tries, f.Dead, c.dead)
			}
			if wantCall := c.tries <= jobs.MaxTries; called != wantCall {
				t.Errorf("try %d: handler called %v, want %v", c.tries, called, wantCall)
			}
			if strings.Contains(f.Error, "\x00") {
				t.Errorf("error text %q", f.Error)
			}
		})
	}
}
