package store

import (
	"context"
	"time"

	"parley/channels"
	"parley/inbox"
)

// Correspondence returns what a mail in a conversation is written from.
func (db *DB) Correspondence(ctx context.Context, account channels.AccountID, id inbox.ConversationID) (c inbox.Correspondence, err error) {
	if c.Own, err = db.OwnAddresses(ctx, account); err != nil {
		return c, err
	}
	if c.House, err = db.houseAddresses(ctx); err != nil {
		return c, err
	}
	if c.Participants, err = db.Participants(ctx, id); err != nil {
		return c, err
	}
	_, err = db.one(ctx, `SELECT COALESCE(i.scope, ''), COALESCE(i.address, ''), COALESCE(p.name, '') FROM conversations c
		LEFT JOIN identities i ON i.id = c.identity_id LEFT JOIN contacts p ON p.id = c.contact_id WHERE c.id = $1`,
		[]any{int64(id)}, &c.Contact.Scope, &c.Contact.Address, &c.Contact.Name)
	if err != nil {
		return c, err
	}
	const recent = `WHERE m.conversation_id = $1 AND m.seq IS NOT NULL AND m.kind = 'message'`
	// The head is JSON that we wrote: quotation marks within its values are escaped.
	const ours = ` AND COALESCE(e.head, '') NOT LIKE '%"forwards":true%'`
	const known = ` AND COALESCE(e.head, '') NOT LIKE '%"newcomer":true%'`
	c.Last, err = db.recent(ctx, recent+ours, id)
	if err == nil && c.Last != nil && c.Last.Newcomer {
		c.Newcomer = true
		c.Last, err = db.recent(ctx, recent+ours+known, id)
	}
	if err != nil || c.Last == nil {
		return c, err
	}
	// A machine is answered only where no person has written.
	for _, nature := range []string{"", "notice"} {
		c.LastInbound, err = db.recent(ctx, recent+` AND m.direction = 'inbound' AND COALESCE(e.nature, '') = '`+nature+`'`+known, id)
		if err != nil || c.LastInbound != nil {
			return c, err
		}
	}
	return c, nil
}

// recent returns the last message that a condition lets through.
func (db *DB) recent(ctx context.Context, where string, c inbox.ConversationID) (*inbox.Message, error) {
	list, err := db.messages(ctx, where+` ORDER BY m.seq DESC LIMIT 1`, int64(c))
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// TakeAutomatic notes an automatic answer to an address; false when there was one
// within the time given.
func (db *DB) TakeAutomatic(ctx context.Context, account channels.AccountID, address string, now time.Time, within time.Duration) (bool, error) {
	n, err := db.exec(ctx, `INSERT INTO automatic_answers (account_id, address, at) VALUES ($1, $2, $3)
		ON CONFLICT (account_id, address) DO UPDATE SET at = excluded.at WHERE automatic_answers.at <= $4`,
		int64(account), address, micros(now), micros(now.Add(-within)))
	return n > 0, err
}
