package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Piece is a part of a backup: some rows of one table, one JSON list a line, the first
// line being the names of the columns.
type Piece struct {
	Table string
	Lines []byte
}

// pieceSize is how many bytes a piece holds at least before the next one begins.
const pieceSize = 4 << 20

// ErrNotEmpty says that a backup cannot be put into a database that holds something.
var ErrNotEmpty = errors.New("the database is not empty")

// versionTable is where goose keeps which migrations ran.
const versionTable = "goose_db_version"

// Dump reads everything as of one moment and hands it on in pieces. It works beside a
// running server. The result fits both databases. schema is the version that a
// restore has to migrate to first.
func (db *DB) Dump(ctx context.Context, emit func(Piece) error) (schema int64, err error) {
	t, err := db.pool.BeginTx(ctx, &sql.TxOptions{Isolation: db.snapshot(), ReadOnly: db.engine == Postgres})
	if err != nil {
		return 0, fmt.Errorf("begin backup: %w", err)
	}
	defer func() { _ = t.Rollback() }()
	if err := t.QueryRowContext(ctx, `SELECT MAX(version_id) FROM `+versionTable).Scan(&schema); err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	names, err := db.tableNames(ctx, t)
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		if err := dumpTable(ctx, t, name, emit); err != nil {
			return 0, fmt.Errorf("back up %s: %w", name, err)
		}
	}
	return schema, nil
}

// snapshot is the isolation under which all reads of a transaction see one moment.
func (db *DB) snapshot() sql.IsolationLevel {
	if db.engine == Postgres {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}

// tableNames lists the product's tables.
func (db *DB) tableNames(ctx context.Context, q querier) ([]string, error) {
	rows, err := q.QueryContext(ctx, db.on(`
		SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name -- only: sqlite
		SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name -- only: postgres
	`))
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		if name != versionTable {
			names = append(names, name)
		}
	}
	return names, rows.Err()
}

func dumpTable(ctx context.Context, q querier, name string, emit func(Piece) error) error {
	rows, err := q.QueryContext(ctx, `SELECT * FROM `+name)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, dest := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		dest[i] = &values[i]
	}
	var lines bytes.Buffer
	begin := func() error { return json.NewEncoder(&lines).Encode(columns) }
	if err := begin(); err != nil {
		return err
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = map[string]string{"base64": base64.StdEncoding.EncodeToString(b)}
			}
		}
		if err := json.NewEncoder(&lines).Encode(values); err != nil {
			return err
		}
		if lines.Len() >= pieceSize {
			if err := emit(Piece{name, lines.Bytes()}); err != nil {
				return err
			}
			lines.Reset()
			if err := begin(); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return emit(Piece{name, lines.Bytes()})
}

// Refill puts a dump into an empty database: it migrates to the dump's version, takes
// the pieces until next returns io.EOF, and migrates on to this program's version.
func (db *DB) Refill(ctx context.Context, schema int64, next func() (Piece, error)) error {
	names, err := db.tableNames(ctx, db.pool)
	if err != nil {
		return err
	}
	if len(names) > 0 {
		return ErrNotEmpty
	}
	if err := db.migrateTo(ctx, schema); err != nil {
		return err
	}
	err = db.Bulk(ctx, func(ctx context.Context) error { return db.refill(ctx, next) })
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return db.Migrate(ctx)
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
			return db.continueIdentities(ctx)
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
	var rows [][]any
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
		rows = append(rows, row)
	}
	return put(ctx, db, t, rows, func(args []any, row []any) []any { return append(args, row...) })
}

// restored turns a value of JSON into one of the database.
func restored(v any) (any, error) {
	switch x := v.(type) {
	case json.Number:
		return x.Int64()
	case map[string]any:
		text, _ := x["base64"].(string)
		return base64.StdEncoding.DecodeString(text)
	default:
		return v, nil
	}
}

// continueIdentities makes generated ids go on after those restored. SQLite does so
// by itself.
func (db *DB) continueIdentities(ctx context.Context) error {
	if db.engine == SQLite {
		return nil
	}
	for _, name := range []string{"feed", "jobs"} {
		rows, err := db.query(ctx, `SELECT setval(pg_get_serial_sequence($1, 'id'), COALESCE((SELECT MAX(id) FROM `+name+`), 0) + 1, false)`, name)
		if err != nil {
			return err
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}
