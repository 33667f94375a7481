package store

import (
	"context"
	"encoding/json"

	"parley/inbox"
)

// mailCols are what a message has besides when it is a mail. Chats have no row.
const mailCols = `head, quoted, nature, warning, original`

// mailsOf joins them to messages m.
const (
	mailsOf     = ` LEFT JOIN mails e ON e.message_id = m.id `
	mailColsOfE = `COALESCE(e.head, ''), COALESCE(e.quoted, ''), COALESCE(e.nature, ''), COALESCE(e.warning, ''), COALESCE(e.original, '')`
)

var mailTable = newTable("mails", "message_id, "+mailCols, "")

func mailDest(m *inbox.Mail) []any {
	return []any{jsonCol{&m.Head}, &m.Quoted, &m.Nature, &m.Warning, &m.Original}
}

// shown is where a row of messageSelect goes.
func (m *messageRow) shown() []any {
	return append(append(append(m.dest(), &m.Author.Name), mailDest(&m.Mail)...), jsonCol{&m.Interactive})
}

// saveMails writes what new messages have besides.
func (db *DB) saveMails(ctx context.Context, list []*inbox.Message) error {
	var mails []*inbox.Message
	for _, m := range list {
		if m.IsMail() {
			mails = append(mails, m)
		}
	}
	return put(ctx, db, mailTable, mails, func(args []any, m *inbox.Message) []any {
		return append(args, int64(m.ID), headText(&m.Head), m.Quoted, string(m.Nature), m.Warning, m.Original)
	})
}

func headText(h *inbox.Head) string {
	text, err := json.Marshal(h)
	if err != nil {
		return ""
	}
	return string(text)
}

var eventBlobTable = newTable("event_blobs", "received_id, hash, at", " ON CONFLICT DO NOTHING")

// saveBlobs notes the stored files of events that made no message, as of the time of
// the events.
func (db *DB) saveBlobs(ctx context.Context, ch *inbox.Changes) error {
	if len(ch.Blobs) == 0 {
		return nil
	}
	at := map[int64]int64{}
	for _, r := range ch.Received {
		at[r.ID] = micros(r.At)
	}
	for _, d := range ch.Duplicates {
		at[d.ID] = micros(d.At)
	}
	return put(ctx, db, eventBlobTable, ch.Blobs, func(args []any, b inbox.EventBlob) []any {
		return append(args, b.ReceivedID, b.Hash, at[b.ReceivedID])
	})
}

var duplicateTable = newTable("duplicates", "account_id, key, id, at, times, message_id, conversation_id",
	` ON CONFLICT (account_id, key) DO UPDATE SET id = excluded.id, at = excluded.at, times = duplicates.times + excluded.times`)

func (db *DB) saveDuplicates(ctx context.Context, list []*inbox.Duplicate) error {
	return put(ctx, db, duplicateTable, list, func(args []any, d *inbox.Duplicate) []any {
		return append(args, int64(d.AccountID), string(d.Key), d.ID, micros(d.At), d.Times, int64(d.MessageID), int64(d.ConversationID))
	})
}

// saveLate corrects the log of events about those that were parked.
func (db *DB) saveLate(ctx context.Context, list []inbox.ReceivedEvent) error {
	for _, r := range list {
		if _, err := db.exec(ctx, `UPDATE received SET outcome = $3, message_id = $4, conversation_id = $5 WHERE account_id = $1 AND key = $2`,
			int64(r.AccountID), string(r.Key), string(r.Outcome), int64(r.MessageID), int64(r.ConversationID)); err != nil {
			return err
		}
	}
	return nil
}

// ParkedEvent returns an event that still waits for a message.
func (db *DB) ParkedEvent(ctx context.Context, id int64) (p inbox.Parked, found bool, err error) {
	found, err = db.one(ctx, `SELECT id, account_id, remote_id, event, at FROM parked WHERE id = $1`, []any{id},
		&p.ID, &p.AccountID, &p.RemoteID, jsonCol{&p.Event}, timeCol{&p.At})
	return p, found, err
}
