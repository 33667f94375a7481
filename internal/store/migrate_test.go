package store_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestMigrateTwiceOnARunningDatabase(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if err := db.Ready(t.Context()); err != nil { // the writer has its connection
			t.Fatal(err)
		}
		if err := db.Migrate(t.Context()); err != nil {
			t.Errorf("second migration: %v", err)
		}
		if err := db.Ready(t.Context()); err != nil {
			t.Errorf("after the second migration: %v", err)
		}
	})
}

func TestNodesMigrateAtOnce(t *testing.T) {
	t.Parallel()
	place := storetest.Place(t, store.Postgres)
	errs := make([]error, 4)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			db, err := store.Open(t.Context(), place)
			if err != nil {
				errs[i] = err
				return
			}
			errs[i] = errors.Join(db.Migrate(t.Context()), db.Ready(t.Context()), db.Close())
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
}

func TestOpenHidesThePassword(t *testing.T) {
	t.Parallel()
	_, err := store.Open(t.Context(), store.Options{URL: "postgres://parley:hunter2@127.0.0.1:1/none?connect_timeout=2"})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("Open of an unreachable database: %v", err)
	}
}

func TestReopenedDatabaseKeepsWhatWasWritten(t *testing.T) {
	t.Parallel()
	place := storetest.Place(t, store.SQLite)
	db, err := store.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), func(ctx context.Context) error { return mark(ctx, db, "a") }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), func(ctx context.Context) error { return mark(ctx, db, "b") }); !errors.Is(err, store.ErrClosed) {
		t.Errorf("write after close: %v", err)
	}
	again := storetest.At(t, place)
	if got := marks(t, again); got != "a" {
		t.Errorf("marks after reopening: %q", got)
	}
}
