package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
)

// messageSelect reads messages with their authors' names.
var messageSelect = `SELECT ` + prefixed("m", messageCols) + `, COALESCE(g.name, p.name, k.name, ''), ` + mailColsOfE + `, COALESCE(t.content, '') FROM messages m` + mailsOf + interactivesOf + `
	LEFT JOIN agents g ON m.author_kind = 'agent' AND g.id = m.author_id
	LEFT JOIN contacts p ON m.author_kind = 'contact' AND p.id = m.author_id
	LEFT JOIN api_keys k ON m.author_kind = 'api' AND k.id = m.author_id `

func (db *DB) messages(ctx context.Context, where string, args ...any) ([]inbox.Message, error) {
	var out []inbox.Message
	if err := db.ask(ctx, db.messagesWhere(&out, where, args...)); err != nil {
		return nil, err
	}
	return out, db.fill(ctx, out)
}

// messagesWhere asks for messages, without what they have in other tables.
func (db *DB) messagesWhere(out *[]inbox.Message, where string, args ...any) question {
	return question{text: db.on(messageSelect + where), args: args, scan: func(r scanner) error {
		var m messageRow
		if err := r.Scan(m.shown()...); err != nil {
			return err
		}
		m.counted()
		*out = append(*out, m.Message)
		return nil
	}}
}

// fill gives messages what they have in other tables, and leaves nothing in those that were deleted: whatever is shown of
// messages is read this way.
func (db *DB) fill(ctx context.Context, list []inbox.Message) error {
	for i := range list {
		if !list[i].DeletedAt.IsZero() {
			list[i].Empty()
		}
	}
	return db.ask(ctx, slices.Concat(db.filesOf(list), db.mediaOf(list), db.waysOf(list), db.amendmentsOf(list))...)
}

var filesOfMany = newKeys(`SELECT x.message_id, x.position, f.id, f.hash, f.name, f.type, f.size, f.owner_kind, f.owner_id, f.created_at, x.content_id, x.inline
	FROM message_files x JOIN files f ON f.id = x.file_id WHERE x.message_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")

// filesOf asks for the attachments of messages.
func (db *DB) filesOf(list []inbox.Message) []question {
	index := map[inbox.MessageID]int{}
	var ids []inbox.MessageID
	for i := range list {
		if len(list[i].Files) > 0 {
			ids = append(ids, list[i].ID)
			index[list[i].ID] = i
		}
	}
	return look(db, filesOfMany, ids, idArg, func(row scanner) error {
		var id inbox.MessageID
		var position int
		var f inbox.File
		err := row.Scan(&id, &position, &f.ID, &f.Hash, &f.Name, &f.Type, &f.Size, &f.OwnerKind, &f.OwnerID, timeCol{&f.CreatedAt}, &f.ContentID, &f.Inline)
		if i, ok := index[id]; ok && err == nil && position < len(list[i].Files) {
			list[i].Files[position] = f
		}
		return err
	})
}

// seesConversation tells whether the viewer may see a conversation.
func (db *DB) seesConversation(ctx context.Context, v actor.Viewer, id inbox.ConversationID) (sees bool, err error) {
	err = db.ask(ctx, db.sight(&sees, v, id))
	return sees, err
}

// sight asks whether the viewer may see a conversation.
func (db *DB) sight(sees *bool, v actor.Viewer, id inbox.ConversationID) question {
	b := &builder{}
	b.add("SELECT c.id FROM conversations c WHERE c.id = ", b.arg(int64(id)), " AND ", visible(b, v, sightOf("c", "assignee_id")))
	return question{text: db.on(b.text.String()), args: b.args, scan: func(r scanner) error {
		*sees = true
		return r.Scan(new(int64))
	}}
}

// Messages returns a piece of a conversation that the viewer may see.
func (db *DB) Messages(ctx context.Context, v actor.Viewer, c inbox.ConversationID, f inbox.MessageFilter) (inbox.MessagePage, bool, error) {
	var page inbox.MessagePage
	sees, limit := false, int64(f.Limit+1)
	questions := []question{
		db.sight(&sees, v, c),
		db.messagesWhere(&page.Items, `WHERE m.conversation_id = $1 AND m.seq > $2 ORDER BY m.seq LIMIT $3`, int64(c), f.AfterSeq, limit),
		db.messagesWhere(&page.Pending, `WHERE m.conversation_id = $1 AND m.seq IS NULL ORDER BY m.release_at, m.id LIMIT 100`, int64(c)),
	}
	if f.Last || f.BeforeSeq > 0 {
		before := f.BeforeSeq
		if f.Last {
			before = 1 << 62
		}
		questions[1] = db.messagesWhere(&page.Items, `WHERE m.conversation_id = $1 AND m.seq < $2 ORDER BY m.seq DESC LIMIT $3`, int64(c), before, limit)
	}
	if err := db.ask(ctx, questions...); err != nil {
		return inbox.MessagePage{}, false, fmt.Errorf("read messages: %w", err)
	}
	if !sees {
		return inbox.MessagePage{}, false, nil
	}
	if page.More = len(page.Items) > f.Limit; page.More {
		page.Items = page.Items[:f.Limit] // one was read only to know whether there is more
	}
	if f.Last || f.BeforeSeq > 0 {
		slices.Reverse(page.Items)
	}
	all := slices.Concat(page.Items, page.Pending)
	if err := db.fill(ctx, all); err != nil {
		return inbox.MessagePage{}, false, fmt.Errorf("read what messages have: %w", err)
	}
	page.Items, page.Pending = all[:len(page.Items)], all[len(page.Items):]
	return page, true, nil
}

// Message returns one message of a conversation that the viewer may see.
func (db *DB) Message(ctx context.Context, v actor.Viewer, id inbox.MessageID) (inbox.Message, bool, error) {
	b := &builder{}
	b.add("JOIN conversations c ON c.id = m.conversation_id WHERE m.id = ", b.arg(int64(id)), " AND ", visible(b, v, sightOf("c", "assignee_id")))
	list, err := db.messages(ctx, b.text.String(), b.args...)
	if err != nil || len(list) == 0 {
		return inbox.Message{}, false, err
	}
	return list[0], true, nil
}

// readBack is how many messages before the one that was read can turn read with it, so
// that reading costs the same in a conversation of any length.
const readBack = 200

// ReadInbound turns received messages up to a sequence number into read ones and
// returns the last of them.
func (db *DB) ReadInbound(ctx context.Context, c inbox.ConversationID, seq int64, now time.Time) (last inbox.MessageID, found bool, err error) {
	highest := int64(0)
	err = db.each(ctx, `UPDATE messages SET state = 'read', updated_at = $1
		WHERE conversation_id = $2 AND seq <= $3 AND seq > $4 AND direction = 'inbound' AND state = 'received' RETURNING id, seq`,
		[]any{micros(now), int64(c), seq, seq - readBack}, func(r *sql.Rows) error {
			var id inbox.MessageID
			var at int64
			if err := r.Scan(&id, &at); err != nil {
				return err
			}
			if at > highest {
				highest, last = at, id
			}
			return nil
		})
	return last, highest > 0, err
}

// NewerMessages returns messages, not notes, after a sequence number.
func (db *DB) NewerMessages(ctx context.Context, c inbox.ConversationID, seq int64) ([]inbox.Message, error) {
	return db.messages(ctx, `WHERE m.conversation_id = $1 AND m.seq > $2 AND m.kind = 'message' ORDER BY m.seq LIMIT 100`, int64(c), seq)
}

// LeavingMessages returns answers that wait for their release, which is due by then.
func (db *DB) LeavingMessages(ctx context.Context, c inbox.ConversationID, by time.Time) ([]inbox.Message, error) {
	return db.messages(ctx, `WHERE m.conversation_id = $1 AND m.seq IS NULL AND m.state = 'scheduled' AND m.release_at <= $2 ORDER BY m.release_at, m.id LIMIT 100`, int64(c), micros(by))
}

// LockMessage returns a message for changing it; its conversation must be locked.
func (db *DB) LockMessage(ctx context.Context, id inbox.MessageID) (*inbox.Message, bool, error) {
	var m messageRow
	found, err := db.one(ctx, `SELECT `+messageCols+` FROM messages WHERE id = $1
		FOR UPDATE -- only: postgres
		`, []any{int64(id)}, m.dest()...)
	m.counted()
	return &m.Message, found, err
}

// DeleteMessage removes an unreleased message; its files can be attached again.
func (db *DB) DeleteMessage(ctx context.Context, id inbox.MessageID) error {
	if _, err := db.exec(ctx, `UPDATE files SET used = FALSE WHERE id IN (SELECT file_id FROM message_files WHERE message_id = $1)`, int64(id)); err != nil {
		return err
	}
	if _, err := db.exec(ctx, `DELETE FROM message_files WHERE message_id = $1`, int64(id)); err != nil {
		return err
	}
	if _, err := db.exec(ctx, `DELETE FROM message_media WHERE message_id = $1`, int64(id)); err != nil {
		return err
	}
	if _, err := db.exec(ctx, `DELETE FROM interactives WHERE message_id = $1`, int64(id)); err != nil {
		return err
	}
	if _, err := db.exec(ctx, `DELETE FROM mails WHERE message_id = $1`, int64(id)); err != nil {
		return err
	}
	_, err := db.exec(ctx, `DELETE FROM messages WHERE id = $1 AND seq IS NULL`, int64(id))
	return err
}

// FilesForSending returns the named files as far as owner uploaded them and they are
// not attached yet, in the given order. They stay locked until the transaction ends, so
// that no two answers take one.
func (db *DB) FilesForSending(ctx context.Context, owner inbox.FileOwner, ids []inbox.FileID) ([]inbox.File, error) {
	have := map[inbox.FileID]inbox.File{}
	err := lookup(ctx, db, filesByID, ids, idArg, func(row scanner) error {
		var f inbox.File
		var ref string
		var used bool
		err := row.Scan(&f.ID, &f.Hash, &f.Name, &f.Type, &f.Size, &f.OwnerKind, &f.OwnerID, &ref, &used, timeCol{&f.CreatedAt})
		if err == nil && !used && f.OwnerKind == owner.Kind && f.OwnerID == owner.ID && ref == owner.Ref {
			have[f.ID] = f
		}
		return err
	})
	var out []inbox.File
	for _, id := range ids {
		if f, ok := have[id]; ok {
			out = append(out, f)
			delete(have, id)
		}
	}
	return out, err
}

var filesByID = newKeys(`SELECT id, hash, name, type, size, owner_kind, owner_id, owner_ref, used, created_at FROM files
	WHERE id IN (SELECT column1 FROM %s AS v) ORDER BY id
	FOR UPDATE -- only: postgres
	`, "BIGINT")
