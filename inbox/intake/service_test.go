package intake_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"parley/channels"
	"parley/inbox/intake"
)

func storable(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
			t.Errorf("%q is no text that a database can hold", s)
		}
	}
}

func TestDeliverRefusesWhatHasNoKey(t *testing.T) {
	t.Parallel()
	w := newWorld()
	s := intake.New(intake.Options{Store: w, Log: slog.New(slog.DiscardHandler), Now: w.clock})
	s.Start()
	defer s.Stop()
	for _, key := range []string{"", strings.Repeat("k", channels.MaxKey+1)} {
		ev := text("c", "x")
		ev.Key = channels.EventKey(key)
		if _, err := s.For(1, nil).Deliver(t.Context(), channels.Batch{Events: []channels.Event{ev}}); err == nil {
			t.Errorf("a key of %d bytes was taken", len(key))
		}
	}
}

func TestDeliverLeavesTheCallersEventsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld()
	s := intake.New(intake.Options{Store: w, Log: slog.New(slog.DiscardHandler), Now: w.clock})
	s.Start()
	defer s.Stop()
	ev := text("c\x00", "x", func(ev *channels.Event) {
		ev.Message.Text = "a\x00"
		ev.Message.Files = []channels.File{{Name: "f\x00"}}
		ev.Sender.Extra = []channels.Address{{Scope: "s", Address: "a\x00"}}
	})
	events := []channels.Event{ev}
	if _, err := s.For(1, nil).Deliver(t.Context(), channels.Batch{Events: events}); err != nil {
		t.Fatal(err)
	}
	if got := events[0]; got.Chat != "c\x00" || got.Message.Text != "a\x00" || got.Message.Files[0].Name != "f\x00" || got.Sender.Extra[0].Address != "a\x00" {
		t.Errorf("the caller's event became %+v", got)
	}
}

// stuck is a store whose transactions wait until it is released.
type stuck struct {
	*world
	release chan struct{}
}

func (s stuck) Intake(ctx context.Context, fn func(ctx context.Context) error) error {
	<-s.release
	return s.world.Intake(ctx, fn)
}

func TestAdmissionIsBoundedInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := stuck{newWorld(), make(chan struct{})}
		s := intake.New(intake.Options{Store: store, Log: slog.New(slog.DiscardHandler), Now: store.clock})
		s.Start()
		begun := time.Now()
		ev := channels.Batch{Events: []channels.Event{text("c", "x")}}
		if _, err := s.For(1, nil).Deliver(t.Context(), ev); !errors.Is(err, intake.ErrBusy) {
			t.Errorf("Deliver = %v, want ErrBusy", err)
		}
		if waited := time.Since(begun); waited != 5*time.Second {
			t.Errorf("the network waited %s for its answer", waited)
		}
		close(store.release) // the late commit
		out, err := s.For(1, nil).Deliver(t.Context(), ev)
		if err != nil || out[0].Kind != channels.OutcomeDuplicate {
			t.Errorf("the retry: %+v, %v; the late commit must make it harmless", out, err)
		}
		s.Stop()
		if _, err := s.For(1, nil).Deliver(t.Context(), ev); !errors.Is(err, intake.ErrBusy) {
			t.Errorf("after Stop: %v", err)
		}
	})
}

func TestCursorMovesWithItsBatch(t *testing.T) {
	t.Parallel()
	w := newWorld()
	s := intake.New(intake.Options{Store: w, Log: slog.New(slog.DiscardHandler), Now: w.clock})
	s.Start()
	defer s.Stop()
	in := s.For(1, nil)
	if _, err := in.Deliver(t.Context(), channels.Batch{Stream: "updates", Cursor: "17"}); err != nil {
		t.Fatal(err)
	}
	if got, err := in.Cursor(t.Context(), "updates"); err != nil || got != "17" {
		t.Errorf("cursor %q, %v", got, err)
	}
}

func TestDeletedAccountsDeliverNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := stuck{newWorld(), make(chan struct{})}
		s := intake.New(intake.Options{Store: store, Log: slog.New(slog.DiscardHandler), Now: store.clock})
		s.Start()
		batches := []channels.Batch{
			{Events: []channels.Event{text("c", "x")}, Stream: "s", Cursor: "1"},
			{Stream: "s", Cursor: "2"},
		}
		answers := map[channels.AccountID]chan error{1: make(chan error, len(batches)), 9: make(chan error, len(batches))}
		for _, b := range batches {
			for account, answer := range answers { // the second batches are committed as one group
				go func() {
					_, err := s.For(account, nil).Deliver(t.Context(), b)
					answer <- err
				}()
				synctest.Wait()
			}
		}
		close(store.release)
		for range batches {
			if err := <-answers[1]; err != nil {
				t.Errorf("the neighbour of a deleted account: %v", err)
			}
			if err := <-answers[9]; !errors.Is(err, intake.ErrNoAccount) {
				t.Errorf("a delivery of a deleted account: %v, want ErrNoAccount", err)
			}
		}
		if len(store.received) != 1 || len(store.cursors) != 1 || store.cursors["1s"] != "2" && store.cursors["1 s"] != "2" {
			t.Errorf("stored %v and cursors %v", store.received, store.cursors)
		}
		s.Stop()
	})
}
