package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
)

// Piece is a part of a backup: some rows of one table, one JSON list a line, the first
// line being the names of the columns.
type Piece struct {
	Table string
	Lines []byte
}

// pieceSize is how many bytes a piece holds at least before the next one begins.
const pieceSize = 4 << 20

// Dump reads everything as of one moment and hands it on in pieces, whose bytes are
// valid until emit returns. It works beside a running server, and on the schema of
// every version up to this program's. The result fits both databases. schema is the
// version that a restore has to migrate to first.
func (db *DB) Dump(ctx context.Context, emit func(Piece) error) (schema int64, err error) {
	t, err := db.pool.BeginTx(ctx, &sql.TxOptions{Isolation: db.snapshot(), ReadOnly: db.engine == Postgres})
	if err != nil {
		return 0, fmt.Errorf("begin backup: %w", err)
	}
	defer func() { _ = t.Rollback() }()
	if db.engine == Postgres {
		if _, err := t.ExecContext(ctx, patiently); err != nil {
			return 0, fmt.Errorf("begin backup: %w", err)
		}
	}
	if err := t.QueryRowContext(ctx, `SELECT MAX(version_id) FROM `+versionTable).Scan(&schema); err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	if schema > newest() {
		return 0, fmt.Errorf("%w: schema %d, this program knows %d", ErrNewer, schema, newest())
	}
	names, err := db.tableNames(ctx, t)
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		if err := db.dumpTable(ctx, t, name, emit); err != nil {
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

// indexTable begins the names of the tables of the search index. They are made anew and not
// backed up; what else a database keeps for them begins so as well.
const indexTable = "search_"

// tableNames lists the product's tables, those of the search index left out.
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
		if name != versionTable && name != restoreTable && !strings.HasPrefix(name, indexTable) {
			names = append(names, name)
		}
	}
	return names, rows.Err()
}

func (db *DB) dumpTable(ctx context.Context, q querier, name string, emit func(Piece) error) error {
	var how []any
	if db.engine == Postgres { // a statement kept from before a migration knows other columns, and is refused
		how = append(how, pgx.QueryExecModeDescribeExec)
	}
	rows, err := q.QueryContext(ctx, `SELECT * FROM `+name, how...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	values, dest := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		dest[i] = &values[i]
	}
	var lines bytes.Buffer
	line := json.NewEncoder(&lines)
	begin := func() error { return line.Encode(columns) }
	if err := begin(); err != nil {
		return err
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		for i, v := range values {
			if values[i], err = portable(v, types[i].DatabaseTypeName()); err != nil {
				return fmt.Errorf("column %s: %w", columns[i], err)
			}
		}
		if err := line.Encode(values); err != nil {
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

// portable turns a value of a column into one that JSON carries unchanged; see restored.
func portable(v any, column string) (any, error) {
	switch x := v.(type) {
	case nil, bool:
		return x, nil
	case int64:
		if column == "BOOLEAN" { // SQLite has none and keeps a number
			return x != 0, nil
		}
		return x, nil
	case string:
		if !utf8.ValidString(x) { // JSON would put another character in its place
			return map[string]string{"base64 text": base64.StdEncoding.EncodeToString([]byte(x))}, nil
		}
		return x, nil
	case []byte:
		return map[string]string{"base64": base64.StdEncoding.EncodeToString(x)}, nil
	default:
		return nil, fmt.Errorf("values of type %T cannot be backed up", v)
	}
}
