package intake_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"parley/channels"
	"parley/inbox/intake"
)

// TestStaleFence is about a node that was frozen while another took its account over:
// what it delivers then changes nothing, and what comes together with it is kept.
func TestStaleFence(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fence  channels.Fence
		stored bool
	}{
		"the owner's":      {7, true},
		"a former owner's": {6, false},
		"a push at any":    {0, true},
		"of nobody":        {8, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld()
			w.fences = map[channels.AccountID]channels.Fence{1: 7}
			s := intake.New(intake.Options{Store: w, Log: slog.New(slog.DiscardHandler), Now: w.clock})
			other := make(chan error, 1)
			go func() { // waits in the same queue, and shares the commit
				_, err := s.For(1, nil).Deliver(context.WithoutCancel(t.Context()), batchOf("pushed"))
				other <- err
			}()
			got := make(chan error, 1)
			go func() {
				b := batchOf("polled")
				b.Stream, b.Cursor = "updates", "41"
				_, err := s.Fenced(1, c.fence, nil).Deliver(context.WithoutCancel(t.Context()), b)
				got <- err
			}()
			s.Start()
			defer s.Stop()
			err := <-got
			if pushed := <-other; pushed != nil {
				t.Errorf("what came beside it: %v", pushed)
			}
			cursor, _ := w.Cursor(t.Context(), 1, "updates")
			_, known := w.received[intake.EventRef{AccountID: 1, Key: "polled"}]
			if c.stored && (err != nil || cursor != "41" || !known) {
				t.Errorf("error %v, cursor %q, stored %v", err, cursor, known)
			}
			if !c.stored && (!errors.Is(err, intake.ErrStale) || cursor != "" || known) {
				t.Errorf("error %v, cursor %q, stored %v; want nothing but ErrStale", err, cursor, known)
			}
		})
	}
}

func batchOf(key channels.EventKey) channels.Batch {
	return channels.Batch{Events: []channels.Event{{
		Key: key, Direction: channels.Inward, Chat: "anna", Sender: channels.Sender{Scope: "fake", Address: "anna", Verified: true},
		Message: &channels.Message{Text: "Hello"},
	}}}
}
