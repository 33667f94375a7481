package store_test

import (
	"fmt"
	"testing"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestNothingIsLeftOfWhoIsDeleted: with a contact go all who became part of it, by whatever
// way, and what merges have noted of them; what others merged stays.
func TestNothingIsLeftOfWhoIsDeleted(t *testing.T) {
	t.Parallel()
	ada := actor.Viewer{Scope: actor.All, AgentID: 7, Cause: actor.Cause{Kind: actor.Agent, ID: 7}}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		people := contact.New(db, enter(t, db, nil).Now)
		merge := func(kept, gone contact.ID) contact.MergeID {
			id, err := people.Merge(t.Context(), ada, kept, gone)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		var who []contact.ID
		for n := range 6 {
			p, err := people.Create(t.Context(), ada, contact.Draft{Name: fmt.Sprint("Person ", n),
				Identities: []contact.Address{{Scope: "phone", Address: addressOf(1, n)}}})
			if err != nil {
				t.Fatal(err)
			}
			who = append(who, p.ID)
		}
		if _, err := people.Unmerge(t.Context(), ada, merge(who[4], who[0])); err != nil {
			t.Fatal(err)
		}
		merge(who[1], who[0])
		merge(who[2], who[1])
		merge(who[2], who[3])
		others := merge(who[4], who[5])
		if err := people.Delete(t.Context(), ada, who[2]); err != nil {
			t.Fatal(err)
		}
		for query, want := range map[string]int64{
			`SELECT COUNT(*) FROM contacts`: 2, `SELECT COUNT(*) FROM identities`: 2, `SELECT COUNT(*) FROM contact_merges`: 1,
			`SELECT COUNT(*) FROM field_changes`: 5, // two were made, three times one was merged or taken apart
			`SELECT COUNT(*) FROM contact_merge_items WHERE merge_id NOT IN (SELECT id FROM contact_merges)`: 0,
		} {
			if n := number(t, db, query); n != want {
				t.Errorf("%s: %d, want %d", query, n, want)
			}
		}
		if _, err := people.Unmerge(t.Context(), ada, others); err != nil {
			t.Errorf("the merge of others: %v", err)
		}
	})
}
