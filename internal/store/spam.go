package store

import (
	"context"

	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
)

// PutSpam implements inbox.Aside.
func (db *DB) PutSpam(ctx context.Context, c inbox.ConversationID, was inbox.PutAside) error {
	_, err := db.exec(ctx, `INSERT INTO spam (conversation_id, before) VALUES ($1, $2)
		ON CONFLICT (conversation_id) DO UPDATE SET before = excluded.before`, int64(c), jsonText(was))
	return err
}

// Spam implements inbox.Aside.
func (db *DB) Spam(ctx context.Context, c inbox.ConversationID) (was inbox.PutAside, found bool, err error) {
	found, err = db.one(ctx, `SELECT before FROM spam WHERE conversation_id = $1`, []any{int64(c)}, jsonCol{&was})
	return was, found, err
}

// DropSpam implements inbox.Aside.
func (db *DB) DropSpam(ctx context.Context, c inbox.ConversationID) error {
	_, err := db.exec(ctx, `DELETE FROM spam WHERE conversation_id = $1`, int64(c))
	return err
}

// OtherConversationOf implements inbox.Aside.
func (db *DB) OtherConversationOf(ctx context.Context, r pipeline.RequestID, c inbox.ConversationID) (bool, error) {
	var id int64
	return db.one(ctx, `SELECT id FROM conversations WHERE request_id <> 0 AND request_id = $1 AND id <> $2 AND spam_at = 0 AND merged_into = 0 LIMIT 1`,
		[]any{int64(r), int64(c)}, &id)
}

// HasActiveRequest implements inbox.Aside.
func (db *DB) HasActiveRequest(ctx context.Context, c contact.ID) (bool, error) {
	var id int64
	return db.one(ctx, `SELECT id FROM requests WHERE contact_id = $1 AND status IN ('open', 'pending') LIMIT 1`, []any{int64(c)}, &id)
}
