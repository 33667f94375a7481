package store

import (
	"context"

	"parley/inbox"
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
