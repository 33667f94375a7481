package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley/channels"
	"parley/inbox"
)

const mediaCols = `message_id, position, kind, ref, name, type, size, state, file_id, tries, error`

var (
	mediaTable = newTable("message_media", mediaCols, ` ON CONFLICT (message_id, position) DO UPDATE SET
		state = excluded.state, file_id = excluded.file_id, tries = excluded.tries, error = excluded.error`)
	mediaOfMany = newKeys(`SELECT `+mediaCols+` FROM message_media WHERE message_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

func mediaArgs(args []any, r inbox.MediaRow) []any {
	words := ""
	if r.Error != (channels.Words{}) {
		words = jsonText(r.Error)
	}
	return append(args, int64(r.MessageID), r.Position, string(r.Kind), r.Ref, r.Name, r.Type, r.Size, string(r.State), int64(r.FileID), r.Tries, words)
}

func mediaDest(r *inbox.MediaRow) []any {
	return []any{&r.MessageID, &r.Position, &r.Kind, &r.Ref, &r.Name, &r.Type, &r.Size, &r.State, &r.FileID, &r.Tries, jsonCol{&r.Error}}
}

// mediaOf asks for the files that messages announced.
func (db *DB) mediaOf(list []inbox.Message) []question {
	index := map[inbox.MessageID]int{}
	var ids []inbox.MessageID
	for i := range list {
		if len(list[i].Media) > 0 {
			ids = append(ids, list[i].ID)
			index[list[i].ID] = i
		}
	}
	return look(db, mediaOfMany, ids, idArg, func(row scanner) error {
		var r inbox.MediaRow
		err := row.Scan(mediaDest(&r)...)
		if i, ok := index[r.MessageID]; ok && err == nil && r.Position < int64(len(list[i].Media)) {
			list[i].Media[r.Position] = r.Media
		}
		return err
	})
}

// WaitingMedia returns what of a message is still to be fetched, what was tried least
// first, and the
// account that it came by.
func (db *DB) WaitingMedia(ctx context.Context, id inbox.MessageID) (account channels.AccountID, list []inbox.MediaRow, err error) {
	if _, err = db.one(ctx, `SELECT account_id FROM messages WHERE id = $1`, []any{int64(id)}, &account); err != nil {
		return 0, nil, fmt.Errorf("read message of media: %w", err)
	}
	err = db.each(ctx, `SELECT `+mediaCols+` FROM message_media WHERE message_id = $1 AND state = 'waiting' ORDER BY tries, position`,
		[]any{int64(id)}, func(row *sql.Rows) error {
			var r inbox.MediaRow
			err := row.Scan(mediaDest(&r)...)
			list = append(list, r)
			return err
		})
	if err != nil {
		return 0, nil, fmt.Errorf("read waiting media: %w", err)
	}
	return account, list, nil
}
