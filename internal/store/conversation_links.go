package store

import (
	"context"
	"database/sql"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
)

// pair is two conversations as their link stands: the lower id first.
func pair(one, other inbox.ConversationID) (low, high int64) {
	return int64(min(one, other)), int64(max(one, other))
}

// Links implements inbox.Linking.
func (db *DB) Links(ctx context.Context, v actor.Viewer, c inbox.ConversationID) ([]inbox.Linked, error) {
	b := &builder{}
	id := b.arg(int64(c))
	b.add("SELECT c.id, c.number, COALESCE(a.kind, ''), COALESCE(p.name, ''), c.subject, c.status, c.spam_at > 0, k.at FROM (",
		"SELECT l.other_id AS id, l.at FROM conversation_links l WHERE l.conversation_id = ", id,
		" UNION ALL SELECT l.conversation_id, l.at FROM conversation_links l WHERE l.other_id = ", id, ") AS k JOIN conversations c ON c.id = k.id",
		" LEFT JOIN accounts a ON a.id = c.account_id LEFT JOIN contacts p ON p.id = c.contact_id WHERE ", visible(b, v, sightOf("c", "assignee_id")), " ORDER BY k.at DESC, c.id")
	var out []inbox.Linked
	err := db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		var l inbox.Linked
		err := r.Scan(&l.ID, &l.Number, &l.AccountKind, &l.ContactName, &l.Subject, &l.Status, &l.Spam, timeCol{&l.At})
		out = append(out, l)
		return err
	})
	return out, err
}

// PutLink implements inbox.Linking.
func (db *DB) PutLink(ctx context.Context, one, other inbox.ConversationID, at time.Time) (fresh bool, err error) {
	low, high := pair(one, other)
	n, err := db.exec(ctx, `INSERT INTO conversation_links (conversation_id, other_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, low, high, micros(at))
	return n > 0, err
}

// DropLink implements inbox.Linking.
func (db *DB) DropLink(ctx context.Context, one, other inbox.ConversationID) (found bool, err error) {
	low, high := pair(one, other)
	n, err := db.exec(ctx, `DELETE FROM conversation_links WHERE conversation_id = $1 AND other_id = $2`, low, high)
	return n > 0, err
}

// CountLinks implements inbox.Linking.
func (db *DB) CountLinks(ctx context.Context, c inbox.ConversationID) (n int, err error) {
	_, err = db.one(ctx, `SELECT (SELECT COUNT(*) FROM conversation_links WHERE conversation_id = $1) + (SELECT COUNT(*) FROM conversation_links WHERE other_id = $1)`, []any{int64(c)}, &n)
	return n, err
}
