package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"parley/channels"
	"parley/internal/outbox"
)

// Outbox is the source of conversation messages to send.
type Outbox struct {
	db    *DB
	claim sync.Map // claimShape → text
}

var _ outbox.Source = (*Outbox)(nil)

// Outbox returns the messages of conversations as a source for delivery.
func (db *DB) Outbox() *Outbox { return &Outbox{db: db} }

// The parts of the claim. Each account has its own arm, so that it is one short range
// of an index whatever backlog the others have. A message that somebody is changing
// just now is passed over: waiting for its lock here could be a deadlock. What was to be changed
// of messages before it goes first, unless that is in trouble.
const (
	claimHead = `WITH due AS MATERIALIZED (`
	claimArm  = `SELECT * FROM (SELECT o.message_id AS item, CAST(%s AS BIGINT) AS until, CAST(%s AS BOOLEAN) AS safe, CAST(%s AS BIGINT) AS fence FROM outbox o
		JOIN messages m ON m.id = o.message_id -- only: postgres
		{lease}
		WHERE o.state = 'queued' AND o.account_id = %s AND o.not_before <= %s
		AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.conversation_id = o.conversation_id AND p.state <> 'uncertain'
			AND (p.seq < o.seq OR p.state = 'sending'))
		AND NOT EXISTS (SELECT 1 FROM amendments x WHERE x.conversation_id = o.conversation_id AND (x.state = 'sending'
			OR x.state = 'queued' AND x.since = 0 AND x.seq < o.seq))
		AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = o.account_id AND (a.paused OR a.archived))
		ORDER BY o.not_before, o.message_id LIMIT %s
		FOR UPDATE OF o, m SKIP LOCKED {hold} -- only: postgres
		) AS arm`
	claimTail = `)
		UPDATE outbox SET state = 'sending', attempt = outbox.attempt + 1, claimed_until = due.until, safe_resend = due.safe, fence = due.fence,
			token = %s, since = CASE WHEN outbox.since = 0 THEN CAST(%s AS BIGINT) ELSE outbox.since END
		FROM due WHERE outbox.message_id = due.item
		RETURNING message_id, account_id, conversation_id, attempt, token, since, claimed_until`
	armArgs = 6 // until, safe resend, fence, account, now, limit
)

// Whoever has a fence claims only while the lease has it too, and holds the lease until
// the claim is committed. One that is changing hands just now is passed over.
var (
	fencedArm   = strings.NewReplacer("{lease}", "JOIN leases l ON l.account_id = o.account_id AND l.fence = %s", "{hold}", "FOR SHARE OF l SKIP LOCKED").Replace(claimArm)
	unfencedArm = strings.NewReplacer("{lease}", "", "{hold}", "").Replace(claimArm)
)

// claimShape is what texts of claims are kept by.
type claimShape struct {
	arms   int
	fenced bool
}

// claimText is the claim for a number of accounts: the values of each arm, then the
// token and the time.
func (o *Outbox) claimText(arms int, fenced bool) string {
	if have, ok := o.claim.Load(claimShape{arms, fenced}); ok {
		return have.(string)
	}
	n := 0
	fill := func(b *strings.Builder, text string, args int) {
		names := make([]any, args)
		for i := range names {
			n++
			names[i] = placeholder(o.db.engine, n)
		}
		fmt.Fprintf(b, text, names...)
	}
	var b strings.Builder
	b.WriteString(claimHead)
	for arm := range arms {
		if arm > 0 {
			b.WriteString(" UNION ALL ")
		}
		if fenced {
			fill(&b, fencedArm, armArgs+1)
		} else {
			fill(&b, unfencedArm, armArgs)
		}
		b.WriteString(strconv.Itoa(arm))
	}
	fill(&b, claimTail, 2)
	text := b.String()
	o.claim.Store(claimShape{arms, fenced}, text)
	return text
}

// Claim implements outbox.Source. All items of one claim share a token; with the
// message's id it names the attempt.
func (o *Outbox) Claim(ctx context.Context, now time.Time, wants []outbox.Want) ([]outbox.Item, error) {
	var items []outbox.Item
	err := o.db.Write(ctx, func(ctx context.Context) (err error) {
		items, err = o.take(ctx, now, wants)
		if err != nil || len(items) == 0 {
			return err
		}
		items, err = o.load(ctx, items)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim messages: %w", err)
	}
	return items, nil
}

// take marks what is due as being sent.
func (o *Outbox) take(ctx context.Context, now time.Time, wants []outbox.Want) ([]outbox.Item, error) {
	var items []outbox.Item
	fenced := slices.ContainsFunc(wants, func(w outbox.Want) bool { return w.Fence != 0 })
	for len(wants) > 0 {
		n := min(len(wants), maxChunk)
		arms := 1
		for arms < n {
			arms *= 2
		}
		args := make([]any, 0, (armArgs+1)*arms+2)
		for i := range arms {
			w := outbox.Want{} // fills up to a power of two: no account has the id 0
			if i < n {
				w = wants[i]
			}
			args = append(args, micros(w.Until), w.SafeResend, int64(w.Fence))
			if fenced {
				args = append(args, int64(w.Fence))
			}
			args = append(args, int64(w.AccountID), micros(now), int64(w.Limit))
		}
		args = append(args, rand.Text(), micros(now))
		err := o.db.each(ctx, o.claimText(arms, fenced), args, func(row *sql.Rows) error {
			var i outbox.Item
			err := row.Scan(&i.ID, &i.AccountID, &i.ConversationID, &i.Out.Attempt, &i.Token, timeCol{&i.Since}, timeCol{&i.Until})
			items = append(items, i)
			return err
		})
		if err != nil {
			return nil, err
		}
		wants = wants[n:]
	}
	return items, nil
}

// FreeOutbox ends the claims of an earlier process on SQLite, which only one process
// uses: what that had in flight is uncertain at once, and what waits behind it goes on. On
// PostgreSQL they run out.
func (db *DB) FreeOutbox(ctx context.Context) error {
	if db.engine != SQLite {
		return nil
	}
	return db.Write(ctx, func(ctx context.Context) error {
		_, err := db.exec(ctx, `UPDATE outbox SET claimed_until = 1 WHERE state = 'sending'`)
		if err != nil {
			return err
		}
		_, err = db.exec(ctx, `UPDATE amendments SET claimed_until = 1 WHERE state = 'sending'`)
		return err
	})
}

// nextLapse finds the first lease to end, and nextDue besides it the first message of
// the accounts that comes due later.
const nextLapse = `(SELECT COALESCE(MIN(claimed_until), 0) FROM outbox WHERE state = 'sending')`

var nextDue = newKeys(`SELECT COALESCE(MIN((SELECT MIN(o.not_before) FROM outbox o
	WHERE o.state = 'queued' AND o.account_id = v.column1 AND o.not_before > v.column2)), 0), `+nextLapse+` FROM %s AS v`, "BIGINT", "BIGINT")

// Next implements outbox.Source.
func (o *Outbox) Next(ctx context.Context, now time.Time, accounts []channels.AccountID) (due, lapse time.Time, err error) {
	if due, lapse, err = o.db.nextOf(ctx, nextDue, nextLapse, now, accounts); err != nil {
		err = fmt.Errorf("find next due message: %w", err)
	}
	return due, lapse, err
}

// nextOf asks for the earliest of what the accounts have due, and for the first lease to end even when there are none.
func (db *DB) nextOf(ctx context.Context, first *keys, ends string, now time.Time, accounts []channels.AccountID) (due, lapse time.Time, err error) {
	if len(accounts) == 0 {
		_, err = db.one(ctx, "SELECT "+ends, nil, timeCol{&lapse})
	}
	args := func(args []any, id channels.AccountID) []any { return append(args, int64(id), micros(now)) }
	err = errors.Join(err, lookup(ctx, db, first, accounts, args, func(row scanner) error {
		var at time.Time
		err := row.Scan(timeCol{&at}, timeCol{&lapse})
		if !at.IsZero() && (due.IsZero() || at.Before(due)) {
			due = at
		}
		return err
	}))
	return due, lapse, err
}
