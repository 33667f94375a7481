package store

import (
	"context"

	"parley/inbox"
)

// conversationActivity writes what every message changes, and only that: a database
// touches the indexes of the columns that a statement names, or that differ, and a
// conversation has many.
var conversationActivity = newUpdate("conversations", []column{
	{"seq", "bigint"}, {"last_text", "text"}, {"last_direction", "text"}, {"last_at", "bigint"}, {"last_inbound_at", "bigint"},
	{"last_outbound_at", "bigint"}, {"updated_at", "bigint"},
	{"answer_id", "bigint"}, {"last_author", "text"}, {"wrote_at", "bigint"},
})

func activityArgs(args []any, c *inbox.Conversation) []any {
	return append(args, int64(c.ID), c.Seq, c.LastText, string(c.LastDirection), micros(c.LastAt), micros(c.LastInboundAt),
		micros(c.LastOutboundAt), micros(c.UpdatedAt), int64(c.AnswerID), c.LastAuthor, micros(c.WroteAt))
}

// activeOnly tells whether two states of a conversation differ in nothing but what
// conversationActivity writes.
func activeOnly(was inbox.Conversation, is *inbox.Conversation) bool {
	was.Seq, was.LastText, was.LastDirection, was.LastAt = is.Seq, is.LastText, is.LastDirection, is.LastAt
	was.LastInboundAt, was.LastOutboundAt, was.UpdatedAt = is.LastInboundAt, is.LastOutboundAt, is.UpdatedAt
	was.AnswerID, was.LastAuthor, was.WroteAt = is.AnswerID, is.LastAuthor, is.WroteAt
	return was == *is
}

// remember keeps a conversation as it was read under lock in the transaction of ctx.
func remember(ctx context.Context, c *inbox.Conversation) {
	t := txOf(ctx)
	if t == nil {
		return
	}
	if t.read == nil {
		t.read = map[inbox.ConversationID]inbox.Conversation{}
	}
	t.read[c.ID] = *c
}

// saveConversations writes the activity of those that had nothing else, and all of the others.
func (db *DB) saveConversations(ctx context.Context, list []*inbox.Conversation) error {
	t := txOf(ctx)
	if t == nil {
		return errOutside
	}
	var active, leaving, whole []*inbox.Conversation
	for _, c := range list {
		switch was, known := t.read[c.ID]; {
		case known && activeOnly(was, c):
			active = append(active, c)
		case known && holdsThread(&was) && !holdsThread(c):
			leaving = append(leaving, c)
		default:
			whole = append(whole, c)
		}
		remember(ctx, c)
	}
	if err := amend(ctx, db, conversationActivity, active, activityArgs); err != nil {
		return err
	}
	if err := put(ctx, db, conversationTable, leaving, conversationArgs); err != nil {
		return err
	}
	return put(ctx, db, conversationTable, whole, conversationArgs)
}

// holdsThread tells whether a conversation is the open one of its thread. There is one at
// most, at every moment: who leaves that place is saved before whoever takes it.
func holdsThread(c *inbox.Conversation) bool { return c.Status != inbox.Closed && c.MergedInto == 0 }
