package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"parley/internal/jobs"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// open opens a place without migrating it.
func open(t *testing.T, engine store.Engine) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), storetest.Place(t, engine))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestBackupGoesIntoEitherDatabase(t *testing.T) {
	t.Parallel()
	for _, from := range storetest.Engines() {
		for _, to := range storetest.Engines() {
			t.Run(fmt.Sprint(from, " to ", to), func(t *testing.T) {
				t.Parallel()
				source := storetest.Open(t, from)
				const rows = 300
				wipe(t, source)
				fill(t, source, rows)
				pieces, schema := dump(t, source, nil)
				want := content(pieces)
				if len(pieces) == len(want) {
					t.Error("no table was too large for one piece")
				}
				for table, lines := range want {
					if len(lines) != rows {
						t.Errorf("%d rows of %s in the backup", len(lines), table)
					}
				}
				target := open(t, to)
				if err := target.Refill(t.Context(), schema, whole(pieces)); err != nil {
					t.Fatal(err)
				}
				again, _ := dump(t, target, nil)
				sameContent(t, content(again), want)
				for table := range want {
					if n := number(t, target, "SELECT COUNT(*) FROM "+table); n != rows {
						t.Errorf("%d rows in %s", n, table)
					}
				}
				continues(t, target)
			})
		}
	}
}

// continues checks that the database goes on after the highest ids.
func continues(t *testing.T, db *store.DB) {
	t.Helper()
	before := number(t, db, `SELECT MAX(id) FROM jobs`)
	err := db.Write(t.Context(), func(ctx context.Context) error {
		return db.AddJobs(ctx, []jobs.New{{Kind: "test", Key: "after", Due: time.Unix(1, 0)}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if after := number(t, db, `SELECT MAX(id) FROM jobs`); after <= before {
		t.Errorf("the next job has id %d after %d", after, before)
	}
	if err := db.Migrate(t.Context()); err != nil {
		t.Errorf("migrate after a restore: %v", err)
	}
}

// wipe removes what the migrations brought.
func wipe(t *testing.T, db *store.DB) {
	t.Helper()
	tables, err := db.Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(ctx context.Context) error {
		for _, table := range tables {
			if err := db.Exec(ctx, "DELETE FROM "+table); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestBackupIsOfOneMoment(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		before, _ := dump(t, db, nil)
		n := 0
		during, _ := dump(t, db, func() { // after each table something is written into others
			n++
			err := db.Write(t.Context(), func(ctx context.Context) error {
				return errors.Join(
					db.Exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, 'x')`, fmt.Sprint(n)),
					db.Exec(ctx, `INSERT INTO teams (id, name, created_at) VALUES ($1, $2, 0)`, int64(n), fmt.Sprint(n)),
					db.Exec(ctx, `INSERT INTO cursors (account_id, stream, cursor) VALUES ($1, 's', 'c')`, int64(n)))
			})
			if err != nil {
				t.Fatal(err)
			}
		})
		sameContent(t, content(during), content(before))
		if got := number(t, db, `SELECT COUNT(*) FROM teams`); got != int64(n) || n < 10 {
			t.Errorf("%d of %d rows were written meanwhile", got, n)
		}
	})
}

func TestFailedRestoreLeavesNothing(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, o store.Options) {
		source := storetest.Open(t, store.SQLite)
		fill(t, source, 3)
		good, schema := dump(t, source, nil)
		db, err := store.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		last := len(good) - 1
		bad := func(table, lines string) []store.Piece {
			return append(good[:last:last], store.Piece{Table: table, Lines: []byte(lines)})
		}
		for name, next := range map[string]func() (store.Piece, error){
			"cut":               reader(good[:last], errCut),
			"unknown table":     whole(bad("no_such_table", `["id"]`)),
			"table of goose":    whole(bad("goose_db_version", `["id"]`)),
			"unknown column":    whole(bad("settings", "[\"nam\"]\n[\"x\"]\n")),
			"column is no name": whole(bad("settings", `["name) VALUES (1); --"]`)),
			"row too short":     whole(bad("settings", "[\"name\",\"value\"]\n[\"x\"]\n")),
			"odd value":         whole(bad("settings", "[\"name\",\"value\"]\n[\"x\",{\"y\":1}]\n")),
			"same row twice":    whole(append(good[:last+1:last+1], good...)),
			"not JSON":          whole(bad("settings", "name,value")),
		} {
			if err := db.Refill(t.Context(), schema, next); err == nil {
				t.Errorf("%s: no error", name)
			} else if name == "cut" && !errors.Is(err, errCut) {
				t.Errorf("%s: %v", name, err)
			}
			if tables, err := db.Tables(t.Context()); err != nil || len(tables) > 0 {
				t.Fatalf("%s: %d tables are left, %v", name, len(tables), err)
			}
			if version, err := db.Schema(t.Context()); err != nil || version != 0 {
				t.Fatalf("%s: schema %d, %v", name, version, err)
			}
		}
		if err := db.Refill(t.Context(), store.Newest()+1, whole(good)); !errors.Is(err, store.ErrNewer) {
			t.Errorf("backup of a newer version: %v", err)
		}
		if err := db.Refill(t.Context(), schema, whole(good)); err != nil {
			t.Fatalf("after all failures: %v", err)
		}
		if err := db.Refill(t.Context(), schema, whole(good)); !errors.Is(err, store.ErrNotEmpty) {
			t.Errorf("into a database that is in use: %v", err)
		}
		again, _ := dump(t, db, nil)
		sameContent(t, content(again), content(good))
	})
}

func TestRestoreAfterOneThatWasKilled(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 2)
		pieces, schema := dump(t, db, nil)
		err := db.Write(t.Context(), func(ctx context.Context) error {
			return db.Exec(ctx, `CREATE TABLE `+store.RestoreTable+` (id BIGINT PRIMARY KEY)`)
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Migrate(t.Context()); !errors.Is(err, store.ErrUnfinished) {
			t.Errorf("half a restore was taken into use: %v", err)
		}
		if err := db.Refill(t.Context(), schema, whole(pieces)); err != nil {
			t.Fatal(err)
		}
		again, _ := dump(t, db, nil)
		sameContent(t, content(again), content(pieces))
		if err := db.Migrate(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
