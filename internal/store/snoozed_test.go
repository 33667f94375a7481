package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestWhatIsPutOff has a list and a number of its own, for whoever may see it, until it comes back.
func TestWhatIsPutOff(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		until := d.Now().Add(time.Hour)
		d.patch(d.anna, inbox.Patch{SnoozedUntil: &until})
		putOff := func(v actor.Viewer, want inbox.Counts) {
			t.Helper()
			got := d.listed(v, inbox.Filter{Statuses: []inbox.Status{inbox.Snoozed}})
			if len(got) != want.Snoozed {
				t.Errorf("put off are %v, want %d", got, want.Snoozed)
			}
			if c, err := db.Counts(t.Context(), v); err != nil || c != want {
				t.Errorf("counts %+v, %v, want %+v", c, err, want)
			}
		}
		putOff(d.anna, inbox.Counts{Snoozed: 1})
		putOff(actor.Viewer{AgentID: 2, Scope: actor.Own}, inbox.Counts{})
		d.add(time.Hour)
		if err := db.Write(t.Context(), func(ctx context.Context) error { return d.inbox.Wake(ctx, fmt.Sprint(d.conv)) }); err != nil {
			t.Fatal(err)
		}
		putOff(d.anna, inbox.Counts{Unassigned: 1, Unanswered: 1, All: 1})
	})
}
