package store

import (
	"context"
	"fmt"
	"strconv"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
)

const receivedCols = "r.id, r.account_id, r.key, r.at, r.outcome, r.message_id, COALESCE(m.conversation_id, r.conversation_id), r.error"

// duplicateCols are the same of what came in again.
const duplicateCols = "r.id, r.account_id, r.key, r.at, 'duplicate', r.message_id, COALESCE(m.conversation_id, r.conversation_id), '', ''"

const receivedFrom = " FROM received r LEFT JOIN messages m ON m.id = r.message_id WHERE "

// Received returns what came in for an account, newest first, without the raw bytes; of
// what came in again one line tells of the last time. Cursor is "" or the next of the
// page before; limit must be positive. Whoever is kept from some conversations of the
// account sees none of it: the log speaks of all.
func (db *DB) Received(ctx context.Context, v actor.Viewer, account channels.AccountID, cursor string, limit int) (items []inbox.ReceivedEvent, next string, err error) {
	if v.Scope != actor.All {
		return nil, "", nil
	}
	place, err := placeBefore(cursor, "r.id")
	if err != nil {
		return nil, "", err
	}
	b := &builder{}
	part := func(cols, from string) {
		b.add("SELECT * FROM (SELECT ", cols, from, "r.account_id = ", b.arg(int64(account)), place(b), " AND ", accountVisible(b, v, "r.account_id"),
			" ORDER BY r.id DESC LIMIT ", b.arg(int64(limit+1)), ") AS ", "p")
	}
	part(receivedCols+", ''", receivedFrom)
	b.add(" UNION ALL ")
	part(duplicateCols, " FROM duplicates r LEFT JOIN messages m ON m.id = r.message_id WHERE ")
	b.add(" ORDER BY 1 DESC LIMIT ", b.arg(int64(limit+1)))
	return db.cutPage(ctx, b, limit)
}

// Quarantine returns what arrived and could not be understood, newest first, with at
// most the first 2,000 characters of the raw bytes.
func (db *DB) Quarantine(ctx context.Context, v actor.Viewer, cursor string, limit int) (items []inbox.ReceivedEvent, next string, err error) {
	b := &builder{}
	b.add("SELECT ", receivedCols, ", substr(r.raw, 1, 2000)", receivedFrom, "r.outcome = 'quarantined'")
	return db.receivedPage(ctx, v, b, cursor, limit)
}

// quarantineCounted is how many events of the quarantine are counted; a page shows more as "1000+".
const quarantineCounted = 1000

// QuarantineSizes tells how many of the newest events in quarantine are which account's, as
// far as the viewer may see them.
func (db *DB) QuarantineSizes(ctx context.Context, v actor.Viewer) (map[channels.AccountID]int, error) {
	sizes := map[channels.AccountID]int{}
	if v.Scope != actor.All {
		return sizes, nil
	}
	b := &builder{}
	b.add("SELECT r.account_id FROM received r WHERE r.outcome = 'quarantined' AND ", accountVisible(b, v, "r.account_id"),
		" ORDER BY r.id DESC LIMIT ", b.arg(int64(quarantineCounted)))
	rows, err := db.query(ctx, b.text.String(), b.args...)
	if err != nil {
		return nil, fmt.Errorf("count quarantine: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id channels.AccountID
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("count quarantine: %w", err)
		}
		sizes[id]++
	}
	return sizes, rows.Err()
}

// Quarantined returns one event of the quarantine with all of its raw bytes, and the file
// that it came in.
func (db *DB) Quarantined(ctx context.Context, v actor.Viewer, id int64) (ev inbox.ReceivedEvent, found bool, err error) {
	b := &builder{}
	b.add("SELECT ", receivedCols, ", r.raw", receivedFrom, "r.outcome = 'quarantined' AND r.id = ", b.arg(id))
	list, _, err := db.receivedPage(ctx, v, b, "", 1)
	if err != nil || len(list) == 0 {
		return inbox.ReceivedEvent{}, false, err
	}
	_, err = db.one(ctx, `SELECT hash FROM event_blobs WHERE received_id = $1 ORDER BY hash LIMIT 1`, []any{id}, &list[0].Original)
	return list[0], true, err
}

// receivedPage adds the place in the list to a query and reads one page.
func (db *DB) receivedPage(ctx context.Context, v actor.Viewer, b *builder, cursor string, limit int) ([]inbox.ReceivedEvent, string, error) {
	if v.Scope != actor.All {
		return nil, "", nil
	}
	place, err := placeBefore(cursor, "r.id")
	if err != nil {
		return nil, "", err
	}
	b.add(place(b), " AND ", accountVisible(b, v, "r.account_id"), " ORDER BY r.id DESC LIMIT ", b.arg(int64(limit+1)))
	return db.cutPage(ctx, b, limit)
}

// placeBefore is the condition that goes on after a cursor.
func placeBefore(cursor, column string) (func(b *builder) string, error) {
	if cursor == "" {
		return func(*builder) string { return "" }, nil
	}
	before, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || before <= 0 {
		return nil, errBadCursor
	}
	return func(b *builder) string { return " AND " + column + " < " + b.arg(before) }, nil
}

// cutPage reads one row more than a page holds, to know whether there is another.
func (db *DB) cutPage(ctx context.Context, b *builder, limit int) ([]inbox.ReceivedEvent, string, error) {
	list, err := db.receivedRows(ctx, b)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	return list[:limit], strconv.FormatInt(list[limit-1].ID, 10), nil
}

func (db *DB) receivedRows(ctx context.Context, b *builder) ([]inbox.ReceivedEvent, error) {
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
