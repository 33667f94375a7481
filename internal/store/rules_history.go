package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/inbox"
	"parley/router"
)

// past are the questions for what happened, by kind of event: id of what the event's key
// names, conversation, message, time. Rows are read from the newest id backwards, which
// is nearly the order of time, until one is too old.
var past = map[router.Kind]string{
	router.MessageReceived: `SELECT m.id, m.conversation_id, m.id, m.created_at, COALESCE(e.nature, '') <> '' FROM messages m` + mailsOf + `
		WHERE m.direction = 'inbound' AND m.kind = 'message' AND m.seq IS NOT NULL AND m.cause_kind NOT IN ('import', 'rule') AND m.created_at >= $1 ORDER BY m.id DESC LIMIT $2`,
	router.MessageSent: `SELECT m.id, m.conversation_id, m.id, m.created_at, m.cause_kind IN ('trigger', 'bot', 'mailing', 'clock') FROM messages m
		WHERE m.direction = 'outbound' AND m.kind = 'message' AND m.seq IS NOT NULL AND m.cause_kind NOT IN ('import', 'rule') AND m.created_at >= $1 ORDER BY m.id DESC LIMIT $2`,
	router.ConversationCreated: `SELECT c.id, c.id, COALESCE((SELECT m.id FROM messages m WHERE m.conversation_id = c.id AND m.seq = 1), 0), c.created_at, FALSE
		FROM conversations c WHERE c.merged_into = 0 AND c.created_at >= $1
		AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.seq = 1 AND m.cause_kind IN ('import', 'rule')) ORDER BY c.id DESC LIMIT $2`,
	router.ConversationClosed: `SELECT t.id, t.conversation_id, 0, t.at, FALSE FROM timeline t
		WHERE t.type = 'status' AND t.data LIKE '%"to":"closed"%' AND t.cause_kind NOT IN ('import', 'rule') AND t.at >= $1 ORDER BY t.id DESC LIMIT $2`,
	router.ClockWarned: `SELECT k.id, k.conversation_id, 0, k.warned_at, FALSE FROM clocks k WHERE k.warned_at > 0 AND k.warned_at >= $1 ORDER BY k.warned_at DESC, k.id DESC LIMIT $2`,
	router.ClockBreached: `SELECT k.id, k.conversation_id, 0, k.breached_at, FALSE FROM clocks k
		WHERE k.breached_at > 0 AND k.breached_at >= $1 ORDER BY k.breached_at DESC, k.id DESC LIMIT $2`,
	router.LeadCreated: `SELECT l.id, l.conversation_id, 0, l.created_at, FALSE FROM leads l WHERE l.created_at >= $1 ORDER BY l.created_at DESC, l.id DESC LIMIT $2`,
	router.RequestCreated: `SELECT r.id, r.conversation_id, 0, r.created_at, FALSE FROM requests r
		WHERE r.created_at >= $1 ORDER BY r.created_at DESC, r.id DESC LIMIT $2`,
}

// History returns events of a kind since a time; see router.Facts.
func (db *DB) History(ctx context.Context, k router.Kind, since time.Time, limit int) ([]router.Event, error) {
	query, ok := past[k]
	if !ok {
		return nil, fmt.Errorf("no history of %q", k)
	}
	return db.pastEvents(ctx, k, query, micros(since), int64(limit))
}

func (db *DB) pastEvents(ctx context.Context, k router.Kind, query string, args ...any) ([]router.Event, error) {
	var list []router.Event
	err := db.each(ctx, query, args, func(row *sql.Rows) error {
		e := router.Event{Kind: k}
		var id int64
		err := row.Scan(&id, &e.Conversation, &e.Message, timeCol{&e.At}, &e.Automatic)
		e.Key = fmt.Sprintf("%s:%d", k, id)
		list = append(list, e)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read history of %s: %w", k, err)
	}
	return list, nil
}

// Overdue returns messages, or beginnings of conversations, that nothing followed in
// time; see router.Facts.
func (db *DB) Overdue(ctx context.Context, a router.After, since, now time.Time, limit int) ([]router.Event, error) {
	wait := int64(a.Minutes) * time.Minute.Microseconds()
	if a.Since == router.Created {
		return db.pastEvents(ctx, router.Timer, `SELECT c.id, c.id, 0, c.created_at + $3, FALSE FROM conversations c
			WHERE c.merged_into = 0 AND c.created_at >= $1 AND c.created_at + $3 <= $4 AND (c.status <> 'closed' OR c.closed_at > c.created_at + $3)
			ORDER BY c.id DESC LIMIT $2`, micros(since), int64(limit), wait, micros(now))
	}
	if a.Since == router.Deadline {
		return db.pastEvents(ctx, router.Timer, `SELECT k.id, k.conversation_id, 0, k.due_at - $3, FALSE FROM clocks k
			WHERE k.due_at > 0 AND k.due_at - $3 >= $1 AND k.due_at - $3 <= $4 AND (k.ended_at = 0 OR k.ended_at > k.due_at - $3)
			ORDER BY k.id DESC LIMIT $2`, micros(since), int64(limit), wait, micros(now))
	}
	direction := string(inbox.Inbound)
	if a.Since == router.LastOutbound {
		direction = string(inbox.Outbound)
	}
	return db.pastEvents(ctx, router.Timer, `SELECT m.id, m.conversation_id, m.id, m.created_at + $3, FALSE FROM messages m
		WHERE m.direction = $5 AND m.kind = 'message' AND m.seq IS NOT NULL AND m.cause_kind NOT IN ('import', 'rule', 'trigger', 'bot', 'mailing')
		AND m.created_at >= $1 AND m.created_at + $3 <= $4
		AND NOT EXISTS (SELECT 1 FROM messages n WHERE n.conversation_id = m.conversation_id AND n.seq > m.seq AND n.kind = 'message'
			AND n.cause_kind NOT IN ('trigger', 'bot', 'mailing') AND n.created_at <= m.created_at + $3)
		ORDER BY m.id DESC LIMIT $2`, micros(since), int64(limit), wait, micros(now), direction)
}

// LiveConversations returns conversations that are not closed, the longest silent first;
// see router.Facts. It is a range of the index of lists.
func (db *DB) LiveConversations(ctx context.Context, before time.Time, cursor string, limit int) ([]inbox.ConversationID, string, error) {
	after, err := parsePosition(cursor)
	if err != nil {
		return nil, "", err
	}
	if after == nil {
		after = &position{}
	}
	var ids []inbox.ConversationID
	err = db.each(ctx, `SELECT c.id, c.last_at FROM conversations c WHERE c.status <> 'closed' AND c.last_at <= $1 AND (c.last_at, c.id) > ($2, $3)
		ORDER BY c.last_at, c.id LIMIT $4`, []any{micros(before), after.key, after.id, int64(limit)}, func(row *sql.Rows) error {
		var id inbox.ConversationID
		err := row.Scan(&id, &after.key)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("list live conversations: %w", err)
	}
	if len(ids) < limit {
		return ids, "", nil
	}
	after.id = int64(ids[len(ids)-1])
	return ids, after.String(), nil
}
