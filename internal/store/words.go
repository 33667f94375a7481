package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"parley/inbox"
)

// forgetWords takes what deleted messages said before they were edited out of the timeline. That they were edited stays.
// A note can be brought back: what it said goes later, with the rest of it.
func (db *DB) forgetWords(ctx context.Context, messages []*inbox.Message) error {
	for _, m := range messages {
		if m.DeletedAt.IsZero() || m.Kind == inbox.KindNote {
			continue
		}
		if err := db.forgetEdits(ctx, m.ConversationID, m.ID); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) forgetEdits(ctx context.Context, c inbox.ConversationID, m inbox.MessageID) error {
	err := db.later(ctx, `
		UPDATE timeline SET data = json_remove(data, '$.was') -- only: sqlite
		UPDATE timeline SET data = CAST(CAST(data AS jsonb) - 'was' AS text) -- only: postgres
		WHERE conversation_id = $1 AND type = 'edited' AND data LIKE $2`, int64(c), `%"message_id":%"`+strconv.FormatInt(int64(m), 10)+`"%`)
	if err != nil {
		return fmt.Errorf("forget words of a deleted message: %w", err)
	}
	return nil
}

// forgetNotes empties notes that were deleted before a time, at most limit, and tells how many. Their files are uploads again
// that nobody took, which go in their turn. messages_deleted_notes finds them.
func (db *DB) forgetNotes(ctx context.Context, before time.Time, limit int) (int64, error) {
	var notes, in []int64
	err := db.each(ctx, `SELECT id, conversation_id FROM messages WHERE kind = 'note' AND deleted_at > 0 AND deleted_at < $1
		AND (text <> '' OR html <> '' OR files > 0) ORDER BY deleted_at LIMIT $2
		FOR UPDATE -- only: postgres
		`, []any{micros(before), int64(limit)}, func(row *sql.Rows) error {
		var note, c int64
		err := row.Scan(&note, &c)
		notes, in = append(notes, note), append(in, c)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("find deleted notes: %w", err)
	}
	for i, note := range notes {
		for _, query := range []string{
			`UPDATE files SET used = FALSE WHERE id IN (SELECT file_id FROM message_files WHERE message_id = $1)`,
			`DELETE FROM message_files WHERE message_id = $1`,
			`DELETE FROM note_mentions WHERE message_id = $1`,
			`UPDATE messages SET text = '', html = '', files = 0 WHERE id = $1`,
		} {
			if err := db.later(ctx, query, note); err != nil {
				return 0, fmt.Errorf("empty a deleted note: %w", err)
			}
		}
		if err := db.forgetEdits(ctx, inbox.ConversationID(in[i]), inbox.MessageID(note)); err != nil {
			return 0, err
		}
	}
	return int64(len(notes)), nil
}

var deletedOfMany = newKeys(`SELECT id FROM messages WHERE deleted_at <> 0 AND id IN (SELECT column1 FROM %s AS v)`, "BIGINT")

// hideWords takes what deleted messages said before they were edited out of lines of the timeline that are to be shown.
func (db *DB) hideWords(ctx context.Context, items []inbox.TimelineItem) error {
	said := map[int64][]map[string]any{}
	var ids []int64
	for _, item := range items {
		if item.Entry == nil || item.Entry.Type != "edited" || item.Entry.Data["was"] == nil {
			continue
		}
		text, _ := item.Entry.Data["message_id"].(string)
		if id, err := strconv.ParseInt(text, 10, 64); err == nil {
			ids, said[id] = append(ids, id), append(said[id], item.Entry.Data)
		}
	}
	return lookup(ctx, db, deletedOfMany, ids, plainID, func(row scanner) error {
		var id int64
		err := row.Scan(&id)
		for _, data := range said[id] {
			delete(data, "was")
		}
		return err
	})
}
