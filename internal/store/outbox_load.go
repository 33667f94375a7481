package store

import (
	"context"
	"slices"
	"strconv"

	"parley/channels"
	"parley/inbox"
	"parley/internal/outbox"
)

// The look-ups that make a claimed row a message to send.
var (
	sendingMessages = newKeys(`UPDATE messages SET state = 'sending' WHERE state = 'queued' AND id IN (SELECT column1 FROM %s AS v)
		RETURNING id, conversation_id, text, html, files, reply_to`, "BIGINT")
	recipients = newKeys(`SELECT c.id, c.chat, c.subject, COALESCE(i.scope, ''), COALESCE(i.address, '')
		FROM conversations c LEFT JOIN identities i ON i.id = c.identity_id WHERE c.id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	filesOfMessages = newKeys(`SELECT mf.message_id, f.id, f.hash, f.name, f.type, f.size FROM message_files mf JOIN files f ON f.id = mf.file_id
		WHERE mf.message_id IN (SELECT column1 FROM %s AS v) ORDER BY mf.message_id, mf.position`, "BIGINT")
	remoteIDs  = newKeys(`SELECT id, remote_id FROM messages WHERE remote_id <> '' AND id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	outboxGone = newKeys(`DELETE FROM outbox WHERE message_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

// content is a message that is about to be sent.
type content struct {
	id, conversation int64
	out              channels.Outgoing
	files            int64
	replyTo          inbox.MessageID
}

// load reads what claimed items say and to whom, and marks their messages as being
// sent; open pages hear of the verdict, not of this. An item whose message is not
// waiting to be sent is dropped from the outbox.
func (o *Outbox) load(ctx context.Context, items []outbox.Item) ([]outbox.Item, error) {
	byID := make(map[int64]*content, len(items))
	id := func(args []any, i outbox.Item) []any { return append(args, i.ID) }
	err := lookup(ctx, o.db, sendingMessages, items, id, func(row scanner) error {
		c := &content{}
		err := row.Scan(&c.id, &c.conversation, &c.out.Text, &c.out.HTML, &c.files, &c.replyTo)
		byID[c.id] = c
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, map[int64]*content) error{o.address, o.attach, o.refer} {
		if err := step(ctx, byID); err != nil {
			return nil, err
		}
	}
	var gone []inbox.MessageID
	whole := items[:0]
	for _, i := range items {
		c := byID[i.ID]
		if c == nil {
			gone = append(gone, inbox.MessageID(i.ID))
			continue
		}
		attempt := i.Out.Attempt
		i.Out = c.out
		i.Out.MessageID, i.Out.Key, i.Out.Attempt = i.ID, strconv.FormatInt(i.ID, 10), attempt
		whole = append(whole, i)
	}
	return whole, change(ctx, o.db, outboxGone, gone, idArg)
}

// address fills in the chat, the subject and the recipient.
func (o *Outbox) address(ctx context.Context, byID map[int64]*content) error {
	var ids []inbox.ConversationID
	for _, c := range byID {
		ids = append(ids, inbox.ConversationID(c.conversation))
	}
	slices.Sort(ids)
	known := map[int64]channels.Outgoing{}
	err := lookup(ctx, o.db, recipients, slices.Compact(ids), idArg, func(row scanner) error {
		var id int64
		var out channels.Outgoing
		var to channels.Address
		if err := row.Scan(&id, &out.Chat, &out.Subject, &to.Scope, &to.Address); err != nil {
			return err
		}
		if to.Address != "" {
			out.To = []channels.Address{to}
		}
		known[id] = out
		return nil
	})
	for _, c := range byID {
		k := known[c.conversation]
		c.out.Chat, c.out.Subject, c.out.To = k.Chat, k.Subject, k.To
	}
	return err
}

func (o *Outbox) attach(ctx context.Context, byID map[int64]*content) error {
	var ids []inbox.MessageID
	for id, c := range byID {
		if c.files > 0 {
			ids = append(ids, inbox.MessageID(id))
		}
	}
	slices.Sort(ids)
	return lookup(ctx, o.db, filesOfMessages, ids, idArg, func(row scanner) error {
		var id int64
		var f channels.File
		err := row.Scan(&id, &f.ID, &f.Hash, &f.Name, &f.Type, &f.Size)
		if c := byID[id]; c != nil {
			c.out.Files = append(c.out.Files, f)
		}
		return err
	})
}

// refer fills in the network's ids of the messages that are replied to.
func (o *Outbox) refer(ctx context.Context, byID map[int64]*content) error {
	var ids []inbox.MessageID
	for _, c := range byID {
		if c.replyTo != 0 {
			ids = append(ids, c.replyTo)
		}
	}
	slices.Sort(ids)
	remote := map[inbox.MessageID]string{}
	err := lookup(ctx, o.db, remoteIDs, slices.Compact(ids), idArg, func(row scanner) error {
		var id inbox.MessageID
		var text string
		err := row.Scan(&id, &text)
		remote[id] = text
		return err
	})
	for _, c := range byID {
		c.out.ReplyTo = remote[c.replyTo]
	}
	return err
}
