package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// due runs the release jobs of messages.
func (d *deskTest) due(v ...inbox.MessageID) {
	d.t.Helper()
	for _, id := range v {
		err := d.db.Write(d.t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, fmt.Sprintf("%d false", id)) })
		if err != nil {
			d.t.Fatalf("release: %v", err)
		}
	}
}

func (d *deskTest) jobsFor(id inbox.MessageID) int64 {
	d.t.Helper()
	return number(d.t, d.db, `SELECT COUNT(*) FROM jobs WHERE kind = 'message.release' AND payload = $1`, fmt.Sprintf("%d false", id))
}

// TestSendLater sends what was put off in its time, once, and not before.
func TestSendLater(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.add(time.Minute)
		m := d.write(d.anna, inbox.Answer{Text: "Good morning", SendAt: d.Now().Add(time.Hour)})
		if m.State != inbox.Scheduled || m.Seq != 0 {
			t.Fatalf("put off: %+v", m)
		}
		moved, err := d.inbox.Reschedule(t.Context(), d.anna, m.ID, d.Now().Add(3*time.Hour))
		if err != nil || !moved.ReleaseAt.Equal(d.Now().Add(3*time.Hour)) {
			t.Fatalf("moved: %+v, %v", moved, err)
		}
		d.add(time.Hour)
		d.due(m.ID) // the job of the first time
		if got := d.row(d.anna).Seq; got != 1 {
			t.Fatalf("sent before its time: %d", got)
		}
		d.add(2 * time.Hour)
		d.due(m.ID, m.ID)
		page, err := d.inbox.Messages(t.Context(), d.anna, d.conv, inbox.MessageFilter{})
		if err != nil || len(page.Items) != 2 || len(page.Pending) != 0 || page.Items[1].Seq != 2 || page.Items[1].State != inbox.Queued {
			t.Errorf("sent: %+v, %v", page, err)
		}
		if _, err := d.inbox.Reschedule(t.Context(), d.anna, m.ID, d.Now().Add(time.Hour)); err == nil {
			t.Error("what was sent was put off")
		}
	})
}

// TestPutOffAgainClosesStill puts an answer off twice that closes its conversation when it goes.
func TestPutOffAgainClosesStill(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.add(time.Minute)
		m := d.write(d.anna, inbox.Answer{Text: "Solved, I think", SendAt: d.Now().Add(time.Hour), Close: true})
		for _, to := range []time.Duration{3 * time.Hour, 2 * time.Hour} {
			if _, err := d.inbox.Reschedule(t.Context(), d.anna, m.ID, d.Now().Add(to)); err != nil {
				t.Fatal(err)
			}
		}
		if n := d.jobsFor(m.ID); n != 0 {
			t.Errorf("%d jobs send it and leave its conversation open", n)
		}
		d.add(2 * time.Hour)
		for range 3 { // a job of each time it had
			err := db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Release(ctx, fmt.Sprintf("%d true", m.ID)) })
			if err != nil {
				t.Fatal(err)
			}
		}
		if row := d.row(d.anna); row.Status != inbox.Closed || row.Seq != 2 {
			t.Errorf("after it: %s, %d messages", row.Status, row.Seq)
		}
	})
}

// TestWhoWritesTakesBackWhatWasPutOff returns the text to its writer when the contact writes.
func TestWhoWritesTakesBackWhatWasPutOff(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.add(time.Hour)
		m := d.write(d.anna, inbox.Answer{Text: "Good morning", SendAt: d.Now().Add(time.Hour)})
		soon := d.write(d.anna, inbox.Answer{Text: "One moment", Undo: 10 * time.Second})
		if _, err := d.inbox.PutDraft(t.Context(), d.anna, d.conv, inbox.Draft{Kind: inbox.KindMessage, Text: "And then"}); err != nil {
			t.Fatal(err)
		}
		d.add(5 * time.Second)
		d.deliver(says("v1", "k2", "never mind"))
		if n := d.jobsFor(m.ID); n != 2 {
			t.Errorf("%d jobs look at it, want the one of its time and one now", n)
		}
		if n := d.jobsFor(soon.ID); n != 1 {
			t.Errorf("%d jobs look at what can be undone", n)
		}
		d.due(m.ID, m.ID)
		d.add(5 * time.Second)
		d.due(soon.ID)
		page, err := d.inbox.Messages(t.Context(), d.anna, d.conv, inbox.MessageFilter{})
		if err != nil || len(page.Pending) != 0 || len(page.Items) != 3 || page.Items[2].ID != soon.ID {
			t.Errorf("messages are %+v, %v", page, err)
		}
		draft, err := d.inbox.GetDraft(t.Context(), d.anna, d.conv)
		if err != nil || draft.Text != "And then\n\nGood morning" {
			t.Errorf("the draft is %+v, %v", draft, err)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM timeline WHERE type = 'unscheduled' AND conversation_id = $1`, int64(d.conv)); n != 1 {
			t.Errorf("the timeline says it %d times", n)
		}
	})
}

// TestQuickChatTakesBackToo has somebody write within the minute in which they wrote before
// and an answer was put off.
func TestQuickChatTakesBackToo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.add(10 * time.Second)
		d.deliver(says("v1", "k2", "one more thing"))
		d.add(10 * time.Second)
		m := d.write(d.anna, inbox.Answer{Text: "Good morning", SendAt: d.Now().Add(time.Hour)})
		d.add(10 * time.Second)
		d.deliver(says("v1", "k3", "never mind"))
		if n := d.jobsFor(m.ID); n != 2 {
			t.Fatalf("%d jobs look at it, want the one of its time and one now", n)
		}
		d.due(m.ID)
		page, err := d.inbox.Messages(t.Context(), d.anna, d.conv, inbox.MessageFilter{})
		if err != nil || len(page.Pending) != 0 {
			t.Errorf("it waits still: %+v, %v", page.Pending, err)
		}
		if draft, err := d.inbox.GetDraft(t.Context(), d.anna, d.conv); err != nil || draft.Text != "Good morning" {
			t.Errorf("the draft is %+v, %v", draft, err)
		}
	})
}

// TestSentByHandInSpiteOfWhatCame sends at once what somebody says, whatever the contact has written.
func TestSentByHandInSpiteOfWhatCame(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.add(10 * time.Second)
		m := d.write(d.anna, inbox.Answer{Text: "Good morning", SendAt: d.Now().Add(time.Hour)})
		d.add(10 * time.Second)
		d.deliver(says("v1", "k2", "hello?")) // the job that looks for what was put off has not run yet
		d.add(10 * time.Second)
		if _, err := d.inbox.SendNow(t.Context(), d.anna, m.ID); err != nil {
			t.Fatal(err)
		}
		d.due(m.ID)
		if row := d.row(d.anna); row.Seq != 3 || row.Unanswered {
			t.Errorf("after it: %+v", row)
		}
		hold(t, db)
	})
}

// TestATimeThatHasPassed is refused where it passed long ago, and is now where it passed on the way.
func TestATimeThatHasPassed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		_, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindMessage, Text: "yesterday", SendAt: d.Now().Add(-time.Minute - time.Second)})
		if f, ok := fault.As(err); !ok || f.Kind != fault.Invalid || f.Fields[0].Path != "send_at" {
			t.Errorf("long ago: %v", err)
		}
		if m := d.write(d.anna, inbox.Answer{Text: "just now", SendAt: d.Now().Add(-time.Minute)}); m.Seq == 0 || m.State != inbox.Queued {
			t.Errorf("just now: %s, place %d", m.State, m.Seq)
		}
	})
}
