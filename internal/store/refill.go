package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// ErrNotEmpty says that a backup cannot be put into a database that holds something.
var ErrNotEmpty = errors.New("the database is not empty")

// restoreTable stands in a database as long as a restore is under way. What a restore
// that was killed has left is known by it, and may be removed.
const restoreTable = "unfinished_restore"

// Refill puts a dump into an empty database: it migrates to the dump's version, takes
// the pieces until next returns io.EOF, and migrates on to this program's version.
// After an error the database is empty again.
func (db *DB) Refill(ctx context.Context, schema int64, next func() (Piece, error)) (err error) {
	if schema < 1 || schema > newest() {
		return fmt.Errorf("%w: schema %d, this program knows %d", ErrNewer, schema, newest())
	}
	broken, err := db.brokenRestore(ctx)
	if err != nil {
		return err
	}
	if broken {
		if err := db.clear(ctx); err != nil {
			return err
		}
	}
	names, err := db.tableNames(ctx, db.pool)
	if err != nil {
		return err
	}
	if len(names) > 0 {
		return ErrNotEmpty
	}
	if err := db.ddl(ctx, `CREATE TABLE `+restoreTable+` (id BIGINT PRIMARY KEY)`); err != nil {
		return fmt.Errorf("begin restore: %w", err)
	}
	defer func() {
		if err != nil {
			aside, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
			defer cancel()
			err = errors.Join(err, db.clear(aside))
		}
	}()
	if err := db.migrateTo(ctx, schema); err != nil {
		return err
	}
	var first error
	begun := false
	err = db.Bulk(ctx, func(ctx context.Context) error {
		if begun { // tried again after a conflict: what was read is gone, the rest would be half
			return cmp.Or(first, errors.New("another program uses the database"))
		}
		begun = true
		if db.engine == Postgres {
			if err := db.later(ctx, patiently); err != nil {
				return err
			}
		}
		first = db.refill(ctx, next)
		return first
	})
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if err := db.migrateTo(ctx, newest()); err != nil {
		return err
	}
	if err := db.ddl(ctx, `DROP TABLE `+restoreTable); err != nil {
		return fmt.Errorf("end restore: %w", err)
	}
	return nil
}

// ddl changes the schema in a transaction of its own.
func (db *DB) ddl(ctx context.Context, texts ...string) error {
	return db.Bulk(ctx, func(ctx context.Context) error {
		for _, text := range texts {
			if _, err := db.exec(ctx, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// brokenRestore tells whether a restore was begun here and did not end.
func (db *DB) brokenRestore(ctx context.Context) (bool, error) {
	return db.hasTable(ctx, restoreTable)
}

// clear removes what a restore has begun, the mark of it last.
func (db *DB) clear(ctx context.Context) error {
	names, err := db.tableNames(ctx, db.pool)
	if err != nil {
		return err
	}
	var texts []string
	for _, name := range append(names, "search_messages", "search_people", "search_words", "search_progress", "search_pairs", "search_pairs_progress", versionTable, restoreTable) {
		texts = append(texts, `DROP TABLE IF EXISTS `+name)
	}
	if err := db.ddl(ctx, texts...); err != nil {
		return fmt.Errorf("remove unfinished restore: %w", err)
	}
	return nil
}

func (db *DB) refill(ctx context.Context, next func() (Piece, error)) error {
	names, err := db.tableNames(ctx, txOf(ctx).q)
	if err != nil {
		return err
	}
	for _, name := range names { // what the migrations brought is in the dump as well
		if _, err := db.exec(ctx, `DELETE FROM `+name); err != nil {
			return err
		}
	}
	for {
		p, err := next()
		if errors.Is(err, io.EOF) {
			if err := db.continueIdentities(ctx); err != nil {
				return err
			}
			return db.indexAnew(ctx)
		}
		if err != nil {
			return err
		}
		if !slices.Contains(names, p.Table) {
			return fmt.Errorf("the backup holds an unknown table %q", p.Table)
		}
		if err := db.refillTable(ctx, p); err != nil {
			return fmt.Errorf("table %s: %w", p.Table, err)
		}
	}
}

func (db *DB) refillTable(ctx context.Context, p Piece) error {
	lines := json.NewDecoder(bytes.NewReader(p.Lines))
	lines.UseNumber()
	var columns []string
	if err := lines.Decode(&columns); err != nil {
		return fmt.Errorf("read columns: %w", err)
	}
	for _, c := range columns {
		if strings.Trim(c, "abcdefghijklmnopqrstuvwxyz_0123456789") != "" {
			return fmt.Errorf("column %q is not a name", c)
		}
	}
	t := newTable(p.Table, strings.Join(columns, ", "), "")
	if db.engine == Postgres {
		t.insert = strings.Replace(t.insert, " VALUES ", " OVERRIDING SYSTEM VALUE VALUES ", 1)
	}
	rows := make([][]any, 0, maxChunk)
	write := func() error {
		err := put(ctx, db, t, rows, func(args []any, row []any) []any { return append(args, row...) })
		rows = rows[:0]
		return err
	}
	for lines.More() {
		var row []any
		if err := lines.Decode(&row); err != nil {
			return fmt.Errorf("read row: %w", err)
		}
		if len(row) != len(columns) {
			return fmt.Errorf("a row has %d values for %d columns", len(row), len(columns))
		}
		for i := range row {
			var err error
			if row[i], err = restored(row[i]); err != nil {
				return err
			}
		}
		if rows = append(rows, row); len(rows) == maxChunk {
			if err := write(); err != nil {
				return err
			}
		}
	}
	return write()
}

// restored turns a value of JSON into one of the database.
func restored(v any) (any, error) {
	switch x := v.(type) {
	case nil, bool, string:
		return x, nil
	case json.Number:
		return x.Int64()
	case map[string]any:
		if text, ok := x["base64"].(string); ok {
			return base64.StdEncoding.DecodeString(text)
		}
		if text, ok := x["base64 text"].(string); ok {
			b, err := base64.StdEncoding.DecodeString(text)
			return string(b), err
		}
	}
	return nil, errors.New("a row holds a value of an unknown form")
}

// indexAnew has what was restored indexed, where the dump's schema knew of an index.
func (db *DB) indexAnew(ctx context.Context) error {
	has, err := db.hasTable(ctx, "search_progress")
	if err != nil || !has {
		return err
	}
	if err := db.emptyDuplicatePairs(ctx); err != nil {
		return err
	}
	return db.emptyIndex(ctx)
}

// continueIdentities makes generated ids go on after those restored. SQLite does so
// by itself.
func (db *DB) continueIdentities(ctx context.Context) error {
	if db.engine == SQLite {
		return nil
	}
	type identity struct{ table, column string }
	var list []identity
	err := db.each(ctx, `SELECT table_name, column_name FROM information_schema.columns
		WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY table_name`, nil, func(row *sql.Rows) error {
		var i identity
		err := row.Scan(&i.table, &i.column)
		list = append(list, i)
		return err
	})
	if err != nil {
		return fmt.Errorf("list generated ids: %w", err)
	}
	for _, i := range list {
		var at int64
		_, err := db.one(ctx, `SELECT setval(pg_get_serial_sequence($1, $2), (SELECT COALESCE(MAX(`+i.column+`), 0) + 1 FROM `+i.table+`), false)`,
			[]any{i.table, i.column}, &at)
		if err != nil {
			return fmt.Errorf("continue ids of %s: %w", i.table, err)
		}
	}
	return nil
}
