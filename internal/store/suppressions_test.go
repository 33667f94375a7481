package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// asks is a message that says something of further ones.
func asks(key, text string, c channels.Consent) channels.Event {
	ev := says("v1", key, text)
	ev.Consent = c
	return ev
}

func TestWhoSaidStopIsNotWrittenTo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.StopWords = true
		later := d.write(d.anna, inbox.Answer{Text: "Tomorrow", SendAt: d.Now().Add(time.Hour)})
		unanswered := d.row(d.anna).Unanswered
		d.deliver(asks("stop", "СТОП", channels.ConsentStopped))
		d.deliver(asks("stop again", "stop", channels.ConsentStopped))
		if got := d.row(d.anna).Unanswered; got != unanswered {
			t.Errorf("whoever wants no messages waits for one: %v", got)
		}
		sup, found, err := d.inbox.Stopped(t.Context(), d.anna, d.conv)
		if err != nil || !found || sup.Word != "СТОП" || sup.At.IsZero() {
			t.Fatalf("%+v %v %v", sup, found, err)
		}
		refused := func() bool {
			_, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindMessage, Text: "Please?"})
			if err != nil && fault.CodeOf(err) != inbox.CodeStopped {
				t.Fatal(err)
			}
			return err != nil
		}
		if !refused() {
			t.Error("they are written to")
		}
		if _, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindNote, Text: "They want none"}); err != nil {
			t.Errorf("a note: %v", err)
		}
		list, err := d.inbox.StoppedFor(t.Context(), d.row(d.anna).ContactID)
		if err != nil || len(list) != 1 || list[0].Key != sup.Key {
			t.Errorf("of the contact: %+v %v", list, err)
		}
		// What was to go later does not.
		err = db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, fmt.Sprintf("%d false", later.ID)) })
		if err != nil {
			t.Fatal(err)
		}
		if m, err := d.inbox.Message(t.Context(), d.anna, later.ID); err != nil || m.State != inbox.Failed || m.ErrorCode != inbox.CodeStopped || m.Seq == 0 {
			t.Errorf("released: %+v", m)
		}
		if _, err := d.inbox.Resend(t.Context(), d.anna, later.ID); fault.CodeOf(err) != inbox.CodeStopped {
			t.Errorf("resent: %v", err)
		}
		for name, lift := range map[string]func() error{
			"an agent": func() error { return d.inbox.LiftStop(t.Context(), d.anna, d.conv) },
			"START":    func() error { d.deliver(asks("start", "Start", channels.ConsentGiven)); return nil },
		} {
			if err := lift(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if refused() {
				t.Errorf("%s lifted it, and they are not written to", name)
			}
			d.deliver(asks("stop after "+name, "stop", channels.ConsentStopped))
			if !refused() {
				t.Errorf("a stop after %s counts for nothing", name)
			}
		}
		// History says nothing of today.
		old := asks("old", "start", channels.ConsentGiven)
		old.Historic = true
		d.deliver(old)
		if !refused() {
			t.Error("an old word lifted a new one")
		}
	})
}

// TestTheLastWordOfABatchCounts delivers both words at once.
func TestTheLastWordOfABatchCounts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.StopWords = true
		d.deliver(asks("1", "stop", channels.ConsentStopped), asks("2", "start", channels.ConsentGiven))
		if _, found, err := d.inbox.Stopped(t.Context(), d.anna, d.conv); err != nil || found {
			t.Errorf("stop, start: %v %v", found, err)
		}
		d.deliver(asks("3", "start", channels.ConsentGiven), asks("4", "stop", channels.ConsentStopped))
		if _, found, err := d.inbox.Stopped(t.Context(), d.anna, d.conv); err != nil || !found {
			t.Errorf("start, stop: %v %v", found, err)
		}
	})
}
