package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/pipeline"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

var yes, no = true, false

// listed are the conversations of a list.
func (d *deskTest) listed(v actor.Viewer, f inbox.Filter) (ids []inbox.ConversationID) {
	d.t.Helper()
	f.Limit = 50
	page, err := d.inbox.List(d.t.Context(), v, f)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, r := range page.Items {
		ids = append(ids, r.ID)
	}
	return ids
}

// TestSpamAndBack puts a conversation aside with all that it opened, and has it stand as before.
func TestSpamAndBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		was := d.row(d.anna)
		lead, request := readLead(t, db, was.LeadID), readRequest(t, db, was.RequestID)
		d.add(time.Minute)
		row := d.patch(d.anna, inbox.Patch{Spam: &yes})
		if !row.Spam() || row.Status != inbox.Closed || row.Unanswered {
			t.Fatalf("put aside: %+v", row)
		}
		if l, r := readLead(t, db, was.LeadID), readRequest(t, db, was.RequestID); l.Status != "lost" || l.LostReason != "spam" || l.StageID == lead.StageID || r.Status != "closed" {
			t.Errorf("what it opened: %+v, %+v", l, r)
		}
		for name, f := range map[string]inbox.Filter{
			"every list": {}, "closed": {Statuses: []inbox.Status{inbox.Closed}}, "waiting": {Unanswered: &yes}, "oldest": {Sort: inbox.Oldest}, "due": {Sort: inbox.Due}, "of the contact": {Contact: was.ContactID},
		} {
			if got := d.listed(d.anna, f); len(got) != 0 {
				t.Errorf("%s has %v", name, got)
			}
		}
		if got := d.listed(d.anna, inbox.Filter{Spam: true}); len(got) != 1 || got[0] != d.conv {
			t.Errorf("spam has %v", got)
		}
		if got := d.listed(actor.Viewer{AgentID: 2, Scope: actor.Own}, inbox.Filter{Spam: true}); len(got) != 0 {
			t.Errorf("a stranger's spam has %v", got)
		}
		if c, err := db.Counts(t.Context(), d.anna); err != nil || c != (inbox.Counts{}) {
			t.Errorf("counts %+v, %v", c, err)
		}
		open, tomorrow := inbox.Open, d.Now().Add(24*time.Hour)
		for name, p := range map[string]inbox.Patch{"status": {Status: &open}, "snooze": {SnoozedUntil: &tomorrow}, "wait": {Unanswered: &yes}} {
			if _, err := d.inbox.Patch(t.Context(), d.anna, d.conv, p); !errors.Is(err, inbox.ErrSpam) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := d.inbox.Write(t.Context(), d.anna, d.conv, inbox.Answer{Kind: inbox.KindMessage, Text: "hello"}); !errors.Is(err, inbox.ErrSpam) {
			t.Errorf("an answer: %v", err)
		}
		if row := d.patch(d.anna, inbox.Patch{Spam: &yes}); !row.SpamAt.Equal(d.row(d.anna).SpamAt) {
			t.Error("put aside twice")
		}
		d.add(time.Minute)
		row = d.patch(d.anna, inbox.Patch{Spam: &no})
		if row.Spam() || row.Status != was.Status || !row.Unanswered || !row.WaitingSince.Equal(was.WaitingSince) || !row.ClosedAt.IsZero() {
			t.Errorf("brought back: %+v", row)
		}
		if l, r := readLead(t, db, was.LeadID), readRequest(t, db, was.RequestID); l.Status != lead.Status || l.LostReason != lead.LostReason || l.StageID != lead.StageID || r.Status != request.Status || !r.ResolvedAt.IsZero() {
			t.Errorf("what it opened is %+v, %+v", l, r)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM spam`); n != 0 {
			t.Errorf("%d rows are left", n)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM timeline WHERE type = 'spam' AND cause_kind = 'agent' AND cause_id = 1`); n != 2 {
			t.Errorf("%d lines", n)
		}
		hold(t, db)
	})
}

// TestWhatComesIntoSpam stays there, in silence, until somebody brings it back.
func TestWhatComesIntoSpam(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		closed := inbox.Closed
		d.patch(d.anna, inbox.Patch{Status: &closed})
		d.patch(d.anna, inbox.Patch{Spam: &yes})
		leads, requests := number(t, db, `SELECT COUNT(*) FROM leads`), number(t, db, `SELECT COUNT(*) FROM requests`)
		d.add(30 * 24 * time.Hour) // long after a closed one begins anew
		out := d.deliver(says("v1", "k2", "cheap watches"), echo("v1", "k3", "r3"), says("v1", "k4", "as new"))
		for _, o := range out {
			if o.ConversationID != int64(d.conv) {
				t.Errorf("it went to %d", o.ConversationID)
			}
		}
		row := d.row(d.anna)
		if !row.Spam() || row.Status != inbox.Closed || row.Unanswered || row.Seq != 4 {
			t.Errorf("it is %+v", row)
		}
		if l, r := number(t, db, `SELECT COUNT(*) FROM leads`), number(t, db, `SELECT COUNT(*) FROM requests`); l != leads || r != requests {
			t.Errorf("%d leads, %d requests", l, r)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM requests WHERE status = 'open'`); n != 0 {
			t.Errorf("%d requests are open", n)
		}
		row = d.patch(d.anna, inbox.Patch{Spam: &no})
		first := d.message(out[2].MessageID)
		if row.Status != inbox.Open || !row.Unanswered || !row.WaitingSince.Equal(first.CreatedAt) {
			t.Errorf("brought back: %+v, waits for %v", row, first.CreatedAt)
		}
		hold(t, db)
	})
}

// TestSpamOfAThreadThatBeganAnew stays closed when it is brought back.
func TestSpamOfAThreadThatBeganAnew(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.patch(d.anna, inbox.Patch{Spam: &yes})
		begun := d.row(d.anna).Conversation // somebody wrote first
		id, err := db.NextID(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		begun.ID, begun.Number, begun.Status, begun.SpamAt, begun.CreatedAt = inbox.ConversationID(id), id, inbox.Open, time.Time{}, d.Now().Add(time.Second)
		begun.Seq, begun.LeadID, begun.RequestID, begun.ClosedAt = 0, 0, 0, time.Time{}
		err = db.Write(t.Context(), func(ctx context.Context) error {
			ch := &inbox.Changes{}
			ch.Created(&begun, d.anna.Cause, d.Now())
			return db.Save(ctx, ch)
		})
		if err != nil {
			t.Fatal(err)
		}
		if out := d.deliver(says("v1", "k2", "thanks")); out[0].ConversationID != int64(begun.ID) {
			t.Errorf("the answer went to %d, want %d", out[0].ConversationID, begun.ID)
		}
		if row := d.patch(d.anna, inbox.Patch{Spam: &no}); row.Spam() || row.Status != inbox.Closed || row.Unanswered {
			t.Errorf("brought back: %+v", row)
		}
		hold(t, db)
	})
}

// TestSpamIsRefused while something waits, and of what is part of another conversation.
func TestSpamIsRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		m := d.write(d.anna, inbox.Answer{Text: "later", SendAt: d.Now().Add(time.Hour)})
		_, err := d.inbox.Patch(t.Context(), d.anna, d.conv, inbox.Patch{Spam: &yes})
		if f := refusal(t, err); f.Code != "messages_waiting" {
			t.Errorf("with a message that waits: %v", err)
		}
		if _, err := d.inbox.Undo(t.Context(), d.anna, m.ID); err != nil {
			t.Fatal(err)
		}
		gone := d.elsewhere()
		d.patch(d.anna, inbox.Patch{Spam: &yes})
		if _, err := d.inbox.Merge(t.Context(), d.anna, gone, d.conv); !errors.Is(err, inbox.ErrSpam) {
			t.Errorf("merged: %v", err)
		}
		d.patch(d.anna, inbox.Patch{Spam: &no})
		if _, err := d.inbox.Merge(t.Context(), d.anna, d.conv, gone); err != nil {
			t.Fatal(err)
		}
		if _, err := d.inbox.Patch(t.Context(), d.anna, gone, inbox.Patch{Spam: &yes}); !errors.Is(err, inbox.ErrMerged) {
			t.Errorf("a merged one: %v", err)
		}
	})
}

// TestSharedRequestStaysOpen: one that another conversation is about as well.
func TestSharedRequestStaysOpen(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		other := d.elsewhere()
		row := d.patch(d.anna, inbox.Patch{Spam: &yes})
		if r := readRequest(t, db, row.RequestID); !r.Status.Active() {
			t.Errorf("it is %s, and %d is about it", r.Status, other)
		}
	})
}

func readLead(t *testing.T, db *store.DB, id pipeline.LeadID) pipeline.Lead {
	t.Helper()
	l, err := db.LinkedLead(t.Context(), id)
	if err != nil || l == nil {
		t.Fatalf("read lead %d: %v", id, err)
	}
	return *l
}

func readRequest(t *testing.T, db *store.DB, id pipeline.RequestID) pipeline.Request {
	t.Helper()
	r, err := db.LinkedRequest(t.Context(), id)
	if err != nil || r == nil {
		t.Fatalf("read request %d: %v", id, err)
	}
	return *r
}

// refusal is the fault that an error is.
func refusal(t *testing.T, err error) *fault.Error {
	t.Helper()
	f, ok := fault.As(err)
	if !ok {
		t.Fatalf("it is no refusal: %v", err)
	}
	return f
}
