package store

import (
	"context"
	"database/sql"

	"parley/inbox"
)

// Draft returns what an agent has begun to write in a conversation.
func (db *DB) Draft(ctx context.Context, agent inbox.AgentID, c inbox.ConversationID) (inbox.Draft, bool, error) {
	var d inbox.Draft
	found, err := db.one(ctx, `SELECT kind, text, html, head, buttons, files, version, updated_at FROM drafts WHERE agent_id = $1 AND conversation_id = $2`,
		[]any{int64(agent), int64(c)}, &d.Kind, &d.Text, &d.HTML, &d.Head, jsonCol{&d.Buttons}, jsonCol{&d.Files}, &d.Version, timeCol{&d.UpdatedAt})
	return d, found, err
}

// DraftsIn returns everybody's drafts in a conversation; they are found by whose they are.
func (db *DB) DraftsIn(ctx context.Context, c inbox.ConversationID) (map[inbox.AgentID]inbox.Draft, error) {
	out := map[inbox.AgentID]inbox.Draft{}
	err := db.each(ctx, `SELECT d.agent_id, d.kind, d.text, d.html, d.head, d.buttons, d.files, d.version, d.updated_at
		FROM agents a CROSS JOIN drafts d WHERE d.agent_id = a.id AND d.conversation_id = $1`, []any{int64(c)}, func(row *sql.Rows) error {
		var agent inbox.AgentID
		var d inbox.Draft
		err := row.Scan(&agent, &d.Kind, &d.Text, &d.HTML, &d.Head, jsonCol{&d.Buttons}, jsonCol{&d.Files}, &d.Version, timeCol{&d.UpdatedAt})
		out[agent] = d
		return err
	})
	return out, err
}

// PutDraft stores a draft whose version is the stored one, or any where none is stored: what
// it follows has left since. A new one begins with a version that none before it had, so that
// an answer that names its draft never takes a later one along: that of the clock, and behind what
// it follows, should the clock have been set back.
func (db *DB) PutDraft(ctx context.Context, agent inbox.AgentID, c inbox.ConversationID, d inbox.Draft) (int64, bool, error) {
	files := jsonText(d.Files)
	if len(d.Files) == 0 {
		files = "[]"
	}
	buttons := ""
	if len(d.Buttons) > 0 {
		buttons = jsonText(d.Buttons)
	}
	n, err := db.exec(ctx, `UPDATE drafts SET kind = $3, text = $4, html = $5, head = $6, files = $7, version = version + 1, updated_at = $8, buttons = $10
		WHERE agent_id = $1 AND conversation_id = $2 AND version = $9`,
		int64(agent), int64(c), string(d.Kind), d.Text, d.HTML, d.Head, files, micros(d.UpdatedAt), d.Version, buttons)
	if err != nil || n > 0 {
		return d.Version + 1, n > 0, err
	}
	version := max(micros(d.UpdatedAt), 1)
	if d.Version < mostVersion {
		version = max(version, d.Version+1)
	}
	n, err = db.exec(ctx, `INSERT INTO drafts (agent_id, conversation_id, kind, text, html, head, files, version, updated_at, buttons)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (agent_id, conversation_id) DO NOTHING`,
		int64(agent), int64(c), string(d.Kind), d.Text, d.HTML, d.Head, files, version, micros(d.UpdatedAt), buttons)
	return version, n > 0, err
}

// mostVersion is beyond all that clocks come to: a caller who says so follows nothing of ours.
const mostVersion = 1 << 52

// DeleteDraft throws a draft away.
func (db *DB) DeleteDraft(ctx context.Context, agent inbox.AgentID, c inbox.ConversationID) error {
	_, err := db.exec(ctx, `DELETE FROM drafts WHERE agent_id = $1 AND conversation_id = $2`, int64(agent), int64(c))
	return err
}

// DeleteDraftOf throws a draft away if it still has this version.
func (db *DB) DeleteDraftOf(ctx context.Context, agent inbox.AgentID, c inbox.ConversationID, version int64) error {
	_, err := db.exec(ctx, `DELETE FROM drafts WHERE agent_id = $1 AND conversation_id = $2 AND version = $3`, int64(agent), int64(c), version)
	return err
}
