package store

import (
	"context"
	"fmt"
	"time"

	"parley/inbox"
	"parley/router/alert"
)

var _ alert.Store = (*DB)(nil)

var noteMentionTable = newTable("note_mentions", "agent_id, message_id, at", " ON CONFLICT DO NOTHING")

// KeepMentions implements alert.Store: a note that names somebody again names them once.
func (db *DB) KeepMentions(ctx context.Context, note inbox.MessageID, agents []inbox.AgentID, at time.Time) error {
	err := put(ctx, db, noteMentionTable, agents, func(args []any, a inbox.AgentID) []any {
		return append(args, int64(a), int64(note), micros(at))
	})
	if err != nil {
		return fmt.Errorf("keep mentions: %w", err)
	}
	return nil
}

// ForgetMentions implements alert.Store.
func (db *DB) ForgetMentions(ctx context.Context, note inbox.MessageID, besides []inbox.AgentID) error {
	b := &builder{}
	b.add("DELETE FROM note_mentions WHERE message_id = ", b.arg(int64(note)))
	if len(besides) > 0 {
		b.add(" AND agent_id NOT IN ", listOfIDs(b, besides))
	}
	if _, err := db.exec(ctx, b.text.String(), b.args...); err != nil {
		return fmt.Errorf("forget mentions: %w", err)
	}
	return nil
}
