package storetest

import (
	"log/slog"
	"testing"

	"parley/internal/store"
	"parley/internal/testenv"
)

// Engines are the databases that every suite runs over.
func Engines() []store.Engine { return []store.Engine{store.SQLite, store.Postgres} }

// Place returns options that lead to a fresh place for a database: a folder, or an
// empty PostgreSQL database. Whoever opens it migrates and closes it.
func Place(t testing.TB, engine store.Engine) store.Options {
	t.Helper()
	o := store.Options{Log: slog.New(slog.DiscardHandler)}
	if engine == store.Postgres {
		o.URL = testenv.Postgres(t)
	} else {
		o.Dir = t.TempDir()
	}
	return o
}

// At opens the database at a place, migrates it, and closes it when the test ends.
// Opened twice, a place on PostgreSQL is one installation with two nodes.
func At(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatalf("open database: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close database: %v", err)
		}
	})
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatalf("migrate database: %v", err)
	}
	return db
}

// Open returns a fresh migrated database.
func Open(t testing.TB, engine store.Engine) *store.DB {
	t.Helper()
	return At(t, migrated(t, engine))
}

// Each runs a subtest over a fresh database of each engine, in parallel.
func Each(t *testing.T, run func(t *testing.T, db *store.DB)) {
	t.Helper()
	for _, engine := range Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			run(t, Open(t, engine))
		})
	}
}

// EachPlace is Each for tests that open the database themselves.
func EachPlace(t *testing.T, run func(t *testing.T, o store.Options)) {
	t.Helper()
	for _, engine := range Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			run(t, Place(t, engine))
		})
	}
}
