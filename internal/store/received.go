package store

import (
	"context"
	"strconv"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
)

const receivedCols = "r.id, r.account_id, r.key, r.at, r.outcome, r.message_id, r.conversation_id, r.error"

// Received returns what came in for an account, newest first, without the raw bytes.
// Cursor is "" or the next of the page before; limit must be positive. Whoever is kept
// from some conversations of the account sees none of it: the log speaks of all.
func (db *DB) Received(ctx context.Context, v actor.Viewer, account channels.AccountID, cursor string, limit int) (items []inbox.ReceivedEvent, next string, err error) {
	b := &builder{}
	b.add("SELECT ", receivedCols, ", '' FROM received r WHERE r.account_id = ", b.arg(int64(account)))
	return db.receivedPage(ctx, v, b, cursor, limit)
}

// Quarantine returns what arrived and could not be understood, newest first, with at
// most the first 2,000 characters of the raw bytes.
func (db *DB) Quarantine(ctx context.Context, v actor.Viewer, cursor string, limit int) (items []inbox.ReceivedEvent, next string, err error) {
	b := &builder{}
	b.add("SELECT ", receivedCols, ", substr(r.raw, 1, 2000) FROM received r WHERE r.outcome = 'quarantined'")
	return db.receivedPage(ctx, v, b, cursor, limit)
}

// Quarantined returns one event of the quarantine with all of its raw bytes.
func (db *DB) Quarantined(ctx context.Context, v actor.Viewer, id int64) (ev inbox.ReceivedEvent, found bool, err error) {
	b := &builder{}
	b.add("SELECT ", receivedCols, ", r.raw FROM received r WHERE r.outcome = 'quarantined' AND r.id = ", b.arg(id))
	list, err := db.receivedRows(ctx, v, b, 1)
	if err != nil || len(list) == 0 {
		return inbox.ReceivedEvent{}, false, err
	}
	return list[0], true, nil
}

// receivedPage adds the place in the list to a query and reads one page.
func (db *DB) receivedPage(ctx context.Context, v actor.Viewer, b *builder, cursor string, limit int) ([]inbox.ReceivedEvent, string, error) {
	if cursor != "" {
		before, err := strconv.ParseInt(cursor, 10, 64)
		if err != nil || before <= 0 {
			return nil, "", errBadCursor
		}
		b.add(" AND r.id < ", b.arg(before))
	}
	list, err := db.receivedRows(ctx, v, b, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	return list[:limit], strconv.FormatInt(list[limit-1].ID, 10), nil
}

func (db *DB) receivedRows(ctx context.Context, v actor.Viewer, b *builder, limit int) ([]inbox.ReceivedEvent, error) {
	if v.Scope != actor.All {
		return nil, nil
	}
	b.add(" AND ", accountVisible(b, v, "r.account_id"), " ORDER BY r.id DESC LIMIT ", b.arg(int64(limit)))
	rows, err := db.query(ctx, b.text.String(), b.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []inbox.ReceivedEvent
	for rows.Next() {
		var r inbox.ReceivedEvent
		if err := rows.Scan(&r.ID, &r.AccountID, &r.Key, timeCol{&r.At}, &r.Outcome, &r.MessageID, &r.ConversationID, &r.Error, &r.Raw); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
