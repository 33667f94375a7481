package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/suppression"
)

// suppressionVisible is the condition under which a viewer sees who wants no messages: whoever is kept from some
// conversations sees none of it, and others see the networks of their channels.
func suppressionVisible(b *builder, v actor.Viewer) string {
	if v.Scope != actor.All {
		return "1 = 0"
	}
	return "EXISTS (SELECT 1 FROM accounts a WHERE a.kind = s.kind AND " + accountVisible(b, v, "a.id") + ")"
}

// SuppressionPage returns a page of all, the newest first.
func (db *DB) SuppressionPage(ctx context.Context, v actor.Viewer, cursor string, limit int) (out []suppression.Suppression, next string, err error) {
	place, err := placeBefore(cursor, "s.id")
	if err != nil {
		return nil, "", err
	}
	b := &builder{}
	b.add("SELECT ", prefixed("s", suppressionCols), " FROM suppressions s WHERE ", suppressionVisible(b, v), place(b), " ORDER BY s.id DESC LIMIT ", b.arg(int64(limit+1)))
	err = db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		var s suppression.Suppression
		err := r.Scan(suppressionDest(&s)...)
		out = append(out, s)
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("list suppressions: %w", err)
	}
	if len(out) > limit {
		out, next = out[:limit], strconv.FormatInt(out[limit-1].ID, 10)
	}
	return out, next, nil
}

// SuppressionByID returns one, and the latest conversation in which it holds of those that the viewer sees, 0 when
// there is none.
func (db *DB) SuppressionByID(ctx context.Context, v actor.Viewer, id int64) (s suppression.Suppression, latest inbox.ConversationID, found bool, err error) {
	b := &builder{}
	b.add("SELECT ", prefixed("s", suppressionCols), " FROM suppressions s WHERE s.id = ", b.arg(id), " AND ", suppressionVisible(b, v))
	if found, err = db.one(ctx, b.text.String(), b.args, suppressionDest(&s)...); err == nil && found {
		b = &builder{}
		b.add(`SELECT c.id FROM identities i JOIN conversations c ON c.contact_id = i.contact_id AND c.identity_id = i.id
			JOIN accounts a ON a.id = c.account_id AND a.kind = `, b.arg(string(s.Kind)), " WHERE i.scope = ", b.arg(s.Scope), " AND i.address = ", b.arg(s.Address),
			" AND ", visible(b, v, sightOf("c", "assignee_id")), " ORDER BY c.last_at DESC, c.id DESC LIMIT 1")
		_, err = db.one(ctx, b.text.String(), b.args, &latest)
	}
	if err != nil {
		return s, 0, false, fmt.Errorf("read suppression: %w", err)
	}
	return s, latest, found, nil
}

// QueuedByMachines returns what waits for its attempt, to a suppressed address and not written by an agent, by
// conversation.
func (db *DB) QueuedByMachines(ctx context.Context, k suppression.Key) (out []inbox.Unclaimed, err error) {
	err = db.each(ctx, `SELECT o.message_id, o.conversation_id FROM suppressions s
		JOIN identities i ON i.scope = s.scope AND i.address = s.address
		JOIN conversations c ON c.contact_id = i.contact_id AND c.identity_id = i.id
		JOIN accounts a ON a.id = c.account_id AND a.kind = s.kind
		JOIN outbox o ON o.conversation_id = c.id AND o.state = 'queued'
		JOIN messages m ON m.id = o.message_id
		WHERE s.scope = $1 AND s.address = $2 AND s.kind = $3 AND m.cause_kind <> $4 ORDER BY o.conversation_id, o.message_id`,
		[]any{k.Scope, k.Address, string(k.Kind), string(actor.Agent)}, func(r *sql.Rows) error {
			var q inbox.Unclaimed
			err := r.Scan(&q.MessageID, &q.ConversationID)
			out = append(out, q)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("find queued messages: %w", err)
	}
	return out, nil
}

// Unsend takes a message off the outbox that has not been claimed; false when it has been, or is not there.
func (db *DB) Unsend(ctx context.Context, id inbox.MessageID) (bool, error) {
	n, err := db.exec(ctx, `DELETE FROM outbox WHERE message_id = $1 AND state = 'queued'`, int64(id))
	return n == 1, err
}
