package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// marks are all rows that tell what people marked about conversations for themselves, and how
// those stand; when they were changed last is no mark.
func (d *deskTest) marks() map[string][]string {
	d.t.Helper()
	d.exec(`UPDATE conversations SET updated_at = 0`)
	out := map[string][]string{}
	for _, name := range []string{"watches", "reads", "conversations", "conversation_labels", "participants", "note_mentions", "notifications"} {
		rows, err := d.db.Table(d.t.Context(), name)
		if err != nil {
			d.t.Fatal(err)
		}
		out[name] = rows
	}
	return out
}

func (d *deskTest) marksAre(when string, want map[string][]string) {
	d.t.Helper()
	for table, rows := range d.marks() {
		if !slices.Equal(rows, want[table]) {
			d.t.Errorf("%s, %s differs:\n%s", when, table, strings.Join(apart(want[table], rows), "\n"))
		}
	}
}

func (d *deskTest) mark(v actor.Viewer, c inbox.ConversationID, p inbox.Patch) {
	d.t.Helper()
	d.add(time.Second)
	if _, err := d.inbox.Patch(d.t.Context(), v, c, p); err != nil {
		d.t.Fatal(err)
	}
}

func (d *deskTest) unmerge(id inbox.MergeID) {
	d.t.Helper()
	d.add(time.Second)
	if _, err := d.inbox.Unmerge(d.t.Context(), d.anna, id); err != nil {
		d.t.Fatal(err)
	}
	hold(d.t, d.db)
}

func (d *deskTest) mergeInto(kept, gone inbox.ConversationID) inbox.MergeID {
	d.t.Helper()
	d.add(time.Second)
	id, err := d.inbox.Merge(d.t.Context(), d.anna, kept, gone)
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

// TestMarksOverAMerge merges a conversation that people pinned, follow, have read and put off, and takes it
// back: every mark is where it was.
func TestMarksOverAMerge(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(d *deskTest, kept, gone inbox.ConversationID){
		"marks of the one that goes": func(d *deskTest, _, gone inbox.ConversationID) {
			d.mark(d.anna, gone, inbox.Patch{Pin: &yes, Follow: &yes})
			d.mark(d.boris, gone, inbox.Patch{Follow: &yes})
		},
		"marks of both": func(d *deskTest, kept, gone inbox.ConversationID) {
			d.mark(d.anna, kept, inbox.Patch{Follow: &yes})
			d.mark(d.anna, gone, inbox.Patch{Pin: &yes, Follow: &yes})
			d.mark(d.boris, kept, inbox.Patch{Pin: &yes})
			d.mark(d.boris, gone, inbox.Patch{Pin: &yes})
		},
		"both put off": func(d *deskTest, kept, gone inbox.ConversationID) {
			later, latest := d.Now().Add(24*time.Hour), d.Now().Add(48*time.Hour)
			d.mark(d.anna, kept, inbox.Patch{SnoozedUntil: &later})
			d.mark(d.anna, gone, inbox.Patch{SnoozedUntil: &latest})
		},
		"read by two": func(d *deskTest, kept, gone inbox.ConversationID) {
			for v, c := range map[*actor.Viewer]inbox.ConversationID{&d.anna: kept, &d.boris: gone} {
				if err := d.inbox.MarkRead(d.t.Context(), *v, c, 1); err != nil {
					d.t.Fatal(err)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				d := openDesk(t, db)
				kept, gone := d.conv, d.elsewhere()
				prepare(d, kept, gone)
				before := d.marks()
				id := d.mergeInto(kept, gone)
				if now := d.marks(); slices.Equal(now["conversations"], before["conversations"]) {
					t.Error("the merge changes nothing")
				}
				d.unmerge(id)
				d.marksAre("taken apart", before)
			})
		})
	}
}

// TestMarksOverSeveralMerges: what another part is marked with stays, and so does what was marked since.
func TestMarksOverSeveralMerges(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		kept, one := d.conv, d.elsewhere()
		third := says("v1", "k3", "and here")
		third.Chat = "a third chat"
		two := inbox.ConversationID(d.deliver(third)[0].ConversationID)
		d.mark(d.anna, one, inbox.Patch{Pin: &yes, Follow: &yes})
		d.mark(d.anna, two, inbox.Patch{Pin: &yes})
		before := d.marks()
		first, second := d.mergeInto(kept, one), d.mergeInto(kept, two)
		if n := number(t, db, `SELECT COUNT(*) FROM feed WHERE type = 'watch.updated' AND object_id = 1 AND conversation_id = $1`, int64(kept)); n != 1 {
			t.Errorf("anna's pages were told %d times of what is marked by the merge", n)
		}
		d.unmerge(first)
		if row := d.row(d.anna); !row.Pinned || row.Following || row.Followed {
			t.Errorf("a pinned one is still part of it: %+v", row)
		}
		d.unmerge(second)
		d.marksAre("taken apart in the order of merging", before)

		first, second = d.mergeInto(kept, one), d.mergeInto(two, kept)
		d.unmerge(second)
		d.unmerge(first)
		d.marksAre("one upon the other", before)

		first = d.mergeInto(kept, one)
		d.mark(d.anna, kept, inbox.Patch{Follow: &no})
		d.mark(d.boris, kept, inbox.Patch{Follow: &yes})
		d.mark(d.anna, kept, inbox.Patch{Pin: &no})
		d.mark(d.anna, kept, inbox.Patch{Pin: &yes})
		d.unmerge(first)
		if row := d.row(d.anna); !row.Pinned || row.Following || !row.Followed {
			t.Errorf("what was marked since: %+v", row)
		}
		if row, err := d.inbox.Get(t.Context(), d.anna, one); err != nil || !row.Pinned || !row.Following {
			t.Errorf("the one that is back: %+v, %v", row, err)
		}
	})
}

// TestMarksTakenOffAMerge: what somebody has unpinned and left since does not come back with the end of another merge.
func TestMarksTakenOffAMerge(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		kept, one := d.conv, d.elsewhere()
		third := says("v1", "k3", "and here")
		third.Chat = "a third chat"
		two := inbox.ConversationID(d.deliver(third)[0].ConversationID)
		d.mark(d.anna, two, inbox.Patch{Pin: &yes, Follow: &yes})
		first := d.mergeInto(kept, one)
		d.mergeInto(kept, two)
		d.mark(d.anna, kept, inbox.Patch{Pin: &no, Follow: &no})
		d.unmerge(first)
		if row := d.row(d.anna); row.Pinned || row.Following || row.Followed {
			t.Errorf("what was taken off is there again: %+v", row)
		}
	})
}
