package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley/channels"
	"parley/inbox"
)

// chatSees is which messages m the visitor of a chat reads: their own, and ours once
// they have come as far as sent. Notes and system lines never.
const chatSees = `m.kind = 'message' AND m.seq IS NOT NULL AND (m.direction = 'inbound' OR m.state IN ('sent', 'delivered', 'read'))`

// ChatMessages returns what a visitor reads of their chat over all its episodes,
// ascending, after a message (0 for the beginning; so does one that is not of this
// chat). More tells whether there is more.
func (db *DB) ChatMessages(ctx context.Context, account channels.AccountID, chat string, after inbox.MessageID, limit int) (items []inbox.Message, more bool, err error) {
	b := &builder{}
	b.add(`JOIN conversations c ON c.id = m.conversation_id WHERE c.account_id = `, b.arg(int64(account)), ` AND c.chat = `, b.arg(chat), ` AND `, chatSees)
	if after != 0 {
		var created, conversation, seq int64
		found, err := db.one(ctx, `SELECT c.created_at, c.id, m.seq FROM messages m JOIN conversations c ON c.id = m.conversation_id
			WHERE m.id = $1 AND c.account_id = $2 AND c.chat = $3 AND m.seq IS NOT NULL`,
			[]any{int64(after), int64(account), chat}, &created, &conversation, &seq)
		if err != nil {
			return nil, false, fmt.Errorf("find place in chat: %w", err)
		}
		if found {
			b.add(` AND (c.created_at, c.id, m.seq) > (`, b.arg(created), `, `, b.arg(conversation), `, `, b.arg(seq), `)`)
		}
	}
	b.add(` ORDER BY c.created_at, c.id, m.seq LIMIT `, b.arg(int64(limit+1)))
	items, err = db.messages(ctx, b.text.String(), b.args...)
	if err != nil {
		return nil, false, fmt.Errorf("read chat: %w", err)
	}
	if more = len(items) > limit; more {
		items = items[:limit]
	}
	return items, more, nil
}

// ChatMessage returns one message of a chat, if its visitor reads it.
func (db *DB) ChatMessage(ctx context.Context, account channels.AccountID, chat string, id inbox.MessageID) (inbox.Message, bool, error) {
	items, err := db.messages(ctx, `JOIN conversations c ON c.id = m.conversation_id
		WHERE m.id = $1 AND c.account_id = $2 AND c.chat = $3 AND `+chatSees, int64(id), int64(account), chat)
	if err != nil || len(items) == 0 {
		return inbox.Message{}, false, err
	}
	return items[0], true, nil
}

// ChatFeed calls fn for what the feed holds about the messages of a chat after a place
// and up to another: the place in the feed, ascending, the type and the message. It
// stops after limit lines.
func (db *DB) ChatFeed(ctx context.Context, account channels.AccountID, chat string, after, upTo int64, limit int, fn func(id int64, typ string, message inbox.MessageID) error) error {
	err := db.each(ctx, `SELECT f.id, f.type, f.object_id FROM feed f JOIN conversations c ON c.id = f.conversation_id
		WHERE f.id > $1 AND f.id <= $2 AND c.account_id = $3 AND c.chat = $4 AND f.type IN ('message.created', 'message.updated')
		ORDER BY f.id LIMIT $5`, []any{after, upTo, int64(account), chat, int64(limit)}, func(r *sql.Rows) error {
		var id int64
		var typ string
		var message inbox.MessageID
		if err := r.Scan(&id, &typ, &message); err != nil {
			return err
		}
		return fn(id, typ, message)
	})
	if err != nil {
		return fmt.Errorf("read feed of chat: %w", err)
	}
	return nil
}
