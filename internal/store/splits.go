package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/inbox"
)

// splitSteps give messages of a conversation ($1) behind a place ($3) to another one ($2), with
// what hangs on them. joinSteps give them back.
//
// Left where they are: lines of the timeline that are of no single message, runs and timers of triggers, clocks, the log of
// events, mails to who was away, offers, absences and pins, which say what was true of the first
// part; where it ends with the split, clocks that run go along (see PassDeadlines) and timers find nobody who waits. What is missing
// of a thread stays missing there. Leads and requests are found by whose they are, and the
// second part names those of the first. Labels and followers are copied, drafts moved, by package
// inbox. What hangs on messages alone (files, mails, buttons, parts, words of the search index)
// has its conversation from them.
var splitSteps = []string{
	`UPDATE outbox SET conversation_id = $2, seq = seq - $3 WHERE conversation_id = $1 AND seq > $3`,
	`UPDATE amendments SET conversation_id = $2, seq = seq - $3 WHERE conversation_id = $1 AND seq > $3 AND message_id IN (SELECT id FROM messages WHERE conversation_id = $1 AND seq > $3)`,
	`UPDATE notifications SET conversation_id = $2 WHERE conversation_id = $1 AND message_id IN (SELECT id FROM messages WHERE conversation_id = $1 AND seq > $3)`,
	// What was done to a message is told where it stands; see also forgetWords.
	`UPDATE timeline SET conversation_id = $2 WHERE conversation_id = $1 AND data LIKE '%"message_id"%'
		AND json_extract(data, '$.message_id') IN (SELECT CAST(id AS TEXT) FROM messages WHERE conversation_id = $1 AND seq > $3) -- only: sqlite
		AND CAST(data AS jsonb)->>'message_id' IN (SELECT CAST(id AS TEXT) FROM messages WHERE conversation_id = $1 AND seq > $3) -- only: postgres`,
	// A mail's id goes with it, so that what answers it comes where it is.
	`INSERT INTO threads (account_id, remote_id, conversation_id, arrived, root, direct, by_scope, by_address)
		SELECT DISTINCT t.account_id, t.remote_id, CAST($2 AS BIGINT), TRUE, FALSE, FALSE, '', '' FROM threads t JOIN messages m ON m.account_id = t.account_id AND m.remote_id = t.remote_id AND m.remote_id <> ''
		WHERE t.conversation_id = $1 AND t.arrived AND m.conversation_id = $1 AND m.seq > $3`,
	`DELETE FROM threads WHERE conversation_id = $1 AND arrived AND EXISTS (SELECT 1 FROM threads n WHERE n.conversation_id = $2 AND n.account_id = threads.account_id AND n.remote_id = threads.remote_id)`,
	`INSERT INTO participants (conversation_id, scope, address, name, position) SELECT CAST($2 AS BIGINT), scope, address, name, position FROM participants WHERE conversation_id = $1`,
	`INSERT INTO reads (agent_id, conversation_id, seq) SELECT r.agent_id, CAST($2 AS BIGINT), r.seq - $3 FROM agents a JOIN reads r ON r.agent_id = a.id AND r.conversation_id = $1 WHERE r.seq > $3`,
	`UPDATE reads SET seq = $3 WHERE conversation_id = $1 AND conversation_id <> $2 AND seq > $3 AND agent_id IN (SELECT id FROM agents)`,
}

// MoveTail implements inbox.Splits.
func (db *DB) MoveTail(ctx context.Context, from, to inbox.ConversationID, after int64) error {
	for _, step := range splitSteps {
		args := []any{int64(from), int64(to), after}
		if !strings.Contains(step, "$3") { // PostgreSQL refuses arguments that no text names
			args = args[:2]
		}
		if _, err := db.exec(ctx, step, args...); err != nil {
			return fmt.Errorf("move tail: %w", err)
		}
	}
	_, err := db.exec(ctx, `UPDATE messages SET conversation_id = $2, seq = seq - $3 WHERE conversation_id = $1 AND seq > $3`, int64(from), int64(to), after)
	if err != nil {
		return fmt.Errorf("move messages: %w", err)
	}
	return nil
}

// Ends implements inbox.Splits.
func (db *DB) Ends(ctx context.Context, c inbox.ConversationID) ([]inbox.Message, error) {
	const last = ` (SELECT id FROM messages WHERE conversation_id = $1 AND seq IS NOT NULL %s ORDER BY seq DESC LIMIT 1)`
	ids, err := db.column(ctx, `SELECT id FROM messages WHERE id IN`+fmt.Sprintf(last, "")+` OR id IN`+fmt.Sprintf(last, "AND kind = 'message'")+
		` OR id IN`+fmt.Sprintf(last, "AND kind = 'message' AND direction = 'inbound'")+` OR id IN`+fmt.Sprintf(last, "AND kind = 'message' AND direction = 'outbound'")+` ORDER BY seq`, int64(c))
	if err != nil {
		return nil, fmt.Errorf("find the ends: %w", err)
	}
	var out []inbox.Message
	for _, id := range ids {
		list, err := db.FeedMessages(ctx, []inbox.MessageID{inbox.MessageID(id)})
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// WaitsSince implements inbox.Splits.
func (db *DB) WaitsSince(ctx context.Context, c inbox.ConversationID) (since time.Time, err error) {
	_, err = db.one(ctx, `SELECT COALESCE(MIN(m.created_at), 0) FROM messages m LEFT JOIN mails e ON e.message_id = m.id
		WHERE m.conversation_id = $1 AND m.kind = 'message' AND m.direction = 'inbound' AND COALESCE(e.nature, '') = '' AND m.seq > COALESCE((SELECT MAX(x.seq) FROM messages x
			WHERE x.conversation_id = $1 AND x.kind = 'message' AND x.direction = 'outbound' AND x.cause_kind IN ('agent', 'api', 'network')), 0)`, []any{int64(c)}, timeCol{&since})
	return since, err
}

// PassDeadlines implements inbox.Splits.
func (db *DB) PassDeadlines(ctx context.Context, from, to inbox.ConversationID, waits time.Time) error {
	passed, err := db.column(ctx, `SELECT k.id FROM clocks k WHERE k.conversation_id = $1 AND k.ended_at = 0 AND (k.metric = 'resolution' OR k.started_at = $3)
		AND NOT EXISTS (SELECT 1 FROM clocks o WHERE o.conversation_id = $2 AND o.ended_at = 0 AND (o.metric = 'resolution') = (k.metric = 'resolution'))`,
		int64(from), int64(to), micros(waits))
	if err != nil {
		return fmt.Errorf("find deadlines to pass on: %w", err)
	}
	for _, id := range passed { // two at most
		for _, query := range []string{`UPDATE clocks SET conversation_id = $2 WHERE id = $1`, `UPDATE clock_pauses SET conversation_id = $2 WHERE clock_id = $1`} {
			if _, err := db.exec(ctx, query, id, int64(to)); err != nil {
				return fmt.Errorf("pass deadline on: %w", err)
			}
		}
	}
	if len(passed) == 0 {
		return nil
	}
	return db.agreeDue(ctx, []inbox.ConversationID{from, to})
}

// OnItsWay implements inbox.Splits.
func (db *DB) OnItsWay(ctx context.Context, c inbox.ConversationID) (bool, error) {
	var id int64
	return db.one(ctx, `SELECT message_id FROM outbox WHERE conversation_id = $1 AND state <> 'uncertain' LIMIT 1`, []any{int64(c)}, &id)
}

// InsertSplit implements inbox.Splits.
func (db *DB) InsertSplit(ctx context.Context, sp inbox.Split) error {
	_, err := db.exec(ctx, `INSERT INTO splits (id, kept_id, new_id, after_seq, at, cause_kind, cause_id, before, undone_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)`,
		int64(sp.ID), int64(sp.Kept), int64(sp.New), sp.After, micros(sp.At), string(sp.Cause.Kind), sp.Cause.ID, jsonText(sp.Before))
	if err != nil {
		return fmt.Errorf("insert split: %w", err)
	}
	return nil
}

// SplitByID implements inbox.Splits.
func (db *DB) SplitByID(ctx context.Context, id inbox.SplitID) (sp inbox.Split, found bool, err error) {
	found, err = db.one(ctx, `SELECT id, kept_id, new_id, after_seq, at, cause_kind, cause_id, before, undone_at FROM splits WHERE id = $1`, []any{int64(id)},
		&sp.ID, &sp.Kept, &sp.New, &sp.After, timeCol{&sp.At}, &sp.Cause.Kind, &sp.Cause.ID, jsonCol{&sp.Before}, timeCol{&sp.UndoneAt})
	return sp, found, err
}

// EndSplit implements inbox.Splits.
func (db *DB) EndSplit(ctx context.Context, id inbox.SplitID, at time.Time) error {
	_, err := db.exec(ctx, `UPDATE splits SET undone_at = $2 WHERE id = $1`, int64(id), micros(at))
	return err
}
