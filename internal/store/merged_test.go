package store_test

import (
	"errors"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// elsewhere has the contact of the desk's conversation write in another chat.
func (d *deskTest) elsewhere() inbox.ConversationID {
	d.t.Helper()
	ev := says("v1", "k2", "are you here as well?")
	ev.Chat = "another chat"
	return inbox.ConversationID(d.deliver(ev)[0].ConversationID)
}

// TestAMergedConversationStaysClosed: what became part of another one is worked on there.
func TestAMergedConversationStaysClosed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		kept, gone := d.conv, d.elsewhere()
		if _, err := d.inbox.Merge(t.Context(), d.anna, kept, gone); err != nil {
			t.Fatal(err)
		}
		open, closed, tomorrow, yes, no := inbox.Open, inbox.Closed, d.Now().Add(24*time.Hour), true, false
		for what, p := range map[string]inbox.Patch{
			"status": {Status: &open}, "snooze": {SnoozedUntil: &tomorrow}, "unanswered": {Unanswered: &yes},
		} {
			if _, err := d.inbox.Patch(t.Context(), d.anna, gone, p); !errors.Is(err, inbox.ErrMerged) {
				t.Errorf("%s: %v", what, err)
			}
		}
		d.stands(gone, inbox.Closed, false, kept)
		urgent := inbox.Urgent
		row, err := d.inbox.Patch(t.Context(), d.anna, gone, inbox.Patch{Status: &closed, Unanswered: &no, Priority: &urgent})
		if err != nil || row.Priority != urgent {
			t.Errorf("what changes nothing of it: %+v, %v", row, err)
		}
	})
}
