package intake_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"testing/synctest"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/intake"
)

// begun is account 1's side of a service over a store, until the test ends.
func begun(t *testing.T, s intake.Store, w *world) channels.Inbound {
	t.Helper()
	service := intake.New(intake.Options{Store: s, Log: slog.New(slog.DiscardHandler), Now: w.clock})
	service.Start()
	t.Cleanup(service.Stop)
	return service.For(1, nil)
}

// errData is what fussy says of data at fault.
var errData = errors.New("data at fault")

// fussy is a store that refuses some texts and a cursor, rolls back what fails, and
// counts its transactions.
type fussy struct {
	*world
	texts   map[string]bool
	cursor  string
	runs    int
	pending *inbox.Changes
}

func (s *fussy) Intake(ctx context.Context, fn func(ctx context.Context) error) error {
	s.runs++
	return s.world.Intake(ctx, func(ctx context.Context) error {
		if err := fn(ctx); err != nil {
			return err
		}
		return s.world.Save(ctx, s.pending)
	})
}

func (s *fussy) IsDataError(err error) bool { return errors.Is(err, errData) }

func (s *fussy) Save(_ context.Context, ch *inbox.Changes) error {
	s.pending = ch
	for _, m := range ch.NewMessages {
		if s.texts[m.Text] {
			return errData
		}
	}
	for _, c := range ch.Cursors {
		if c.Value == s.cursor {
			return errData
		}
	}
	return nil
}

func TestPoisonInALargeDelivery(t *testing.T) {
	t.Parallel()
	for _, bad := range [][]int{{0}, {channels.MaxBatch / 3}, {channels.MaxBatch - 1}, {1, 500, 501}} {
		synctest.Test(t, func(t *testing.T) { poisonAt(t, bad) }) // by a clock that waits for the work
	}
}

func poisonAt(t *testing.T, bad []int) {
	t.Helper()
	s := &fussy{world: newWorld(), texts: map[string]bool{}}
	in := begun(t, s, s.world)
	events := make([]channels.Event, channels.MaxBatch)
	for i := range events {
		events[i] = text(fmt.Sprint("c", i), fmt.Sprint("s", i), func(ev *channels.Event) {
			ev.Key, ev.Message.RemoteID, ev.Message.Text = channels.EventKey(fmt.Sprint("k", i)), "", fmt.Sprint("t", i)
		})
	}
	for _, i := range bad {
		s.texts[fmt.Sprint("t", i)] = true
	}
	out, err := in.Deliver(t.Context(), channels.Batch{Events: events})
	if err != nil {
		t.Fatal(err)
	}
	var found []int
	for i, o := range out {
		if o.Kind == channels.OutcomeQuarantined {
			found = append(found, i)
		}
	}
	if fmt.Sprint(found) != fmt.Sprint(bad) {
		t.Errorf("quarantined %v, want %v", found, bad)
	}
	if most := 1 + 12*len(bad); s.runs > most {
		t.Errorf("%d transactions for poison at %v, want at most %d", s.runs, bad, most)
	}
}

func TestCursorAtFaultQuarantinesNothing(t *testing.T) {
	t.Parallel()
	s := &fussy{world: newWorld(), cursor: "bad"}
	in := begun(t, s, s.world)
	for _, events := range [][]channels.Event{nil, {text("c", "x")}} {
		if _, err := in.Deliver(t.Context(), channels.Batch{Events: events, Stream: "s", Cursor: "bad"}); !errors.Is(err, errData) {
			t.Errorf("%d events with a cursor that cannot be stored: %v", len(events), err)
		}
	}
	if len(s.received) != 0 {
		t.Errorf("received %v", s.received)
	}
}

func TestBatchesAreBounded(t *testing.T) {
	t.Parallel()
	w := newWorld()
	events := make([]channels.Event, channels.MaxBatch+1)
	for i := range events {
		events[i] = text("c", "x", func(ev *channels.Event) { ev.Key = channels.EventKey(fmt.Sprint("k", i)) })
	}
	if _, err := begun(t, w, w).Deliver(t.Context(), channels.Batch{Events: events, Stream: "s", Cursor: "1"}); err == nil {
		t.Error("a batch of too many events was taken")
	}
	if len(w.received) != 0 || len(w.cursors) != 0 {
		t.Errorf("of a refused batch %d events and cursors %v were stored", len(w.received), w.cursors)
	}
}
