package store_test

import (
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestWhoWaitsIsSeen: whoever waited in what became part of another one waits there, so that
// one is neither put off nor closed.
func TestWhoWaitsIsSeen(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		kept, gone := d.conv, d.elsewhere()
		tomorrow, no := d.Now().Add(24*time.Hour), false
		for status, p := range map[inbox.Status]inbox.Patch{
			inbox.Snoozed: {SnoozedUntil: &tomorrow, Unanswered: &no}, inbox.Pending: {Status: new(inbox.Pending), Unanswered: &no}, inbox.Closed: {Status: new(inbox.Closed)},
		} {
			d.patch(d.anna, p)
			d.stands(kept, status, false, 0)
			id, err := d.inbox.Merge(t.Context(), d.anna, kept, gone)
			if err != nil {
				t.Fatal(err)
			}
			d.stands(kept, inbox.Open, true, 0)
			if row := d.row(d.anna); !row.SnoozedUntil.IsZero() {
				t.Errorf("open, yet put off until %s", row.SnoozedUntil)
			}
			if _, err := d.inbox.Unmerge(t.Context(), d.anna, id); err != nil {
				t.Fatal(err)
			}
			d.stands(kept, status, false, 0)
			d.stands(gone, inbox.Open, true, 0)
		}
	})
}

// TestTheWindowOfWhatWasMerged: to a network a chat is one, whatever became of its episodes here.
func TestTheWindowOfWhatWasMerged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		d.limits.Window = 24 * time.Hour
		before, after := d.later()
		wrote := d.Now()
		if _, err := d.inbox.Merge(t.Context(), d.anna, before, after); err != nil {
			t.Fatal(err)
		}
		_, w, err := d.inbox.Limits(t.Context(), d.anna, before)
		if err != nil || !w.Open || !w.Closes.Equal(wrote.Add(24*time.Hour)) {
			t.Errorf("window %+v %v, want one of a day since %s", w, err, wrote)
		}
	})
}
