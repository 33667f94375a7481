package store

import (
	"context"

	"parley/inbox"
)

// queueTable adds messages to the outbox. One that is there already, because its last
// attempt was uncertain, begins anew: its token is void, so that the old attempt can
// no longer settle it, and its attempts are counted on. What is being sent is left alone.
var (
	queueTable = newTable("outbox", "message_id, account_id, conversation_id, seq, state, not_before",
		` ON CONFLICT (message_id) DO UPDATE SET state = excluded.state, not_before = excluded.not_before, token = '', since = 0
		WHERE outbox.state <> 'sending'`)
	unqueue = newKeys(`DELETE FROM outbox WHERE state <> 'sending' AND message_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

// saveOutbox takes messages out of the outbox and puts others in. A message in both
// lists is queued again and keeps the number of its attempts.
func (db *DB) saveOutbox(ctx context.Context, ch *inbox.Changes) error {
	again := make(map[inbox.MessageID]bool, len(ch.Queue))
	for _, o := range ch.Queue {
		again[o.MessageID] = true
	}
	var gone []inbox.MessageID
	for _, id := range ch.Unqueue {
		if !again[id] {
			gone = append(gone, id)
		}
	}
	if len(ch.Queue) > 0 || len(gone) > 0 {
		leave(ctx, OutboxQueued) // what is gone may have been in another's way
	}
	if err := change(ctx, db, unqueue, gone, idArg); err != nil {
		return err
	}
	return put(ctx, db, queueTable, ch.Queue, func(args []any, o inbox.OutboxItem) []any {
		return append(args, int64(o.MessageID), int64(o.AccountID), int64(o.ConversationID), o.Seq, "queued", micros(o.NotBefore))
	})
}

// change runs a statement on all items; see lookup.
func change[T any](ctx context.Context, db *DB, k *keys, items []T, values func(args []any, item T) []any) error {
	for len(items) > 0 {
		n := min(len(items), maxChunk)
		text, args := k.ask(db.engine, n, func(args []any, i int) []any { return values(args, items[i]) })
		if err := db.later(ctx, text, args...); err != nil {
			return err
		}
		items = items[n:]
	}
	return nil
}
