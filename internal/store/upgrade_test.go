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

// rise brings a database up to a version of the schema, as the program grew, and fills every table,
// where the rows of all earlier versions lie already.
func rise(t *testing.T, db *store.DB, version int64, rows int) {
	t.Helper()
	if err := db.MigrateTo(t.Context(), version); err != nil {
		t.Fatalf("migrate to %d: %v", version, err)
	}
	if have, err := db.Schema(t.Context()); err != nil || have != version {
		t.Fatalf("schema %d, want %d, %v", have, version, err)
	}
	fillFrom(t, db, version*1_000_000, rows)
}

// TestUpgradeKeepsEveryRow of every earlier version. A migration that is added makes one more.
func TestUpgradeKeepsEveryRow(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			want, err := storetest.Open(t, engine).Columns(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			before := map[string]int64{}
			kept := func(db *store.DB, migration, filled int64) {
				after := counts(t, db)
				for table, n := range before {
					if after[table] < n+filled {
						t.Errorf("migration %d: table %s had %d rows and has %d", migration, table, n, after[table]-filled)
					}
				}
				before = after
			}
			db := open(t, engine)
			for version := int64(1); version < store.Newest(); version++ {
				rise(t, db, version, 3)
				kept(db, version, 3)
			}
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			kept(db, store.Newest(), 0)
			if got, err := db.Columns(t.Context()); err != nil || !slices.Equal(got, want) {
				t.Errorf("the upgraded schema differs from a new one, %v:\n%v\n%v", err, got, want)
			}
			if err := db.Ready(t.Context()); err != nil {
				t.Errorf("the upgraded database cannot store: %v", err)
			}
		})
	}
}

// TestBackupOfAnEarlierVersion goes into either database. Two databases that rise side by side say the
// same in their backups at every version, so that one that is put back stands for both.
func TestBackupOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	lite, post := storetest.Place(t, store.SQLite), storetest.Place(t, store.Postgres)
	for version := int64(1); version < store.Newest(); version++ {
		pieces, before := backUpAt(t, lite, version)
		others, _ := backUpAt(t, post, version)
		sameContent(t, content(others), content(pieces))
		for _, engine := range storetest.Engines() {
			t.Run(fmt.Sprintf("%s from %d", engine, version), func(t *testing.T) {
				t.Parallel()
				target := open(t, engine)
				if err := target.Refill(t.Context(), version, whole(pieces)); err != nil {
					t.Fatal(err)
				}
				if have, err := target.Schema(t.Context()); err != nil || have != store.Newest() {
					t.Errorf("schema %d, %v", have, err)
				}
				after := counts(t, target)
				for table, n := range before {
					if after[table] < n {
						t.Errorf("table %s had %d rows and has %d", table, n, after[table])
					}
				}
			})
		}
	}
}

// backUpAt has the program of a version start at a place and work there, and returns its backup with
// how many rows of each table that is to have.
func backUpAt(t *testing.T, place store.Options, version int64) ([]store.Piece, map[string]int64) {
	t.Helper()
	db, err := store.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	rise(t, db, version, 1)
	pieces, schema := dump(t, db, nil)
	if schema != version {
		t.Errorf("the backup of schema %d says %d", version, schema)
	}
	return pieces, counts(t, db)
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
