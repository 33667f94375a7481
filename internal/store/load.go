package store

import (
	"context"
	"database/sql"

	"parley/channels"
	"parley/internal/load"
)

// Transcript returns everything that a thread holds, for load.Verify.
func (db *DB) Transcript(ctx context.Context, account channels.AccountID, chat string) ([]load.Stored, error) {
	var out []load.Stored
	err := db.each(ctx, `SELECT m.event_key, m.conversation_id, m.seq FROM conversations c JOIN messages m ON m.conversation_id = c.id
		WHERE c.account_id = $1 AND c.chat = $2 AND m.seq IS NOT NULL ORDER BY c.created_at, c.id, m.seq`,
		[]any{int64(account), chat}, func(r *sql.Rows) error {
			var s load.Stored
			err := r.Scan(&s.Key, &s.Conversation, &s.Seq)
			out = append(out, s)
			return err
		})
	return out, err
}
