package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// eachVersion runs a subtest over a filled database of every earlier version of the
// schema, on both engines. A migration that is added makes one more.
func eachVersion(t *testing.T, run func(t *testing.T, db *store.DB, version int64)) {
	t.Helper()
	for _, engine := range storetest.Engines() {
		for version := int64(1); version < store.Newest(); version++ {
			t.Run(fmt.Sprintf("%s from %d", engine, version), func(t *testing.T) {
				t.Parallel()
				db := open(t, engine)
				if err := db.MigrateTo(t.Context(), version); err != nil {
					t.Fatal(err)
				}
				if have, err := db.Schema(t.Context()); err != nil || have != version {
					t.Fatalf("schema %d, %v", have, err)
				}
				fill(t, db, 3)
				run(t, db, version)
			})
		}
	}
}

func TestUpgradeKeepsEveryRow(t *testing.T) {
	t.Parallel()
	want := map[store.Engine][]store.Column{}
	for _, engine := range storetest.Engines() {
		columns, err := storetest.Open(t, engine).Columns(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want[engine] = columns
	}
	eachVersion(t, func(t *testing.T, db *store.DB, _ int64) {
		before := counts(t, db)
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		after := counts(t, db)
		for table, n := range before {
			if after[table] < n {
				t.Errorf("table %s had %d rows and has %d", table, n, after[table])
			}
		}
		got, err := db.Columns(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if fresh := want[db.Engine()]; !slices.Equal(got, fresh) {
			t.Errorf("the upgraded schema differs from a new one:\n%v\n%v", got, fresh)
		}
		if err := db.Ready(t.Context()); err != nil {
			t.Errorf("the upgraded database cannot store: %v", err)
		}
	})
}

func TestBackupOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	eachVersion(t, func(t *testing.T, db *store.DB, version int64) {
		pieces, schema := dump(t, db, nil)
		if schema != version {
			t.Errorf("the backup says schema %d", schema)
		}
		before := counts(t, db)
		for _, engine := range storetest.Engines() {
			target := open(t, engine)
			if err := target.Refill(t.Context(), schema, whole(pieces)); err != nil {
				t.Fatal(err)
			}
			if have, err := target.Schema(t.Context()); err != nil || have != store.Newest() {
				t.Errorf("%s: schema %d, %v", engine, have, err)
			}
			after := counts(t, target)
			for table, n := range before {
				if after[table] < n {
					t.Errorf("%s: table %s had %d rows and has %d", engine, table, n, after[table])
				}
			}
		}
	})
}

// counts tells how many rows each table has.
func counts(t *testing.T, db *store.DB) map[string]int64 {
	t.Helper()
	tables, err := db.Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]int64{}
	for _, table := range tables {
		all[table] = number(t, db, "SELECT COUNT(*) FROM "+table)
	}
	return all
}

func TestNewerDatabaseIsLeftAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(ctx context.Context) error {
			return db.Exec(ctx, `INSERT INTO goose_db_version (version_id, is_applied) VALUES ($1, TRUE)`, store.Newest()+1)
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Migrate(t.Context()); !errors.Is(err, store.ErrNewer) {
			t.Errorf("Migrate: %v", err)
		}
		if _, err := db.Dump(t.Context(), func(store.Piece) error { return nil }); !errors.Is(err, store.ErrNewer) {
			t.Errorf("Dump: %v", err)
		}
	})
}
