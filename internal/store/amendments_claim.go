package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/outbox"
)

// Amending is the source of what is to be changed of messages that were sent.
type Amending struct{ db *DB }

var _ outbox.Source = (*Amending)(nil)

// Amending returns the amendments of messages as a source for delivery.
func (db *DB) Amending() *Amending { return &Amending{db: db} }

// amendmentDue is what a row of amendments a has to be, to be carried out at a time: its turn has come among the
// messages and the other amendments of its conversation. Whatever is in trouble holds up only what is of the same message.
const amendmentDue = `a.state = 'queued' AND a.account_id = v.column1 AND a.not_before <= v.column2
	AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.conversation_id = a.conversation_id AND p.state <> 'uncertain' AND (p.seq <= a.seq OR p.state = 'sending'))
	AND NOT EXISTS (SELECT 1 FROM amendments b WHERE b.conversation_id = a.conversation_id AND (b.state = 'sending'
		OR b.state = 'queued' AND (b.place < a.place OR b.place = a.place AND b.id < a.id) AND (b.message_id = a.message_id OR b.since = 0)))
	AND NOT EXISTS (SELECT 1 FROM accounts s WHERE s.id = a.account_id AND (s.paused OR s.archived))`

var (
	amendmentsDue   = newKeys(`SELECT COUNT(*) FROM %s AS v CROSS JOIN amendments a WHERE `+amendmentDue, "BIGINT", "BIGINT")
	claimAmendments = newKeys(`SELECT a.id, a.account_id, a.conversation_id, a.attempt, a.since FROM %s AS v CROSS JOIN amendments a
		WHERE `+amendmentDue+` ORDER BY a.not_before, a.id LIMIT 256
		FOR UPDATE OF a SKIP LOCKED -- only: postgres
		`, "BIGINT", "BIGINT")
	amendmentsSending = newKeys(`UPDATE amendments SET state = 'sending', token = v.column2, attempt = v.column3, since = v.column4,
		claimed_until = v.column5, fence = v.column6 FROM %s AS v WHERE amendments.id = v.column1`, "BIGINT", "TEXT", "BIGINT", "BIGINT", "BIGINT", "BIGINT")
	// amendmentsToDo reads what claimed amendments are about.
	amendmentsToDo = newKeys(`SELECT a.id, a.kind, a.text, a.html, a.emoji, m.id, m.remote_id, m.files, c.chat, c.subject,
		COALESCE((SELECT t.content FROM interactives t WHERE t.message_id = m.id), '')
		FROM amendments a JOIN messages m ON m.id = a.message_id JOIN conversations c ON c.id = m.conversation_id
		WHERE a.id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	partsOfMessages = newKeys(`SELECT message_id, remote_id FROM message_parts WHERE message_id IN (SELECT column1 FROM %s AS v) ORDER BY message_id, remote_id`, "BIGINT")
	amendmentsGone  = newKeys(`DELETE FROM amendments WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

// Claim implements outbox.Source. Nearly always there is nothing: that is found out without a transaction.
func (o *Amending) Claim(ctx context.Context, now time.Time, wants []outbox.Want) ([]outbox.Item, error) {
	due := 0
	err := lookup(ctx, o.db, amendmentsDue, wants, func(args []any, w outbox.Want) []any { return append(args, int64(w.AccountID), micros(now)) }, func(row scanner) error {
		var n int
		err := row.Scan(&n)
		due += n
		return err
	})
	var items []outbox.Item
	if err == nil && due > 0 {
		err = o.db.Write(ctx, func(ctx context.Context) (err error) {
			items, err = o.take(ctx, now, wants)
			if err != nil || len(items) == 0 {
				return err
			}
			items, err = o.load(ctx, items)
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("claim amendments: %w", err)
	}
	return items, nil
}

// take marks what is due as being carried out, at most one of each conversation.
func (o *Amending) take(ctx context.Context, now time.Time, wants []outbox.Want) ([]outbox.Item, error) {
	want := make(map[channels.AccountID]outbox.Want, len(wants))
	for _, w := range wants {
		want[w.AccountID] = w
	}
	wants, err := o.held(ctx, wants)
	if err != nil {
		return nil, err
	}
	var items []outbox.Item
	taken, busy := map[channels.AccountID]int{}, map[int64]bool{}
	token := rand.Text()
	args := func(args []any, w outbox.Want) []any {
		return append(args, int64(w.AccountID), micros(now))
	}
	err = lookup(ctx, o.db, claimAmendments, wants, args, func(row scanner) error {
		i := outbox.Item{Token: token}
		if err := row.Scan(&i.ID, &i.AccountID, &i.ConversationID, &i.Out.Attempt, timeCol{&i.Since}); err != nil {
			return err
		}
		w := want[i.AccountID]
		if taken[i.AccountID] >= w.Limit || busy[i.ConversationID] {
			return nil
		}
		taken[i.AccountID]++
		busy[i.ConversationID] = true
		i.Out.Attempt++
		if i.Until, i.Fence = w.Until, w.Fence; i.Since.IsZero() {
			i.Since = now
		}
		items = append(items, i)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return items, change(ctx, o.db, amendmentsSending, items, func(args []any, i outbox.Item) []any {
		return append(args, i.ID, i.Token, int64(i.Out.Attempt), micros(i.Since), micros(i.Until), int64(i.Fence))
	})
}

// held are the wants of accounts whose lease is still the one that they are asked under; it stays so until the claim
// is committed.
func (o *Amending) held(ctx context.Context, wants []outbox.Want) ([]outbox.Want, error) {
	var leased []channels.AccountID
	for _, w := range wants {
		if w.Fence != 0 {
			leased = append(leased, w.AccountID)
		}
	}
	slices.Sort(leased)
	fences, err := o.db.Fences(ctx, leased)
	return slices.DeleteFunc(slices.Clone(wants), func(w outbox.Want) bool { return w.Fence != 0 && fences[w.AccountID] != w.Fence }), err
}

// load reads what claimed amendments are about. One whose message is gone goes too.
func (o *Amending) load(ctx context.Context, items []outbox.Item) ([]outbox.Item, error) {
	index := make(map[int64]int, len(items))
	byID := make(map[int64]*content, len(items)) // by message
	of := make([]inbox.MessageID, len(items))
	var messages []inbox.MessageID
	for n, i := range items {
		index[i.ID] = n
	}
	id := func(args []any, i outbox.Item) []any { return append(args, i.ID) }
	err := lookup(ctx, o.db, amendmentsToDo, items, id, func(row scanner) error {
		var which int64
		var kind inbox.AmendmentKind
		var remote string
		var extra inbox.Interactive
		var i outbox.Item
		c := &content{}
		if err := row.Scan(&which, &kind, &i.Out.Text, &i.Out.HTML, &i.Act.Emoji, &i.Out.MessageID, &remote, &c.files, &i.Out.Chat, &i.Out.Subject, jsonCol{&extra}); err != nil {
			return err
		}
		n, ok := index[which]
		if !ok {
			return nil
		}
		if remote == "" { // a network without ids of its own
			remote = strconv.FormatInt(i.Out.MessageID, 10)
		}
		to := &items[n]
		attempt := to.Out.Attempt
		to.Out, to.Act = i.Out, outbox.Act{Deed: deedOf(kind), RemoteIDs: []string{remote}, Emoji: i.Act.Emoji}
		to.Out.Attempt, to.Out.Key = attempt, strconv.FormatInt(which, 10)
		if !extra.Numbered && extra.Template == nil {
			to.Out.Buttons = extra.Buttons
		}
		of[n] = inbox.MessageID(to.Out.MessageID)
		byID[to.Out.MessageID] = c
		messages = append(messages, of[n])
		return nil
	})
	if err != nil {
		return nil, err
	}
	parts := map[inbox.MessageID][]string{}
	err = errors.Join((&Outbox{db: o.db}).attach(ctx, byID), lookup(ctx, o.db, partsOfMessages, messages, idArg, func(row scanner) error {
		var of inbox.MessageID
		var remote string
		err := row.Scan(&of, &remote)
		parts[of] = append(parts[of], remote)
		return err
	}))
	if err != nil {
		return nil, err
	}
	var gone []inbox.AmendmentID
	whole := items[:0]
	for n, i := range items {
		if of[n] == 0 {
			gone = append(gone, inbox.AmendmentID(i.ID))
			continue
		}
		if i.Out.Files = byID[i.Out.MessageID].out.Files; i.Act.Deed == outbox.Delete {
			i.Act.RemoteIDs = append(i.Act.RemoteIDs, parts[of[n]]...)
		}
		whole = append(whole, i)
	}
	return whole, change(ctx, o.db, amendmentsGone, gone, idArg)
}

func deedOf(k inbox.AmendmentKind) outbox.Deed {
	switch k {
	case inbox.AmendText:
		return outbox.Edit
	case inbox.AmendDelete:
		return outbox.Delete
	default:
		return outbox.React
	}
}

// amendmentsNext finds the first queued amendment of each account, whatever keeps it, and the end of the first claim.
const amendmentsLapse = `(SELECT COALESCE(MIN(claimed_until), 0) FROM amendments WHERE state = 'sending')`

var amendmentsNext = newKeys(`SELECT COALESCE(MIN((SELECT MIN(a.not_before) FROM amendments a
	WHERE a.state = 'queued' AND a.account_id = v.column1 AND a.not_before > v.column2)), 0), `+amendmentsLapse+` FROM %s AS v`, "BIGINT", "BIGINT")

// Next implements outbox.Source.
func (o *Amending) Next(ctx context.Context, now time.Time, accounts []channels.AccountID) (due, lapse time.Time, err error) {
	if due, lapse, err = o.db.nextOf(ctx, amendmentsNext, amendmentsLapse, now, accounts); err != nil {
		err = fmt.Errorf("find next due amendment: %w", err)
	}
	return due, lapse, err
}
