package store_test

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"parley/inbox/duplicates"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestDuplicatesAreLookedForOnOneNode, and when that one dies another goes on where it stopped.
func TestDuplicatesAreLookedForOnOneNode(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r, nodes := meet(t, db, 1, 2), newClub(t, db, 0)
		const old = 300 // of whom each two are called the same
		r.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
			INSERT INTO contacts (id, name, name_key, company_id, owner_id, language, fields, merged_into, created_at, updated_at)
			SELECT 1000000 + i, 'Old ' || (i / 2), 'old ' || (i / 2), 0, 0, '', '{}', 0, 0, 0 FROM n`, old)
		if err := db.Reindex(t.Context()); err != nil {
			t.Fatal(err)
		}
		step := func(f *duplicates.Finder) bool {
			t.Helper()
			more, err := f.Step(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return more
		}
		place := func() int64 { return number(t, db, `SELECT people FROM search_pairs_progress`) }
		nodes.beat("one", time.Hour)
		nodes.beat("two", time.Hour)
		one, two := duplicates.NewFinder(db, "one", slog.New(slog.DiscardHandler)), duplicates.NewFinder(db, "two", slog.New(slog.DiscardHandler))
		for range 3 {
			if !step(one) {
				t.Fatal("the first node has nothing to look for")
			}
			before := place()
			if step(two) || place() != before {
				t.Fatal("the second node looks as well")
			}
		}
		stopped := place()
		if stopped <= 1_000_000 || stopped >= 1_000_000+old {
			t.Fatalf("the first node got to %d", stopped)
		}
		if err := db.Leave(t.Context(), "one"); err != nil {
			t.Fatal(err)
		}
		if !step(two) || place() >= stopped {
			t.Fatalf("the second node is at %d, and began at %d", place(), stopped)
		}
		nodes.beat("one", time.Hour)
		if step(one) {
			t.Fatal("the first node is back, and looks beside the second")
		}
		stopped = place()
		nodes.beat("two", -time.Second) // killed: its row stays until it is out of date
		if !step(one) || place() >= stopped {
			t.Fatalf("the first node is at %d, and began at %d", place(), stopped)
		}
		nodes.beat("two", time.Hour)
		if step(two) {
			t.Fatal("the second node is back, and looks beside the first")
		}
		if err := db.Leave(t.Context(), "one"); err != nil {
			t.Fatal(err)
		}
		nodes.beat("one", time.Hour)
		for step(two) {
			if step(one) {
				t.Fatal("the first node looks again, while the second does")
			}
		}
		found := r.table("search_pairs")
		if err := db.Reindex(t.Context()); err != nil {
			t.Fatal(err)
		}
		r.look()
		if alone := r.table("search_pairs"); len(alone) < old/2-1 || !slices.Equal(found, alone) {
			t.Errorf("two found %d pairs, one alone %d", len(found), len(alone))
		}
	})
}
