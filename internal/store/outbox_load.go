package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"parley/channels"
	"parley/inbox"
	"parley/internal/outbox"
)

// The look-ups that make a claimed row a message to send.
var (
	sendingMessages = newKeys(`UPDATE messages SET state = 'sending' WHERE state = 'queued' AND id IN (SELECT column1 FROM %s AS v)
		RETURNING id, conversation_id, text, html, files, reply_to, COALESCE((SELECT e.head FROM mails e WHERE e.message_id = messages.id), ''),
			COALESCE((SELECT t.content FROM interactives t WHERE t.message_id = messages.id), '')`, "BIGINT")
	recipients = newKeys(`SELECT c.id, c.chat, c.subject, COALESCE(i.scope, ''), COALESCE(i.address, '')
		FROM conversations c LEFT JOIN identities i ON i.id = c.identity_id WHERE c.id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	filesOfMessages = newKeys(`SELECT mf.message_id, f.id, f.hash, f.name, f.type, f.size, mf.content_id, mf.inline FROM message_files mf JOIN files f ON f.id = mf.file_id
		WHERE mf.message_id IN (SELECT column1 FROM %s AS v) ORDER BY mf.message_id, mf.position`, "BIGINT")
	remoteIDs = newKeys(`SELECT id, remote_id FROM messages WHERE remote_id <> '' AND id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	// mailsToSend reads who writes a mail, and what it answers.
	mailsToSend = newKeys(`SELECT m.id, COALESCE(g.name, ''), COALESCE(p.remote_id, ''), COALESCE(pe.head, '') FROM %s AS v CROSS JOIN messages m
		LEFT JOIN agents g ON m.author_kind = 'agent' AND g.id = m.author_id
		LEFT JOIN messages p ON p.id = v.column2 LEFT JOIN mails pe ON pe.message_id = v.column2
		WHERE m.id = v.column1`, "BIGINT", "BIGINT")
	headUpdate = newKeys(`UPDATE mails SET head = v.column2 FROM %s AS v WHERE mails.message_id = v.column1`, "BIGINT", "TEXT")
	outboxGone = newKeys(`DELETE FROM outbox WHERE message_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

// content is a message that is about to be sent.
type content struct {
	id, conversation int64
	out              channels.Outgoing
	files            int64
	replyTo          inbox.MessageID
	head             *inbox.Head // of a mail
}

// load reads what claimed items say and to whom, and marks their messages as being
// sent; open pages hear of the verdict, not of this. An item whose message is not
// waiting to be sent is dropped from the outbox.
func (o *Outbox) load(ctx context.Context, items []outbox.Item) ([]outbox.Item, error) {
	byID := make(map[int64]*content, len(items))
	id := func(args []any, i outbox.Item) []any { return append(args, i.ID) }
	err := lookup(ctx, o.db, sendingMessages, items, id, func(row scanner) error {
		c := &content{}
		var head string
		var extra inbox.Interactive
		err := row.Scan(&c.id, &c.conversation, &c.out.Text, &c.out.HTML, &c.files, &c.replyTo, &head, jsonCol{&extra})
		if c.out.Template = extra.Template; !extra.Numbered && extra.Template == nil {
			c.out.Buttons = extra.Buttons
		}
		if err == nil && head != "" && head != "{}" {
			c.head = &inbox.Head{}
			err = json.Unmarshal([]byte(head), c.head)
		}
		byID[c.id] = c
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, map[int64]*content) error{o.address, o.attach, o.refer, o.mail} {
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
		err := row.Scan(&id, &f.ID, &f.Hash, &f.Name, &f.Type, &f.Size, &f.ContentID, &f.Inline)
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

// mail fills in what mails have besides: who they are from and for, and what they refer
// to, which is kept for the answers to them (RFC 5322, 3.6.4).
func (o *Outbox) mail(ctx context.Context, byID map[int64]*content) error {
	var list []*content
	for _, c := range byID {
		if c.head != nil {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *content) int { return cmp.Compare(a.id, b.id) })
	args := func(args []any, c *content) []any { return append(args, c.id, int64(c.head.Parent)) }
	err := lookup(ctx, o.db, mailsToSend, list, args, func(row scanner) error {
		var id int64
		var author, remote string
		var parent inbox.Head
		err := row.Scan(&id, &author, &remote, jsonCol{&parent})
		if c := byID[id]; c != nil && err == nil {
			c.letter(author, remote, parent.References)
		}
		return err
	})
	if err != nil {
		return err
	}
	return change(ctx, o.db, headUpdate, list, func(args []any, c *content) []any { return append(args, c.id, headText(c.head)) })
}

// letter is the mail as its adapter gets it.
func (c *content) letter(author, remote string, before []string) {
	if remote != "" {
		before = append(slices.Clone(before), remote)
	}
	c.head.References = before
	c.out.References, c.out.ReplyTo = before, ""
	if len(before) > 0 {
		c.out.ReplyTo = before[len(before)-1]
	}
	c.out.Subject, c.out.Automatic = c.head.Subject, c.head.Automatic
	c.out.To, c.out.Cc, c.out.Bcc = addresses(c.head.To), addresses(c.head.Cc), addresses(c.head.Bcc)
	if c.head.From != nil {
		c.out.From = c.head.From.Address
	}
	if !c.head.Automatic {
		c.out.FromName = author
	}
}

func addresses(list []inbox.Party) []channels.Address {
	var out []channels.Address
	for _, p := range list {
		out = append(out, channels.Address{Scope: p.Scope, Address: p.Address, Name: p.Name, Verified: true})
	}
	return out
}
