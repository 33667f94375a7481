package store

import (
	"maps"
	"slices"

	"parley/inbox"
	"parley/inbox/intake"
)

// What a batch touches is found without a lock and only then locked: all conversations
// in the order of their ids, then all messages in the order of theirs. Batches and
// verdicts that meet wait for each other and never in a circle.
var (
	threadIDs = newKeys(`SELECT COALESCE((SELECT x.id FROM conversations x WHERE x.account_id = v.column1 AND x.chat = v.column2 AND x.merged_into = 0
		ORDER BY CASE x.status WHEN 'closed' THEN 1 ELSE 0 END, x.created_at DESC, x.id DESC LIMIT 1), 0) FROM %s AS v`, "BIGINT", "TEXT")
	refsByRemote = newProbe(`SELECT m.id, m.conversation_id, COALESCE(m.seq, 0) FROM %s AS v CROSS JOIN messages m
		WHERE m.account_id = v.column1 AND m.remote_id = v.column2 AND m.remote_id <> ''`, "BIGINT", "TEXT")
	refsByID    = newKeys(`SELECT id, conversation_id, COALESCE(seq, 0) FROM messages WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	refsByAlbum = newKeys(`SELECT
		COALESCE((SELECT x.id FROM messages x WHERE x.account_id = v.column1 AND x.album = v.column2 AND x.album <> '' ORDER BY x.id DESC LIMIT 1), 0),
		COALESCE((SELECT x.conversation_id FROM messages x WHERE x.account_id = v.column1 AND x.album = v.column2 AND x.album <> '' ORDER BY x.id DESC LIMIT 1), 0)
		FROM %s AS v`, "BIGINT", "TEXT")
	unreadBefore = newProbe(`SELECT m.id FROM %s AS v CROSS JOIN messages m
		WHERE m.conversation_id = v.column1 AND m.seq < v.column2 AND m.seq >= v.column2 - 200 AND m.direction = 'outbound' AND m.kind = 'message'
		AND m.state IN ('sent', 'delivered')`, "BIGINT", "BIGINT")
)

// reference is a message that an event speaks of, as seen before it is locked.
type reference struct {
	id           inbox.MessageID
	conversation inbox.ConversationID
	seq          int64
}

// conversations locks and reads the conversations of the batch's threads and of the
// messages that its events speak of.
func (l *loader) conversations() []question {
	ids := slices.AppendSeq(slices.Clone(l.further), maps.Keys(l.threads))
	for _, r := range l.refs {
		ids = append(ids, r.conversation)
	}
	slices.Sort(ids)
	return look(l.db, conversationsByID, slices.Compact(ids), idArg, func(row scanner) error {
		c := &inbox.Conversation{}
		if err := row.Scan(conversationDest(c)...); err != nil {
			return err
		}
		l.st.Conversations[c.ID] = c
		remember(l.ctx, c)
		if l.threads[c.ID] {
			l.st.Threads[intake.ThreadRef{AccountID: c.AccountID, Chat: c.Chat}] = c
		}
		return nil
	})
}

// threadIDs finds the conversation of each thread that is not closed, else the latest.
func (l *loader) threadIDs() []question {
	args := func(args []any, r intake.ThreadRef) []any { return append(args, int64(r.AccountID), r.Chat) }
	return look(l.db, threadIDs, l.need.Threads, args, func(row scanner) error {
		var id inbox.ConversationID
		err := row.Scan(&id)
		if id != 0 {
			l.threads[id] = true
		}
		return err
	})
}

// references finds the messages that events speak of by the network's id or by ours.
func (l *loader) references() []question {
	take := func(row scanner) error {
		var r reference
		err := row.Scan(&r.id, &r.conversation, &r.seq)
		l.refs[r.id] = r
		return err
	}
	return append(look(l.db, refsByRemote, l.need.Remotes, remoteArgs, take), look(l.db, refsByID, l.need.Messages, idArg, take)...)
}

// albums finds the latest message of each album.
func (l *loader) albums() []question {
	args := func(args []any, r intake.AlbumRef) []any { return append(args, int64(r.AccountID), r.Album) }
	return look(l.db, refsByAlbum, l.need.Albums, args, func(row scanner) error {
		var r reference
		err := row.Scan(&r.id, &r.conversation)
		if _, known := l.refs[r.id]; r.id != 0 && !known {
			l.refs[r.id] = r
		}
		return err
	})
}

// covered finds what a receipt that counts for earlier messages covers.
func (l *loader) covered() []question {
	if !l.need.UpTo {
		return nil
	}
	args := func(args []any, r reference) []any { return append(args, int64(r.conversation), r.seq) }
	return look(l.db, unreadBefore, slices.Collect(maps.Values(l.refs)), args, func(row scanner) error {
		var id inbox.MessageID
		err := row.Scan(&id)
		l.before[id] = true
		return err
	})
}

// messages locks and reads what events speak of and cover.
func (l *loader) messages() []question {
	ids := slices.AppendSeq(slices.Collect(maps.Keys(l.refs)), maps.Keys(l.before))
	slices.Sort(ids)
	return look(l.db, messagesByID, slices.Compact(ids), idArg, func(row scanner) error {
		var m messageRow
		if err := row.Scan(m.dest()...); err != nil {
			return err
		}
		m.counted()
		l.st.Messages[m.ID] = &m.Message
		if _, meant := l.refs[m.ID]; meant && m.RemoteID != "" {
			l.st.Remotes[intake.RemoteRef{AccountID: m.AccountID, RemoteID: m.RemoteID}] = &m.Message
		}
		if have := l.st.Albums[intake.AlbumRef{AccountID: m.AccountID, Album: m.Album}]; m.Album != "" && (have == nil || have.ID < m.ID) {
			l.st.Albums[intake.AlbumRef{AccountID: m.AccountID, Album: m.Album}] = &m.Message
		}
		if l.before[m.ID] {
			l.st.Earlier[m.ConversationID] = append(l.st.Earlier[m.ConversationID], &m.Message)
		}
		return nil
	})
}
