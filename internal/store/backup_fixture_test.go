package store_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"parley/internal/store"
)

// odd are texts that a format could lose something of.
var odd = []string{"", "plain", "ё, \"quoted\" \\ 'single'\n\t<b>&amp;", "\u2028 \U0001F600 \uFFFD"}

// long makes the messages of a backup too many for one piece.
var long = strings.Repeat("долго ", 3000)

// fill writes rows into every table that the database has now, whatever its version:
// unique numbers, and texts that start with one.
func fill(t *testing.T, db *store.DB, rows int) {
	t.Helper()
	fillFrom(t, db, 1_000_000, rows)
}

// fillFrom is fill with the first of its numbers.
func fillFrom(t *testing.T, db *store.DB, n int64, rows int) {
	t.Helper()
	columns, err := db.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tables, err := db.Tables(t.Context())
	if err != nil || len(tables) == 0 {
		t.Fatalf("tables: %v, %v", tables, err)
	}
	err = db.Write(t.Context(), func(ctx context.Context) error {
		for _, table := range tables {
			var names, places []string
			var types []string
			for _, c := range columns {
				if c.Table == table {
					names, types = append(names, c.Name), append(types, strings.ToLower(c.Type))
					places = append(places, fmt.Sprintf("$%d", len(names)))
				}
			}
			overriding := ""
			if db.Engine() == store.Postgres {
				overriding = " OVERRIDING SYSTEM VALUE"
			}
			text := "INSERT INTO " + table + " (" + strings.Join(names, ", ") + ")" + overriding + " VALUES (" + strings.Join(places, ", ") + ")"
			for row := range rows {
				args := make([]any, len(types))
				for i, typ := range types {
					n++
					switch typ {
					case "text":
						args[i] = fmt.Sprint(n)
						if row > 0 {
							args[i] = fmt.Sprint(n, " ", odd[int(n)%len(odd)])
						}
						if table == "messages" && names[i] == "text" {
							args[i] = long
						}
					case "bigint", "integer":
						args[i] = n
					case "boolean":
						args[i] = row%2 == 0
					default:
						return fmt.Errorf("table %s has a column of type %s, which this test does not know", table, typ)
					}
				}
				if err := db.Exec(ctx, text, args...); err != nil {
					return fmt.Errorf("%s: %w", table, err)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// dump returns a database's pieces and version.
func dump(t *testing.T, db *store.DB, during func()) (pieces []store.Piece, schema int64) {
	t.Helper()
	schema, err := db.Dump(t.Context(), func(p store.Piece) error {
		pieces = append(pieces, store.Piece{Table: p.Table, Lines: slices.Clone(p.Lines)})
		if during != nil {
			during()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pieces, schema
}

// content is what pieces hold: the rows of each table, in no order.
func content(pieces []store.Piece) map[string][]string {
	all := map[string][]string{}
	for _, p := range pieces {
		lines := strings.Split(strings.TrimSuffix(string(p.Lines), "\n"), "\n")
		all[p.Table] = append(all[p.Table], lines[1:]...)
	}
	for _, rows := range all {
		slices.Sort(rows)
	}
	return all
}

// reader hands pieces out one by one, and then end.
func reader(pieces []store.Piece, end error) func() (store.Piece, error) {
	return func() (store.Piece, error) {
		if len(pieces) == 0 {
			return store.Piece{}, end
		}
		p := pieces[0]
		pieces = pieces[1:]
		return p, nil
	}
}

// sameContent compares the contents of two databases.
func sameContent(t *testing.T, got, want map[string][]string) {
	t.Helper()
	for table, rows := range want {
		if !slices.Equal(got[table], rows) {
			t.Errorf("table %s has %d rows that differ from the %d wanted", table, len(got[table]), len(rows))
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d tables, want %d", len(got), len(want))
	}
}

var errCut = errors.New("the file is cut")

func whole(pieces []store.Piece) func() (store.Piece, error) { return reader(pieces, io.EOF) }
