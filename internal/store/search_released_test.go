package store_test

import (
	"slices"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/search"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestSearchFindsWhatWasReleasedInItsMonth indexes an answer while it waits, and again when
// it has left in another month.
func TestSearchFindsWhatWasReleasedInItsMonth(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d, f := openDesk(t, db), newFinder(t, db)
		m := d.write(d.anna, inbox.Answer{Text: "Congratulations", SendAt: d.Now().Add(40 * 24 * time.Hour)})
		f.index()
		d.add(40 * 24 * time.Hour)
		d.due(m.ID)
		f.now = d.Now().Add(time.Hour)
		f.index()
		april := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
		for name, c := range map[string]struct {
			q    search.Filter
			want []int64
		}{
			"any time":          {search.Filter{Query: "congratulations"}, []int64{int64(m.ID)}},
			"when it left":      {search.Filter{Query: "congratulations", From: april, To: april.AddDate(0, 1, 0)}, []int64{int64(m.ID)}},
			"when it was begun": {search.Filter{Query: "congratulations", From: april.AddDate(0, -1, 0), To: april}, nil},
		} {
			if got := f.messages(d.anna, c.q); !slices.Equal(got, c.want) {
				t.Errorf("%s: found %v, want %v", name, got, c.want)
			}
		}
	})
}
