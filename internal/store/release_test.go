package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/internal/jobs"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestUndo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		m := d.write(d.anna, inbox.Answer{Text: "oops", Undo: 10 * time.Second})
		if m.Seq != 0 || m.State != inbox.Scheduled || m.ReleaseAt.IsZero() {
			t.Fatalf("waiting: %+v", m)
		}
		if row := d.row(d.anna); row.Seq != 1 || !row.Unanswered {
			t.Errorf("an unreleased answer changed the conversation: %+v", row)
		}
		taken, err := d.inbox.Undo(t.Context(), d.anna, m.ID)
		if err != nil || taken.Text != "oops" {
			t.Fatalf("undo: %+v, %v", taken, err)
		}
		err = db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, fmt.Sprintf("%d false", m.ID)) })
		if err != nil {
			t.Fatalf("release of what was taken back: %v", err)
		}
		if row := d.row(d.anna); row.Seq != 1 {
			t.Errorf("a message that was taken back was sent: %+v", row)
		}
		if _, err := d.inbox.Undo(t.Context(), d.anna, m.ID); !errors.Is(err, inbox.ErrNoMessage) {
			t.Errorf("second undo: %v", err)
		}
	})
}

// TestUndoByAnother has a colleague take back, send and put off what a person wrote, and what a machine did.
func TestUndoByAnother(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		for name, c := range map[string]struct {
			by      actor.Viewer
			refused bool
		}{
			"a person":  {d.anna, true},
			"a program": {actor.Viewer{Scope: actor.All, Cause: actor.Cause{Kind: actor.API, ID: 5}}, false},
		} {
			m := d.write(c.by, inbox.Answer{Text: "oops", SendAt: d.Now().Add(time.Hour)})
			for _, deed := range []struct {
				name string
				do   func() error
			}{
				{"put off", func() error {
					_, err := d.inbox.Reschedule(t.Context(), d.boris, m.ID, d.Now().Add(2*time.Hour))
					return err
				}},
				{"sent", func() error { _, err := d.inbox.SendNow(t.Context(), d.boris, m.ID); return err }},
				{"taken back", func() error { _, err := d.inbox.Undo(t.Context(), d.boris, m.ID); return err }},
			} {
				err := deed.do()
				f, _ := fault.As(err)
				if refused := f != nil && f.Code == "not_yours" && strings.Contains(f.Text.EN, "send it now"); refused != c.refused || err != nil && !refused {
					t.Errorf("what %s wrote is %s: %v", name, deed.name, err)
				}
			}
			if _, err := d.inbox.Message(t.Context(), d.boris, m.ID); (err == nil) != c.refused {
				t.Errorf("what %s wrote, after it: %v", name, err)
			}
		}
	})
}

func TestSendNow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		m := d.write(d.anna, inbox.Answer{Text: "now, please", Undo: 10 * time.Second, Close: true})
		other := d.write(d.anna, inbox.Answer{Text: "in its time", Undo: 10 * time.Second})
		claim := jobs.Claim{Token: "t", Now: d.Now(), Until: d.Now().Add(time.Minute), Limit: 10}
		if due, err := db.ClaimJobs(t.Context(), claim); err != nil || len(due) > 0 {
			t.Fatalf("due before: %v, %v", due, err)
		}
		sent, err := d.inbox.SendNow(t.Context(), d.anna, m.ID)
		if err != nil || !sent.ReleaseAt.Equal(d.Now()) {
			t.Fatalf("send now: %+v, %v", sent, err)
		}
		due, err := db.ClaimJobs(t.Context(), claim)
		if err != nil || len(due) != 1 || due[0].Payload != fmt.Sprintf("%d true", m.ID) {
			t.Fatalf("due after: %+v, %v; message %d, not %d", due, err, m.ID, other.ID)
		}
		if err := db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, due[0].Payload) }); err != nil {
			t.Fatalf("release: %v", err)
		}
		if row := d.row(d.anna); row.Seq != 2 || row.Status != inbox.Closed {
			t.Errorf("after the release: %+v", row)
		}
		if _, err := d.inbox.SendNow(t.Context(), d.anna, m.ID); !errors.Is(err, inbox.ErrReleased) {
			t.Errorf("again: %v", err)
		}
		if _, err := d.inbox.SendNow(t.Context(), actor.Viewer{}, other.ID); !errors.Is(err, inbox.ErrNoMessage) {
			t.Errorf("by a stranger: %v", err)
		}
	})
}

func TestReleaseSendsOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		m := d.write(d.anna, inbox.Answer{Text: "later", Undo: 10 * time.Second, Close: true})
		d.add(10 * time.Second)
		for range 3 {
			err := db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, fmt.Sprintf("%d true", m.ID)) })
			if err != nil {
				t.Fatalf("release: %v", err)
			}
		}
		row := d.row(d.anna)
		if row.Seq != 2 || row.Unanswered || row.Status != inbox.Closed || row.AssigneeID != 1 {
			t.Errorf("after the release: %+v", row)
		}
		if _, err := d.inbox.Undo(t.Context(), d.anna, m.ID); !errors.Is(err, inbox.ErrReleased) {
			t.Errorf("undo after the release: %v", err)
		}
	})
}
