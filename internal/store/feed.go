package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/inbox/search"
)

// FeedAfter returns the notices after an id, at most limit, in the order of commits.
func (db *DB) FeedAfter(ctx context.Context, id int64, limit int) ([]inbox.Fed, error) {
	var out []inbox.Fed
	err := db.each(ctx, `SELECT id, at, type, object_id, conversation_id, cause_kind, cause_id, was_team, was_agent, was_account FROM feed
		WHERE id > $1 ORDER BY id LIMIT $2`, []any{id, int64(limit)}, func(r *sql.Rows) error {
		var f inbox.Fed
		var team, agent, account int64
		err := r.Scan(&f.ID, timeCol{&f.At}, &f.Type, &f.ObjectID, &f.ConversationID, &f.Cause.Kind, &f.Cause.ID, &team, &agent, &account)
		if team >= 0 {
			f.Moved, f.Was = true, actor.Sight{AccountID: account, TeamID: team, AgentID: agent}
		}
		out = append(out, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read feed: %w", err)
	}
	return out, nil
}

// FeedHead returns the id of the last notice, 0 when there has been none.
func (db *DB) FeedHead(ctx context.Context) (int64, error) {
	var id int64
	_, err := db.one(ctx, `SELECT COALESCE(MAX(id), 0) FROM feed`, nil, &id)
	return id, err
}

// FeedOldest returns the id of the first notice that is kept, 0 when there is none.
func (db *DB) FeedOldest(ctx context.Context) (int64, error) {
	var id int64
	_, err := db.one(ctx, `SELECT COALESCE(MIN(id), 0) FROM feed`, nil, &id)
	return id, err
}

// PruneFeed removes notices from before a time, at most limit, and tells how many. The
// last one stays, so that the head never goes back. When some go that the search index,
// or who looks for duplicates, has not seen, it is to look at everything anew.
func (db *DB) PruneFeed(ctx context.Context, before time.Time, limit int) (int64, error) {
	var n int64
	err := db.Bulk(ctx, func(ctx context.Context) error {
		gone, err := db.column(ctx, `DELETE FROM feed WHERE id IN (SELECT id FROM feed WHERE at < $1 AND id < (SELECT MAX(id) FROM feed) ORDER BY id LIMIT $2) RETURNING id`,
			micros(before), int64(limit))
		if n = int64(len(gone)); err != nil || n == 0 {
			return err
		}
		if err := db.later(ctx, `UPDATE search_pairs_progress SET feed = $1, people = $2 WHERE id = 1 AND feed < $1`, slices.Max(gone), search.Newest); err != nil {
			return err
		}
		return db.later(ctx, `UPDATE search_progress SET feed = $1, messages = $2, people = $2 WHERE id = 1 AND feed < $1`, slices.Max(gone), search.Newest)
	})
	return n, err
}

// The objects that notices are about, many in one round trip. They are read for the
// program itself: whoever shows them filters by what decides their visibility.
var (
	rowsByID = newKeys(`SELECT `+prefixed("c", conversationCols)+`, COALESCE(p.name, ''), COALESCE(a.kind, ''), c.due_at, COALESCE(o.state, '') FROM conversations c
		LEFT JOIN contacts p ON p.id = c.contact_id LEFT JOIN accounts a ON a.id = c.account_id LEFT JOIN messages o ON o.id = c.answer_id
		WHERE c.id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	shownMessagesByID = newKeys(messageSelect+`WHERE m.id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	shownContactsByID = newKeys(`SELECT `+contactCols+` FROM contacts WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	sightsOfContacts  = newKeys(`SELECT DISTINCT contact_id, account_id, team_id, assignee_id FROM conversations
		WHERE contact_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	shownLeadsByID = newKeys(`SELECT `+prefixed("x", leadCols)+`, COALESCE(p.name, '') FROM leads x LEFT JOIN contacts p ON p.id = x.contact_id
		WHERE x.id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	shownRequestsByID = newKeys(`SELECT `+prefixed("x", requestCols)+`, COALESCE(p.name, '') FROM requests x LEFT JOIN contacts p ON p.id = x.contact_id
		WHERE x.id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

// FeedConversations returns conversations by id, in no order; those that are gone are
// left out. ReadSeq is nobody's.
func (db *DB) FeedConversations(ctx context.Context, ids []inbox.ConversationID) ([]inbox.Row, error) {
	var out []inbox.Row
	err := lookup(ctx, db, rowsByID, ids, idArg, func(row scanner) error {
		var r inbox.Row
		err := row.Scan(append(conversationDest(&r.Conversation), &r.ContactName, &r.AccountKind, timeCol{&r.DueAt}, &r.Answer)...)
		out = append(out, r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read conversations: %w", err)
	}
	return out, db.fillRows(ctx, out)
}

// FeedMessages returns messages by id with authors' names and files, as FeedConversations.
func (db *DB) FeedMessages(ctx context.Context, ids []inbox.MessageID) ([]inbox.Message, error) {
	var out []inbox.Message
	err := lookup(ctx, db, shownMessagesByID, ids, idArg, func(row scanner) error {
		var m messageRow
		err := row.Scan(m.shown()...)
		m.counted()
		out = append(out, m.Message)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	return out, db.fill(ctx, out)
}

// FeedContacts returns contacts by id with identities, as FeedConversations, and for
// each what its conversations are seen by.
func (db *DB) FeedContacts(ctx context.Context, ids []contact.ID) ([]contact.Contact, map[contact.ID][]actor.Sight, error) {
	var out []contact.Contact
	err := lookup(ctx, db, shownContactsByID, ids, idArg, func(row scanner) error {
		var p contact.Contact
		err := row.Scan(contactDest(&p)...)
		out = append(out, p)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read contacts: %w", err)
	}
	sights := map[contact.ID][]actor.Sight{}
	err = lookup(ctx, db, sightsOfContacts, ids, idArg, func(row scanner) error {
		var id contact.ID
		var s actor.Sight
		err := row.Scan(&id, &s.AccountID, &s.TeamID, &s.AgentID)
		sights[id] = append(sights[id], s)
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read sights of contacts: %w", err)
	}
	return out, sights, db.fillIdentities(ctx, out)
}

// FeedLeads returns leads by id, as FeedConversations.
func (db *DB) FeedLeads(ctx context.Context, ids []pipeline.LeadID) ([]pipeline.LeadRow, error) {
	var out []pipeline.LeadRow
	err := lookup(ctx, db, shownLeadsByID, ids, idArg, func(row scanner) error {
		var l pipeline.LeadRow
		err := row.Scan(append(leadDest(&l.Lead), &l.ContactName)...)
		out = append(out, l)
		return err
	})
	return out, err
}

// FeedRequests returns requests by id, as FeedConversations.
func (db *DB) FeedRequests(ctx context.Context, ids []pipeline.RequestID) ([]pipeline.RequestRow, error) {
	var out []pipeline.RequestRow
	err := lookup(ctx, db, shownRequestsByID, ids, idArg, func(row scanner) error {
		var r pipeline.RequestRow
		err := row.Scan(append(requestDest(&r.Request), &r.ContactName)...)
		out = append(out, r)
		return err
	})
	return out, err
}
