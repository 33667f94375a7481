package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestTheWindowCountsFromTheWriting: a message that the network brings hours late opened the window
// when it was written. That somebody waits since it came is another matter.
func TestTheWindowCountsFromTheWriting(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.Window, d.limits.Templates = 24*time.Hour, true
		first := d.Now()
		d.add(30 * time.Hour)
		for _, c := range []struct {
			name  string
			late  time.Duration // how long it was on its way
			wrote time.Duration // after the first message
		}{
			{"older than what is known", 31 * time.Hour, 0},
			{"a day and more on its way", 25 * time.Hour, 5 * time.Hour},
			{"an hour on its way", time.Hour, 29 * time.Hour},
			{"a clock that is ahead", -time.Hour, 30 * time.Hour},
		} {
			ev := says("v1", c.name, "Still there?")
			ev.At = d.Now().Add(-c.late)
			d.deliver(ev)
			_, w, err := d.inbox.Limits(t.Context(), d.anna, d.conv)
			closes := first.Add(c.wrote + d.limits.Window)
			if early := closes.Sub(w.Closes); err != nil || early < -time.Second || early > time.Second || w.Open != closes.After(d.Now()) {
				t.Errorf("%s: window %+v %v, it closes at %s", c.name, w, err, closes)
			}
			if row := d.row(d.anna); row.LastInboundAt.Before(d.Now()) || !row.WaitingSince.Equal(first) {
				t.Errorf("%s: the last message came at %s, somebody waits since %s", c.name, row.LastInboundAt, row.WaitingSince)
			}
		}
		hold(t, db)
	})
}

// TestHeldWaitsForAnOpenWindow: a message that comes so late that the window is shut again lets no
// held answer go, and the next one does.
func TestHeldWaitsForAnOpenWindow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.Window, d.limits.Templates = 24*time.Hour, true
		d.add(30 * time.Hour)
		held := d.write(d.anna, inbox.Answer{Text: "It is ready", Hold: true})
		release := func(jobs int64) { // as many as ever came
			t.Helper()
			if n := number(t, db, `SELECT COUNT(*) FROM jobs WHERE kind = $1`, inbox.JobRelease); n != jobs {
				t.Errorf("%d jobs to release, want %d", n, jobs)
			}
			if err := db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, fmt.Sprintf("%d false", held.ID)) }); err != nil {
				t.Fatal(err)
			}
		}
		late := says("v1", "late", "Is it ready?")
		late.At = d.Now().Add(-25 * time.Hour)
		d.deliver(late)
		release(1)
		if n := number(t, db, `SELECT COUNT(*) FROM messages WHERE id = $1 AND state = 'held' AND seq IS NULL`, int64(held.ID)); n != 1 {
			t.Fatal("it went though the window is shut")
		}
		if _, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindMessage, Text: "x"}); !errors.Is(err, inbox.ErrWindowClosed) {
			t.Errorf("an answer to what came late: %v", err)
		}
		d.add(time.Second)
		if o := d.deliver(says("v1", "now", "Hello?"))[0]; o.Kind != channels.OutcomeReply {
			t.Errorf("outcome %+v", o)
		}
		release(2)
		if n := number(t, db, `SELECT COUNT(*) FROM messages WHERE id = $1 AND state = 'queued'`, int64(held.ID)); n != 1 {
			t.Error("it waits though the contact has written")
		}
	})
}
