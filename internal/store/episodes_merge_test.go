package store_test

import (
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// later closes the desk's conversation and begins the next episode of its thread.
func (d *deskTest) later() (before, after inbox.ConversationID) {
	d.t.Helper()
	closed := inbox.Closed
	before = d.conv
	d.patch(d.anna, inbox.Patch{Status: &closed})
	d.add(30 * 24 * time.Hour)
	after = inbox.ConversationID(d.deliver(says("v1", "k2", "one more thing"))[0].ConversationID)
	if after == before {
		d.t.Fatal("no later episode")
	}
	return before, after
}

// TestEpisodesOfOneThreadMerge merges either way and takes it back: a thread has one open
// conversation at most all the while.
func TestEpisodesOfOneThreadMerge(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		before, after := d.later()
		for _, way := range [][2]inbox.ConversationID{{before, after}, {after, before}} {
			kept, gone := way[0], way[1]
			id, err := d.inbox.Merge(t.Context(), d.anna, kept, gone)
			if err != nil {
				t.Fatalf("merge %d into %d: %v", gone, kept, err)
			}
			d.stands(kept, inbox.Open, true, 0)
			d.stands(gone, inbox.Closed, false, kept)
			hold(t, db)
			if _, err := d.inbox.Unmerge(t.Context(), d.anna, id); err != nil {
				t.Fatalf("take %d out of %d: %v", gone, kept, err)
			}
			d.stands(before, inbox.Closed, false, 0)
			d.stands(after, inbox.Open, true, 0)
			hold(t, db)
		}
	})
}

func (d *deskTest) stands(id inbox.ConversationID, status inbox.Status, unanswered bool, into inbox.ConversationID) {
	d.t.Helper()
	c, err := d.inbox.Get(d.t.Context(), d.anna, id)
	if err != nil || c.Status != status || c.Unanswered != unanswered || c.MergedInto != into {
		d.t.Errorf("conversation %d: %s, unanswered %t, in %d, %v; want %s, %t, %d", id, c.Status, c.Unanswered, c.MergedInto, err, status, unanswered, into)
	}
}
