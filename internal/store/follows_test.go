package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestPins are each agent's own, bounded, and narrowed like any list.
func TestPins(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		var all []inbox.ConversationID
		for n := range inbox.MaxPinned {
			d.add(time.Minute)
			all = append(all, inbox.ConversationID(d.deliver(says(fmt.Sprint("p", n), fmt.Sprint("p", n), "hello"))[0].ConversationID))
		}
		for _, c := range all {
			if row, err := d.inbox.Patch(t.Context(), d.anna, c, inbox.Patch{Pin: &yes}); err != nil || !row.Pinned || row.Following {
				t.Fatalf("%+v, %v", row, err)
			}
		}
		_, err := d.inbox.Patch(t.Context(), d.anna, d.conv, inbox.Patch{Pin: &yes})
		if f := refusal(t, err); f.Code != "too_many_pinned" {
			t.Errorf("one more: %v", err)
		}
		if _, err := d.inbox.Patch(t.Context(), d.anna, all[0], inbox.Patch{Pin: &yes}); err != nil {
			t.Errorf("one that is pinned: %v", err)
		}
		if got := d.listed(d.anna, inbox.Filter{Pinned: &yes}); len(got) != len(all) || got[0] != all[len(all)-1] {
			t.Errorf("pinned: %v", got)
		}
		if got := d.listed(d.anna, inbox.Filter{}); len(got) != len(all)+1 {
			t.Errorf("every list: %v", got)
		}
		if got := d.listed(d.anna, inbox.Filter{Pinned: &no}); !slices.Equal(got, []inbox.ConversationID{d.conv}) {
			t.Errorf("all but those: %v", got)
		}
		if n, err := db.ConversationCount(t.Context(), d.anna, inbox.Filter{Pinned: &no}); err != nil || n != 1 {
			t.Errorf("%d but those, %v", n, err)
		}
		if got := d.listed(d.boris, inbox.Filter{Pinned: &yes}); len(got) != 0 {
			t.Errorf("somebody else's: %v", got)
		}
		closed := []inbox.Status{inbox.Closed}
		if _, err := d.inbox.Patch(t.Context(), d.anna, all[0], inbox.Patch{Status: &closed[0]}); err != nil {
			t.Fatal(err)
		}
		if got := d.listed(d.anna, inbox.Filter{Pinned: &yes, Statuses: closed}); !slices.Equal(got, all[:1]) {
			t.Errorf("closed ones: %v", got)
		}
		if got := d.listed(d.anna, inbox.Filter{Pinned: &yes, Unanswered: &yes, Sort: inbox.Oldest}); len(got) != len(all)-1 {
			t.Errorf("those who wait: %v", got)
		}
		if got := d.listed(d.anna, inbox.Filter{Pinned: &yes, Sort: inbox.Due}); len(got) != len(all) {
			t.Errorf("by what is due: %v", got)
		}
		own := d.anna
		own.Scope = actor.Own
		if got := d.listed(own, inbox.Filter{Pinned: &yes}); len(got) != 0 {
			t.Errorf("what one may not see any more: %v", got)
		}
		if row, err := d.inbox.Patch(t.Context(), d.anna, all[1], inbox.Patch{Pin: &no}); err != nil || row.Pinned {
			t.Errorf("%+v, %v", row, err)
		}
		if _, err := d.inbox.Patch(t.Context(), actor.Viewer{Scope: actor.All, Cause: actor.Cause{Kind: actor.API, ID: 5}}, d.conv, inbox.Patch{Pin: &yes}); err == nil {
			t.Error("a program pins")
		}
		if n := number(t, db, `SELECT COUNT(*) FROM timeline WHERE type = 'follow'`); n != 0 {
			t.Errorf("%d lines tell of pins", n)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM feed WHERE type = 'watch.updated' AND object_id = 1`); n != int64(len(all))+1 {
			t.Errorf("pages heard of it %d times", n)
		}
	})
}

// TestFollow notes who follows, and keeps it where conversations become one.
func TestFollow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		kept, gone := d.conv, d.elsewhere()
		follow := func(v actor.Viewer, c inbox.ConversationID, on bool) inbox.Row {
			t.Helper()
			row, err := d.inbox.Patch(t.Context(), v, c, inbox.Patch{Follow: &on})
			if err != nil {
				t.Fatal(err)
			}
			return row
		}
		if row := follow(d.anna, gone, true); !row.Following || row.Pinned || !row.Followed {
			t.Errorf("%+v", row)
		}
		follow(d.boris, gone, true)
		if row := follow(d.anna, gone, false); row.Following || !row.Followed {
			t.Errorf("%+v", row)
		}
		follow(d.anna, gone, true)
		if got := d.listed(d.anna, inbox.Filter{Following: true}); !slices.Equal(got, []inbox.ConversationID{gone}) {
			t.Errorf("anna follows %v", got)
		}
		if _, err := d.inbox.Merge(t.Context(), d.anna, kept, gone); err != nil {
			t.Fatal(err)
		}
		who, err := db.Followers(t.Context(), []inbox.ConversationID{kept})
		if err != nil || !slices.Equal(who[kept], []inbox.AgentID{1, 2}) || !d.row(d.anna).Followed {
			t.Errorf("after a merge: %v, %v", who, err)
		}
		if got := d.listed(d.anna, inbox.Filter{Following: true}); !slices.Equal(got, []inbox.ConversationID{kept}) {
			t.Errorf("anna follows %v", got)
		}
		follow(d.boris, kept, false)
		if row := follow(d.anna, kept, false); row.Followed {
			t.Errorf("nobody follows: %+v", row)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM timeline WHERE type = 'follow'`); n != 6 {
			t.Errorf("%d lines", n)
		}
		hold(t, db)
	})
}

// TestMarksThatAreNotSeen take nobody's room: of what is another team's by now, what is spam, and
// what became part of another conversation.
func TestMarksThatAreNotSeen(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		me := d.anna
		me.Scope = actor.Team
		spare := d.elsewhere()
		var all []inbox.ConversationID
		for n := range inbox.MaxPinned {
			d.add(time.Minute)
			all = append(all, inbox.ConversationID(d.deliver(says(fmt.Sprint("p", n), fmt.Sprint("p", n), "hello"))[0].ConversationID))
		}
		if _, err := d.inbox.Patch(t.Context(), me, d.conv, inbox.Patch{Pin: &yes}); err != nil {
			t.Fatal(err)
		}
		for _, c := range all[1:] {
			if _, err := d.inbox.Patch(t.Context(), me, c, inbox.Patch{Pin: &yes}); err != nil {
				t.Fatal(err)
			}
		}
		pin := func(what string) {
			t.Helper()
			if _, err := d.inbox.Patch(t.Context(), me, all[0], inbox.Patch{Pin: &yes}); err != nil {
				t.Errorf("%s: %v", what, err)
			}
			if _, err := d.inbox.Patch(t.Context(), me, all[0], inbox.Patch{Pin: &no}); err != nil {
				t.Fatal(err)
			}
		}
		_, err := d.inbox.Patch(t.Context(), me, all[0], inbox.Patch{Pin: &yes})
		if f := refusal(t, err); f.Code != "too_many_pinned" {
			t.Fatalf("one more: %v", err)
		}
		d.exec(`UPDATE conversations SET team_id = 20 WHERE id = $1`, int64(all[1]))
		pin("another team has one")
		d.exec(`UPDATE conversations SET team_id = 0 WHERE id = $1`, int64(all[1]))
		d.exec(`UPDATE conversations SET spam_at = 5 WHERE id = $1`, int64(all[2]))
		pin("one is spam")
		d.exec(`UPDATE conversations SET spam_at = 0 WHERE id = $1`, int64(all[2]))
		if _, err := d.inbox.Merge(t.Context(), d.anna, spare, d.conv); err != nil {
			t.Fatal(err)
		}
		got := d.listed(me, inbox.Filter{Pinned: &yes})
		if len(got) != inbox.MaxPinned || !slices.Contains(got, spare) || slices.Contains(got, d.conv) {
			t.Errorf("a pinned one became part of another: %v", got)
		}
		_, err = d.inbox.Patch(t.Context(), me, all[0], inbox.Patch{Pin: &yes})
		if f := refusal(t, err); f.Code != "too_many_pinned" {
			t.Errorf("and counts once: %v", err)
		}
	})
}

// TestMentionsOverMerges: a note that names somebody is found where it is read now.
func TestMentionsOverMerges(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		note := d.write(d.boris, inbox.Answer{Kind: inbox.KindNote, Text: "@Anna look"}).ID
		d.exec(`INSERT INTO note_mentions (agent_id, message_id, at) VALUES (1, $1, 5)`, int64(note))
		is := func(want ...inbox.ConversationID) {
			t.Helper()
			if got := d.listed(d.anna, inbox.Filter{Mentioned: true}); !slices.Equal(got, want) {
				t.Errorf("named in %v, want %v", got, want)
			}
			if n, err := db.ConversationCount(t.Context(), d.anna, inbox.Filter{Mentioned: true}); err != nil || n != len(want) {
				t.Errorf("%d are counted (%v)", n, err)
			}
		}
		is(d.conv)
		second := d.elsewhere()
		ev := says("v1", "k3", "and here?")
		ev.Chat = "a third chat"
		third := inbox.ConversationID(d.deliver(ev)[0].ConversationID)
		first, err := d.inbox.Merge(t.Context(), d.anna, second, d.conv)
		if err != nil {
			t.Fatal(err)
		}
		is(second)
		above, err := d.inbox.Merge(t.Context(), d.anna, third, second)
		if err != nil {
			t.Fatal(err)
		}
		is(third)
		for _, m := range []inbox.MergeID{above, first} {
			if _, err := d.inbox.Unmerge(t.Context(), d.anna, m); err != nil {
				t.Fatal(err)
			}
		}
		is(d.conv)
	})
}
