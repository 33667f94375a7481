package store

import (
	"context"
	"slices"

	"parley/inbox"
	"parley/inbox/intake"
)

// interactivesOf joins what messages m are besides text and files. Most have no row.
const interactivesOf = ` LEFT JOIN interactives t ON t.message_id = m.id `

var (
	interactiveTable = newTable("interactives", "message_id, content", "")
	// heldBack reads answers that wait for the contact to write, and those put off to a time that
	// the contact's writing takes back: more than a minute away, which no undo is.
	heldBack = newKeys(`SELECT conversation_id, id FROM messages WHERE seq IS NULL AND (state = 'held' OR state = 'scheduled' AND release_at - created_at > 60000000)
		AND conversation_id IN (SELECT column1 FROM %s AS v) ORDER BY id`, "BIGINT")
	// offers reads what the last message of ours offers in each conversation. Answers to
	// anything before it are no longer choices.
	offers = newKeys(`SELECT m.conversation_id, m.id, t.content FROM %s AS v CROSS JOIN messages m JOIN interactives t ON t.message_id = m.id
		WHERE m.id = (SELECT x.id FROM messages x WHERE x.conversation_id = v.column1 AND x.seq IS NOT NULL
			AND x.direction = 'outbound' AND x.kind = 'message' ORDER BY x.seq DESC LIMIT 1)`, "BIGINT")
)

// saveInteractives writes what new messages are besides text and files.
func (db *DB) saveInteractives(ctx context.Context, list []*inbox.Message) error {
	var some []*inbox.Message
	for _, m := range list {
		if !m.Interactive.IsZero() {
			some = append(some, m)
		}
	}
	return put(ctx, db, interactiveTable, some, func(args []any, m *inbox.Message) []any {
		return append(args, int64(m.ID), jsonText(m.Interactive))
	})
}

// offers reads what the conversations of the batch offer, where a message of it may
// choose something.
func (l *loader) offers() []question {
	if !l.need.Choices {
		return nil
	}
	var ids []inbox.ConversationID
	for id := range l.st.Conversations {
		ids = append(ids, id)
	}
	return look(l.db, offers, ids, idArg, func(row scanner) error {
		var o inbox.Offer
		var c inbox.ConversationID
		err := row.Scan(&c, &o.MessageID, jsonCol{&o.Interactive})
		if l.st.Offers == nil {
			l.st.Offers = map[inbox.ConversationID]inbox.Offer{}
		}
		l.st.Offers[c] = o
		return err
	})
}

// held reads which answers wait for the contacts of the batch to write, or are taken back
// when they do. It is asked in quick chats too, where an answer may have been put off a
// moment ago: the index of what is pending is short, and the round trip is made anyway.
func (l *loader) held() []question {
	if l.need.Now.IsZero() {
		return nil
	}
	var ids []inbox.ConversationID
	for id := range l.st.Conversations {
		if l.threads[id] {
			ids = append(ids, id)
		}
	}
	return look(l.db, heldBack, ids, idArg, func(row scanner) error {
		var c inbox.ConversationID
		var m inbox.MessageID
		err := row.Scan(&c, &m)
		if l.st.Held == nil {
			l.st.Held = map[inbox.ConversationID][]inbox.MessageID{}
		}
		if !slices.Contains(l.st.Held[c], m) { // a chunk of keys is filled up with repeats
			l.st.Held[c] = append(l.st.Held[c], m)
		}
		return err
	})
}

var _ intake.Store = (*DB)(nil)
