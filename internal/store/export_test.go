package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
)

// ForEngine is what a migration's text becomes for one engine.
func ForEngine(engine Engine, text string) string { return forEngine(engine, text) }

// Rows runs a query that returns integers.
func (db *DB) Rows(ctx context.Context, query string, args ...any) ([][]int64, error) {
	rows, err := db.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var list [][]int64
	for rows.Next() {
		row := make([]int64, len(columns))
		dest := make([]any, len(columns))
		for i := range row {
			dest[i] = &row[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		list = append(list, row)
	}
	return list, rows.Err()
}

// Table returns all rows of a table, every column of each as text, in the order of the texts.
func (db *DB) Table(ctx context.Context, name string) ([]string, error) {
	rows, err := db.query(ctx, "SELECT * FROM "+name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var list []string
	for rows.Next() {
		row, dest := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			dest[i] = &row[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		var line strings.Builder
		for i, name := range columns {
			fmt.Fprintf(&line, "%s=%v ", name, row[i])
		}
		list = append(list, line.String())
	}
	slices.Sort(list)
	return list, rows.Err()
}

// Exec runs a statement in the transaction of ctx.
func (db *DB) Exec(ctx context.Context, query string, args ...any) error {
	_, err := db.exec(ctx, query, args...)
	return err
}

// Waiting tells how many operations stand in the queue of SQLite's writer.
func (db *DB) Waiting() int {
	db.write.mu.Lock()
	defer db.write.mu.Unlock()
	n := 0
	for _, lane := range db.write.lanes {
		n += len(lane)
	}
	return n
}

// LockedConversation reads a conversation for a change in the same transaction.
func (db *DB) LockedConversation(ctx context.Context, id inbox.ConversationID) (*inbox.Conversation, error) {
	c := &inbox.Conversation{}
	err := lookup(ctx, db, conversationsByID, []inbox.ConversationID{id}, idArg, func(row scanner) error { return row.Scan(conversationDest(c)...) })
	return c, err
}

// Probes are the texts of the look-ups that go key by key.
func Probes() []string {
	var out []string
	for _, k := range []*keys{receivedByKey, identityByAddress, parkedByRemote, refsByRemote, unreadBefore, mentionsByRemote} {
		out = append(out, k.text(Postgres, 8))
	}
	return out
}

// Plan is how PostgreSQL would run a text, whatever its arguments.
func (db *DB) Plan(ctx context.Context, text string) (string, error) {
	var plan strings.Builder
	err := db.Bulk(ctx, func(ctx context.Context) error {
		if _, err := db.exec(ctx, "PREPARE planned AS "+text); err != nil {
			return err
		}
		nulls := strings.TrimSuffix(strings.Repeat("NULL,", strings.Count(text, "$")), ",")
		err := db.each(ctx, "EXPLAIN EXECUTE planned("+nulls+")", nil, func(row *sql.Rows) error {
			var line string
			err := row.Scan(&line)
			plan.WriteString(line + "\n")
			return err
		})
		if err == nil {
			_, err = db.exec(ctx, "DEALLOCATE planned")
		}
		return err
	})
	return plan.String(), err
}

// Patched changes rows by a statement of a test, within a transaction.
func (db *DB) Patched(ctx context.Context, query string, args ...any) error {
	_, err := db.exec(ctx, query, args...)
	return err
}

// ReadForWindow runs the query of a page that skips some of a list as PostgreSQL would, and returns the
// most rows that one door of it read, with the plan.
func (db *DB) ReadForWindow(ctx context.Context, v actor.Viewer, f inbox.Filter) (most float64, plan string, err error) {
	l := phases(f)[0]
	l.viewer, l.filter, l.limit, l.skip = v, f, f.Limit+1, f.Skip
	b := &builder{}
	b.add("EXPLAIN ANALYZE ")
	l.window(b)
	err = db.each(ctx, b.text.String(), b.args, func(row *sql.Rows) error {
		var line string
		err := row.Scan(&line)
		plan += line + "\n"
		if _, actual, ok := strings.Cut(line, "(actual "); ok && strings.Contains(line, "Scan") && strings.Contains(line, " conversations") {
			_, rows, _ := strings.Cut(actual, "rows=")
			var n float64
			if _, err := fmt.Sscan(strings.FieldsFunc(rows, func(r rune) bool { return r == ' ' || r == ')' })[0], &n); err != nil {
				return err
			}
			most = max(most, n)
		}
		return err
	})
	return most, plan, err
}

// PaceNumbers gives blocks of numbers another clock to tell a quiet day from a busy one by.
func (db *DB) PaceNumbers(now func() time.Time) {
	db.ids.conversation.now, db.ids.request.now = now, now
}
