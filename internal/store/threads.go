package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/intake"
)

// The threads of mails: which conversation has or misses a message of an id, and who
// takes part in it. Chats have no rows here.
var (
	mentionsByRemote = newProbe(`SELECT t.account_id, t.remote_id, t.conversation_id, t.arrived, t.root, t.direct, t.by_scope, t.by_address
		FROM %s AS v CROSS JOIN threads t WHERE t.account_id = v.column1 AND t.remote_id = v.column2
		ORDER BY t.conversation_id`, "BIGINT", "TEXT")
	episodes = newKeys(`WITH RECURSIVE way (id, at) AS (
			SELECT c.id, c.id FROM conversations c WHERE c.id IN (SELECT column1 FROM %s AS v)
			UNION SELECT w.id, k.id FROM way w JOIN conversations c ON c.id = w.at JOIN conversations k ON k.id = c.merged_into AND k.account_id = c.account_id
			WHERE c.merged_into <> 0)
		SELECT w.at, COALESCE((SELECT x.id FROM conversations x WHERE x.account_id = c.account_id AND x.chat = c.chat AND x.merged_into = 0
		ORDER BY CASE x.status WHEN 'closed' THEN 1 ELSE 0 END, x.created_at DESC, x.id DESC LIMIT 1), 0)
		FROM way w JOIN conversations c ON c.id = w.at`, "BIGINT")
	orphansOf = newKeys(`SELECT conversation_id, remote_id FROM threads
		WHERE root AND NOT arrived AND conversation_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	participantsOf = newKeys(`SELECT conversation_id, scope, address, name FROM participants
		WHERE conversation_id IN (SELECT column1 FROM %s AS v) ORDER BY conversation_id, position, address`, "BIGINT")
	busyAmong = newKeys(`SELECT DISTINCT m.conversation_id FROM %s AS v CROSS JOIN messages m
		WHERE m.conversation_id = v.column1 AND m.seq > v.column2 - 200 AND m.direction = 'outbound' AND m.state IN ('sending', 'uncertain')`, "BIGINT", "BIGINT")

	mentionTable = newTable("threads", "account_id, remote_id, conversation_id, arrived, root, direct, by_scope, by_address",
		` ON CONFLICT (account_id, remote_id, conversation_id) DO UPDATE SET arrived = threads.arrived OR excluded.arrived, root = excluded.root,
		direct = excluded.direct, by_scope = excluded.by_scope, by_address = excluded.by_address`)
	participantTable = newTable("participants", "conversation_id, scope, address, name, position", " ON CONFLICT DO NOTHING")
)

// mentions finds which conversations the mails of a batch may continue.
func (l *loader) mentions() []question {
	return look(l.db, mentionsByRemote, l.need.Mentions, remoteArgs, func(row scanner) error {
		n := &inbox.Mention{}
		err := row.Scan(&n.AccountID, &n.RemoteID, &n.ConversationID, &n.Arrived, &n.Root, &n.Direct, &n.By.Scope, &n.By.Address)
		ref := intake.RemoteRef{AccountID: n.AccountID, RemoteID: n.RemoteID}
		if !slices.ContainsFunc(l.st.Mentions[ref], func(x *inbox.Mention) bool { return x.ConversationID == n.ConversationID }) {
			l.st.Mentions[ref] = append(l.st.Mentions[ref], n)
		}
		return err
	})
}

// current finds the episodes that go on where the found conversations were, by way of
// those that these became part of in their own account.
func (l *loader) current() error {
	if len(l.need.Mailboxes) == 0 {
		return nil
	}
	known := map[inbox.ConversationID]bool{}
	for _, list := range l.st.Mentions {
		for _, n := range list {
			known[n.ConversationID] = true
		}
	}
	for _, r := range l.refs {
		known[r.conversation] = true
	}
	return lookup(l.ctx, l.db, episodes, slices.Sorted(maps.Keys(known)), idArg, func(row scanner) error {
		var c, last inbox.ConversationID
		err := row.Scan(&c, &last)
		l.further = append(l.further, c)
		if last != 0 {
			l.threads[last] = true
		}
		return err
	})
}

// company reads who takes part in the conversations of mails that were loaded, and
// what these miss.
func (l *loader) company() []question {
	if len(l.need.Mailboxes) == 0 {
		return nil
	}
	ids := slices.Sorted(maps.Keys(l.st.Conversations))
	people := look(l.db, participantsOf, ids, idArg, func(row scanner) error {
		var c inbox.ConversationID
		var p inbox.Party
		err := row.Scan(&c, &p.Scope, &p.Address, &p.Name)
		if !slices.ContainsFunc(l.st.Parties[c], p.Same) {
			l.st.Parties[c] = append(l.st.Parties[c], p)
		}
		return err
	})
	return append(people, look(l.db, orphansOf, ids, idArg, func(row scanner) error {
		var c inbox.ConversationID
		var id string
		err := row.Scan(&c, &id)
		if l.st.Orphans[c] == nil {
			l.st.Orphans[c] = map[string]bool{}
		}
		l.st.Orphans[c][id] = true
		return err
	})...)
}

// busy finds out of which of the loaded conversations something is being sent.
func (l *loader) busy() []question {
	if !l.need.Echoes && len(l.need.Mailboxes) == 0 {
		return nil
	}
	list := slices.Collect(maps.Values(l.st.Conversations))
	args := func(args []any, c *inbox.Conversation) []any { return append(args, int64(c.ID), c.Seq) }
	return look(l.db, busyAmong, list, args, func(row scanner) error {
		var c inbox.ConversationID
		err := row.Scan(&c)
		l.st.Busy[c] = true
		return err
	})
}

// ownAddresses reads from a mailbox's configuration what it is written to by, in lower case.
func ownAddresses(config string) []string {
	var c struct {
		Address string   `json:"address"`
		Aliases []string `json:"aliases"`
	}
	if config == "" || json.Unmarshal([]byte(config), &c) != nil {
		return nil
	}
	var out []string
	for _, a := range append([]string{c.Address}, c.Aliases...) {
		if a = strings.ToLower(strings.TrimSpace(a)); a != "" && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// OwnAddresses returns the addresses that an account writes from, its first one first;
// none where its network has no such thing.
func (db *DB) OwnAddresses(ctx context.Context, id channels.AccountID) ([]string, error) {
	var config string
	_, err := db.one(ctx, `SELECT config FROM accounts WHERE id = $1 AND kind = 'email'`, []any{int64(id)}, &config)
	return ownAddresses(config), err
}

// houseAddresses returns those of every mailbox that is connected, paused ones included.
func (db *DB) houseAddresses(ctx context.Context) (out []string, err error) {
	err = db.each(ctx, `SELECT config FROM accounts WHERE kind = 'email' AND NOT archived ORDER BY id`, nil, func(r *sql.Rows) error {
		var config string
		err := r.Scan(&config)
		out = append(out, ownAddresses(config)...)
		return err
	})
	return out, err
}

// Participants returns who takes part in a conversation, in the order of their coming.
func (db *DB) Participants(ctx context.Context, c inbox.ConversationID) ([]inbox.Party, error) {
	var out []inbox.Party
	err := lookup(ctx, db, participantsOf, []inbox.ConversationID{c}, idArg, func(row scanner) error {
		var p inbox.Party
		err := row.Scan(&c, &p.Scope, &p.Address, &p.Name)
		out = append(out, p)
		return err
	})
	return out, err
}

func (db *DB) saveThreads(ctx context.Context, ch *inbox.Changes) error {
	err := put(ctx, db, mentionTable, ch.Mentions, func(args []any, n *inbox.Mention) []any {
		return append(args, int64(n.AccountID), n.RemoteID, int64(n.ConversationID), n.Arrived, n.Root, n.Direct, n.By.Scope, n.By.Address)
	})
	if err != nil {
		return err
	}
	err = put(ctx, db, participantTable, ch.Participants, func(args []any, p inbox.Participant) []any {
		return append(args, int64(p.ConversationID), p.Scope, p.Address, p.Name, p.Position)
	})
	if err != nil {
		return err
	}
	return db.saveJoins(ctx, ch)
}
