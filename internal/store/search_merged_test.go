package store_test

import (
	"testing"

	"parley/inbox/contact"
	"parley/inbox/search"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestMergedNamesAreFound finds a contact by the names of all who became part of it, as long as they are, in the
// search and in the list of contacts.
func TestMergedNamesAreFound(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, f := meet(t, db, 1, 2), newFinder(t, db)
		ivan := r.make("Иван Петров", "ivan@a.example", nil)
		finds := func(when, typed, listed string, want contact.ID) {
			t.Helper()
			f.index()
			found := f.find(r.ada, search.Filter{Query: typed}).People.Items
			if want == 0 && len(found) > 0 || want != 0 && (len(found) != 1 || found[0].ID != want) {
				t.Errorf("%s, %q finds %+v, want %d", when, typed, found, want)
			}
			page, err := r.people.List(t.Context(), r.ada, contact.Filter{Query: listed, Limit: 10})
			if err != nil {
				t.Fatal(err)
			}
			if want == 0 && len(page.Items) > 0 || want != 0 && (len(page.Items) != 1 || page.Items[0].ID != want) {
				t.Errorf("%s, the list of %q is %+v, want %d", when, listed, page.Items, want)
			}
		}
		finds("alone", "Петрову", "иван п", ivan)
		first, err := r.people.Merge(t.Context(), r.ada, r.b, ivan)
		if err != nil {
			t.Fatal(err)
		}
		finds("merged", "Петрову", "иван п", r.b)
		second := r.merge()
		finds("merged again", "Петрову", "иван п", r.a)
		r.unmerge(second)
		finds("the later merge undone", "Петрову", "иван п", r.b)
		r.unmerge(first)
		finds("both undone", "Петрову", "иван п", ivan)
		finds("never", "Сидорову", "сидор", 0)
	})
}
