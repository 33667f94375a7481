package intake_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/inbox/intake"
)

// megabytes is a batch of about that many, all of one string.
func megabytes(key string, n int) channels.Batch {
	body := strings.Repeat("x", 1<<20)
	var b channels.Batch
	for i := range n {
		b.Events = append(b.Events, text(key, key, func(ev *channels.Event) {
			ev.Key, ev.Message.RemoteID, ev.Message.Text = channels.EventKey(fmt.Sprint(key, i)), "", body
		}))
	}
	return b
}

func TestAdmissionIsBoundedInBytes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := stuck{newWorld(), make(chan struct{})}
		s := intake.New(intake.Options{Store: store, Log: slog.New(slog.DiscardHandler), Now: store.clock})
		s.Start()
		in := s.For(1, nil)
		put := func(ctx context.Context, key string, n int) <-chan error {
			answer := make(chan error, 1)
			go func() {
				_, err := in.Deliver(ctx, megabytes(key, n))
				answer <- err
			}()
			synctest.Wait()
			return answer
		}
		first := put(t.Context(), "first", 200) // a worker has it
		impatient, leave := context.WithCancel(t.Context())
		second := put(impatient, "second", 50)
		begun := time.Now()
		if err := <-put(t.Context(), "third", 50); !errors.Is(err, intake.ErrBusy) || time.Since(begun) != 0 {
			t.Errorf("beyond the bound: %v after %s, want ErrBusy at once", err, time.Since(begun))
		}
		leave()
		if err := <-second; !errors.Is(err, context.Canceled) {
			t.Errorf("who left: %v", err)
		}
		fourth := put(t.Context(), "fourth", 50) // in the room of who left
		close(store.release)
		if err := errors.Join(<-first, <-fourth); err != nil {
			t.Error(err)
		}
		if len(store.received) != 250 {
			t.Errorf("%d events were stored, want the 250 that somebody waited for", len(store.received))
		}
		if err := <-put(t.Context(), "large", 300); err != nil {
			t.Errorf("alone, a delivery larger than the room: %v", err)
		}
		s.Stop()
	})
}

func TestAbandonedDeliveriesAreSkipped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := stuck{newWorld(), make(chan struct{})}
		s := intake.New(intake.Options{Store: store, Log: slog.New(slog.DiscardHandler), Now: store.clock})
		s.Start()
		busy := make(chan error, 3)
		for i := range cap(busy) {
			go func() {
				_, err := s.For(1, nil).Deliver(t.Context(), megabytes(fmt.Sprint(i), 1))
				busy <- err
			}()
			synctest.Wait() // the first is the one that a worker has
		}
		for range cap(busy) {
			if err := <-busy; !errors.Is(err, intake.ErrBusy) {
				t.Errorf("Deliver = %v, want ErrBusy", err)
			}
		}
		close(store.release)
		s.Stop()
		if len(store.received) != 1 {
			t.Errorf("%d deliveries were stored, want the one that was begun", len(store.received))
		}
	})
}

// slow is a world whose commits take a while.
type slow struct {
	*world
	took time.Duration
}

func (s slow) Intake(ctx context.Context, fn func(context.Context) error) error {
	time.Sleep(s.took)
	return s.world.Intake(ctx, fn)
}

func TestCallersThatComeBackShareACommit(t *testing.T) {
	t.Parallel()
	const callers, rounds = 8, 50
	synctest.Test(t, func(t *testing.T) {
		var commits int
		s := intake.New(intake.Options{
			Store: slow{newWorld(), 3 * time.Millisecond}, Log: slog.New(slog.DiscardHandler), Now: time.Now,
			Observe: func(int, time.Duration) { commits++ },
		})
		s.Start()
		var wg sync.WaitGroup
		for caller := range callers {
			wg.Go(func() {
				in := s.For(1, nil)
				for round := range rounds {
					time.Sleep(time.Duration(caller) * 100 * time.Microsecond)
					if _, err := in.Deliver(t.Context(), small(fmt.Sprint(caller, "/", round))); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		s.Stop()
		if most := rounds + 5; commits > most {
			t.Errorf("%d commits for %d rounds of %d callers, want at most %d", commits, rounds, callers, most)
		}
	})
}

func TestALoneCallerWaitsForNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := intake.New(intake.Options{Store: newWorld(), Log: slog.New(slog.DiscardHandler), Now: time.Now})
		s.Start()
		begun := time.Now()
		for round := range 10 {
			if _, err := s.For(1, nil).Deliver(t.Context(), small(fmt.Sprint(round))); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(begun); took != 0 {
			t.Errorf("ten deliveries took %s of waiting, want none", took)
		}
		s.Stop()
	})
}

// small is a batch of one short message.
func small(key string) channels.Batch {
	return channels.Batch{Events: []channels.Event{text(key, key, func(*channels.Event) {})}}
}
