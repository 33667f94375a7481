package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/history"
)

// mergeItems note what belongs to the contact that goes ($2), before it moves.
var mergeItems = []string{
	`INSERT INTO contact_merge_items (merge_id, kind, item_id, was) SELECT $1, 'identity', id, '' FROM identities WHERE contact_id = $2`,
	`INSERT INTO contact_merge_items (merge_id, kind, item_id, was) SELECT $1, 'conversation', id, '' FROM conversations WHERE contact_id = $2`,
	`INSERT INTO contact_merge_items (merge_id, kind, item_id, was) SELECT $1, 'lead', id, '' FROM leads WHERE contact_id = $2`,
	`INSERT INTO contact_merge_items (merge_id, kind, item_id, was) SELECT $1, 'request', id, '' FROM requests WHERE contact_id = $2`,
	`INSERT INTO contact_merge_items (merge_id, kind, item_id, was) SELECT $1, 'contact', id, '' FROM contacts WHERE merged_into = $2 AND merged_into <> 0`,
}

// mergeMoves give it all to the one that stays ($1). Messages are not touched: they say
// by whom they were written when they came.
var mergeMoves = []string{
	`UPDATE identities SET contact_id = $1 WHERE contact_id = $2`,
	`UPDATE conversations SET contact_id = $1 WHERE contact_id = $2`,
	`UPDATE leads SET contact_id = $1 WHERE contact_id = $2`,
	`UPDATE requests SET contact_id = $1 WHERE contact_id = $2`,
	`UPDATE contacts SET merged_into = $1 WHERE merged_into = $2 AND merged_into <> 0`,
	`UPDATE contacts SET merged_into = $1 WHERE id = $2`,
}

// SaveMerge implements contact.MergeStore.
func (db *DB) SaveMerge(ctx context.Context, m *contact.Merge, stays, goes *contact.Contact) error {
	if err := db.lockConversationsOf(ctx, goes.ID); err != nil {
		return err
	}
	before := jsonText(map[string]any{"before": m.Before, "after": m.After})
	if _, err := db.exec(ctx, `INSERT INTO contact_merges (id, kept_id, gone_id, at, cause_kind, cause_id, before, undone_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)`,
		int64(m.ID), int64(m.Kept), int64(m.Gone), micros(m.At), string(m.Cause.Kind), m.Cause.ID, before); err != nil {
		return fmt.Errorf("insert merge: %w", err)
	}
	for _, note := range mergeItems {
		if _, err := db.exec(ctx, note, int64(m.ID), int64(m.Gone)); err != nil {
			return fmt.Errorf("note what moves: %w", err)
		}
	}
	if err := db.closeSecondLead(ctx, m); err != nil {
		return err
	}
	for _, move := range mergeMoves {
		if _, err := db.exec(ctx, move, int64(m.Kept), int64(m.Gone)); err != nil {
			return fmt.Errorf("move to the contact that stays: %w", err)
		}
	}
	joined := history.Change{Field: history.Merged, From: history.ID(0), To: history.ID(int64(m.Gone))}
	if err := db.addLine(ctx, history.Contact, int64(m.Kept), m.At, m.Cause, joined); err != nil {
		return err
	}
	ch := &inbox.Changes{Contacts: []*contact.Contact{stays}}
	ch.Feed = append(ch.Feed,
		inbox.Notice{At: m.At, Type: "contact.updated", ObjectID: int64(m.Kept), Cause: m.Cause},
		inbox.Notice{At: m.At, Type: "contact.deleted", ObjectID: int64(m.Gone), Cause: m.Cause, Moved: true, Was: actor.Sight{AgentID: goes.OwnerID}})
	if err := db.tellMerged(ctx, ch, m, m.Cause, m.At, "merged"); err != nil {
		return err
	}
	if err := db.Save(ctx, ch); err != nil {
		return err
	}
	return db.duplicatesAnew(ctx, m.Kept, m.Gone)
}

// lockConversationsOf locks the conversations of a contact in the order in which everybody
// does.
func (db *DB) lockConversationsOf(ctx context.Context, id contact.ID) error {
	if db.engine == SQLite {
		return nil
	}
	err := db.each(ctx, `SELECT id FROM conversations WHERE contact_id = $1 ORDER BY id FOR UPDATE`, []any{int64(id)}, func(r *sql.Rows) error { return r.Scan(new(int64)) })
	if err != nil {
		return fmt.Errorf("lock conversations of contact: %w", err)
	}
	return nil
}

// toldMerged is how many objects of a contact that was merged open pages are told of, of
// each sort.
const toldMerged = 200

// tellMerged tells open pages of what moved, and the timelines of the conversations that
// are not closed. It works on the items of the merge.
func (db *DB) tellMerged(ctx context.Context, ch *inbox.Changes, m *contact.Merge, cause actor.Cause, now time.Time, word string) error {
	for kind, query := range map[string]string{
		"conversation": `SELECT id, id FROM conversations WHERE id IN (SELECT item_id FROM contact_merge_items WHERE merge_id = $1 AND kind = 'conversation') AND status <> 'closed' ORDER BY id LIMIT $2`,
		"lead":         `SELECT id, conversation_id FROM leads WHERE id IN (SELECT item_id FROM contact_merge_items WHERE merge_id = $1 AND kind = 'lead') ORDER BY id DESC LIMIT $2`,
		"request":      `SELECT id, conversation_id FROM requests WHERE id IN (SELECT item_id FROM contact_merge_items WHERE merge_id = $1 AND kind = 'request') ORDER BY id DESC LIMIT $2`,
	} {
		err := db.each(ctx, query, []any{int64(m.ID), int64(toldMerged)}, func(r *sql.Rows) error {
			n := inbox.Notice{At: now, Type: kind + ".updated", Cause: cause}
			err := r.Scan(&n.ObjectID, &n.ConversationID)
			ch.Feed = append(ch.Feed, n)
			return err
		})
		if err != nil {
			return fmt.Errorf("find what open pages show: %w", err)
		}
	}
	open, err := db.openConversationsOf(ctx, m.Kept, m.Gone)
	if err != nil || len(open) == 0 {
		return err
	}
	ids, err := db.NextIDs(ctx, len(open))
	if err != nil {
		return err
	}
	for n, c := range open {
		ch.Enter(ids[n], c, "contact", cause, now, map[string]any{
			word: m.GoneName, "contact_id": strconv.FormatInt(int64(m.Kept), 10), "merge_id": strconv.FormatInt(int64(m.ID), 10),
		})
	}
	return nil
}

// openConversationsOf returns the latest that are not closed, of the two together.
func (db *DB) openConversationsOf(ctx context.Context, kept, gone contact.ID) ([]inbox.ConversationID, error) {
	var list []inbox.ConversationID
	for _, id := range []contact.ID{kept, gone} {
		err := db.each(ctx, `SELECT id FROM conversations WHERE contact_id = $1 AND status <> 'closed' ORDER BY last_at DESC LIMIT $2`,
			[]any{int64(id), int64(toldConversations)}, func(r *sql.Rows) error {
				var c inbox.ConversationID
				err := r.Scan(&c)
				list = append(list, c)
				return err
			})
		if err != nil {
			return nil, fmt.Errorf("find open conversations: %w", err)
		}
	}
	return list, nil
}

const mergeSelect = `SELECT m.id, m.kept_id, m.gone_id, COALESCE(p.name, ''), m.before, m.cause_kind, m.cause_id, COALESCE(g.name, ''), m.at, m.undone_at
	FROM contact_merges m LEFT JOIN contacts p ON p.id = m.gone_id LEFT JOIN agents g ON m.cause_kind = 'agent' AND g.id = m.cause_id `

func scanMerge(row scanner, m *contact.Merge) error {
	var both struct{ Before, After contact.Snapshot }
	err := row.Scan(&m.ID, &m.Kept, &m.Gone, &m.GoneName, jsonCol{&both}, &m.Cause.Kind, &m.Cause.ID, &m.CauseName, timeCol{&m.At}, timeCol{&m.UndoneAt})
	m.Before, m.After = both.Before, both.After
	return err
}

// Merge implements contact.MergeStore.
func (db *DB) Merge(ctx context.Context, id contact.MergeID) (m contact.Merge, found bool, err error) {
	err = db.each(ctx, mergeSelect+`WHERE m.id = $1`, []any{int64(id)}, func(r *sql.Rows) error {
		found = true
		return scanMerge(r, &m)
	})
	return m, found, err
}

// shownMerges is how many merges of a contact are listed.
const shownMerges = 100

// Merges implements contact.MergeStore.
func (db *DB) Merges(ctx context.Context, kept contact.ID) ([]contact.Merge, error) {
	var list []contact.Merge
	err := db.each(ctx, mergeSelect+`WHERE m.kept_id = $1 AND m.undone_at = 0 ORDER BY m.id DESC LIMIT $2`, []any{int64(kept), int64(shownMerges)}, func(r *sql.Rows) error {
		var m contact.Merge
		err := scanMerge(r, &m)
		list = append(list, m)
		return err
	})
	return list, err
}

// mergesOf are the merges of a contact ($1) and of all who are part of it: those who went
// into one that went itself point to it as well.
const mergesOf = `SELECT id FROM contact_merges WHERE kept_id = $1 OR gone_id = $1
	OR kept_id IN (SELECT id FROM contacts WHERE merged_into = $1 AND merged_into <> 0)
	OR gone_id IN (SELECT id FROM contacts WHERE merged_into = $1 AND merged_into <> 0)`

// forgetMerges removes those who went into a contact that is being deleted, and all that
// merges have noted of any of them.
func (db *DB) forgetMerges(ctx context.Context, id contact.ID) error {
	for _, text := range []string{
		`DELETE FROM contact_merge_items WHERE merge_id IN (` + mergesOf + `)`,
		`DELETE FROM contact_merges WHERE id IN (` + mergesOf + `)`,
		`DELETE FROM contacts WHERE merged_into = $1 AND merged_into <> 0`,
	} {
		if _, err := db.exec(ctx, text, int64(id)); err != nil {
			return fmt.Errorf("forget merges: %w", err)
		}
	}
	return nil
}
