package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
)

// InsertMerge implements inbox.Merging.
func (db *DB) InsertMerge(ctx context.Context, m inbox.Merge) error {
	_, err := db.exec(ctx, `INSERT INTO conversation_merges (id, kept_id, gone_id, at, cause_kind, cause_id, before, undone_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)`,
		int64(m.ID), int64(m.Kept), int64(m.Gone), micros(m.At), string(m.Cause.Kind), m.Cause.ID, jsonText(m.Before))
	if err != nil {
		return fmt.Errorf("insert merge: %w", err)
	}
	return nil
}

const mergeCols = "m.id, m.kept_id, m.gone_id, m.at, m.cause_kind, m.cause_id, m.before, m.undone_at"

func mergeDest(m *inbox.Merge) []any {
	return []any{&m.ID, &m.Kept, &m.Gone, timeCol{&m.At}, &m.Cause.Kind, &m.Cause.ID, jsonCol{&m.Before}, timeCol{&m.UndoneAt}}
}

// ConversationMerge implements inbox.Merging.
func (db *DB) ConversationMerge(ctx context.Context, id inbox.MergeID) (m inbox.Merge, found bool, err error) {
	found, err = db.one(ctx, `SELECT `+mergeCols+` FROM conversation_merges m WHERE m.id = $1`, []any{int64(id)}, mergeDest(&m)...)
	return m, found, err
}

// MergesInto implements inbox.Merging.
func (db *DB) MergesInto(ctx context.Context, kept inbox.ConversationID) ([]inbox.Merge, error) {
	var out []inbox.Merge
	err := db.each(ctx, `SELECT `+mergeCols+` FROM conversations c JOIN conversation_merges m ON m.gone_id = c.id AND m.undone_at = 0 AND m.kept_id = c.merged_into
		WHERE c.merged_into = $1 AND c.merged_into <> 0 ORDER BY m.id`, []any{int64(kept)}, func(r *sql.Rows) error {
		var m inbox.Merge
		err := r.Scan(mergeDest(&m)...)
		out = append(out, m)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list merges: %w", err)
	}
	return out, nil
}

// NoteMerge implements inbox.Merging.
func (db *DB) NoteMerge(ctx context.Context, m inbox.Merge) error {
	if _, err := db.exec(ctx, `UPDATE conversation_merges SET before = $2 WHERE id = $1`, int64(m.ID), jsonText(m.Before)); err != nil {
		return fmt.Errorf("note merge: %w", err)
	}
	return nil
}

// EndMerge implements inbox.Merging.
func (db *DB) EndMerge(ctx context.Context, id inbox.MergeID, at time.Time) error {
	_, err := db.exec(ctx, `UPDATE conversation_merges SET undone_at = $2 WHERE id = $1`, int64(id), micros(at))
	return err
}

// Bounds of what is part of a conversation: how many there are of it, and how often those
// have parts themselves.
const (
	maxJoined = 100
	maxDepth  = 20
)

// joinedIDs finds what has become part of a conversation, directly or not.
func (db *DB) joinedIDs(ctx context.Context, v actor.Viewer, c inbox.ConversationID) ([]int64, error) {
	var all []int64
	level := []int64{int64(c)}
	for depth := 0; len(level) > 0 && depth < maxDepth && len(all) < maxJoined; depth++ {
		b := &builder{}
		b.add("SELECT c.id FROM conversations c WHERE c.merged_into <> 0 AND c.merged_into IN ", list(b, level), " AND ",
			visible(b, v, sightOf("c", "assignee_id")), " ORDER BY c.id LIMIT ", b.arg(int64(maxJoined)))
		level = nil
		err := db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
			var id int64
			err := r.Scan(&id)
			level = append(level, id)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("find what was merged: %w", err)
		}
		all = append(all, level...)
	}
	return all, nil
}

// Joined implements inbox.Merging. What is left of a split that was taken back is no conversation.
func (db *DB) Joined(ctx context.Context, v actor.Viewer, c inbox.ConversationID) ([]inbox.Joined, error) {
	ids, err := db.joinedIDs(ctx, v, c)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	b := &builder{}
	b.add("SELECT c.id, c.number, COALESCE(a.kind, ''), c.subject, c.seq, COALESCE(m.id, 0), COALESCE(m.at, c.closed_at) FROM conversations c LEFT JOIN accounts a ON a.id = c.account_id",
		" LEFT JOIN conversation_merges m ON m.gone_id = c.id AND m.undone_at = 0 AND m.kept_id = c.merged_into WHERE c.id IN ", list(b, ids),
		" AND NOT EXISTS (SELECT 1 FROM splits x WHERE x.new_id = c.id AND x.undone_at > 0) ORDER BY c.created_at, c.id")
	var out []inbox.Joined
	err = db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		var j inbox.Joined
		err := r.Scan(&j.ID, &j.Number, &j.AccountKind, &j.Subject, &j.Seq, &j.MergeID, timeCol{&j.At})
		out = append(out, j)
		return err
	})
	return out, err
}

// HasUnreleased implements inbox.Merging.
func (db *DB) HasUnreleased(ctx context.Context, c inbox.ConversationID) (bool, error) {
	var id int64
	return db.one(ctx, `SELECT id FROM messages WHERE conversation_id = $1 AND seq IS NULL LIMIT 1`, []any{int64(c)}, &id)
}
