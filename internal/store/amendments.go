package store

import (
	"context"
	"database/sql"

	"parley/inbox"
)

const amendmentCols = `id, message_id, account_id, conversation_id, kind, text, html, emoji, cause_kind, cause_id, cause_depth, asked_at, seq, place, state`

var (
	amendmentTable      = newTable("amendments", amendmentCols+", not_before", "")
	amendmentsTaken     = newKeys(`DELETE FROM amendments WHERE state <> 'sending' AND id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	amendmentsOfMessage = newKeys(`SELECT `+amendmentCols+`, error_code, error_text FROM amendments
		WHERE message_id IN (SELECT column1 FROM %s AS v) ORDER BY place, id`, "BIGINT")
)

func amendmentDest(a *inbox.Amendment) []any {
	return []any{&a.ID, &a.MessageID, &a.AccountID, &a.ConversationID, &a.Kind, &a.Text, &a.HTML, &a.Emoji, &a.Cause.Kind, &a.Cause.ID, &a.Cause.Depth,
		timeCol{&a.AskedAt}, &a.Seq, &a.Place, &a.State, &a.ErrorCode, &a.ErrorText}
}

// saveAmendments takes amendments back and queues new ones.
func (db *DB) saveAmendments(ctx context.Context, ch *inbox.Changes) error {
	if len(ch.Unamend) > 0 || len(ch.Amendments) > 0 {
		leave(ctx, OutboxQueued)
	}
	if err := change(ctx, db, amendmentsTaken, ch.Unamend, idArg); err != nil {
		return err
	}
	return put(ctx, db, amendmentTable, ch.Amendments, func(args []any, a *inbox.Amendment) []any {
		return append(args, int64(a.ID), int64(a.MessageID), int64(a.AccountID), int64(a.ConversationID), string(a.Kind), a.Text, a.HTML, a.Emoji,
			string(a.Cause.Kind), a.Cause.ID, int64(a.Cause.Depth), micros(a.AskedAt), a.Seq, a.Place, string(a.State), micros(a.AskedAt))
	})
}

// amendmentsOf asks what shall be changed of messages, and what our side's reactions are.
func (db *DB) amendmentsOf(list []inbox.Message) []question {
	index := make(map[inbox.MessageID]int, len(list))
	ids := make([]inbox.MessageID, 0, len(list))
	for i := range list {
		if list[i].Kind == inbox.KindMessage && list[i].DeletedAt.IsZero() {
			ids = append(ids, list[i].ID)
			index[list[i].ID] = i
		}
	}
	return look(db, amendmentsOfMessage, ids, idArg, func(row scanner) error {
		var a inbox.Amendment
		err := row.Scan(amendmentDest(&a)...)
		if i, ok := index[a.MessageID]; ok && err == nil {
			list[i].Amendments = append(list[i].Amendments, a)
		}
		return err
	})
}

// AmendmentsIn returns the amendments of a conversation's messages, in their order, and locks them.
func (db *DB) AmendmentsIn(ctx context.Context, c inbox.ConversationID) ([]inbox.Amendment, error) {
	var list []inbox.Amendment
	err := db.each(ctx, `SELECT `+amendmentCols+`, error_code, error_text FROM amendments WHERE conversation_id = $1 ORDER BY place, id
		FOR UPDATE -- only: postgres
		`, []any{int64(c)}, func(row *sql.Rows) error {
		var a inbox.Amendment
		err := row.Scan(amendmentDest(&a)...)
		list = append(list, a)
		return err
	})
	return list, err
}
