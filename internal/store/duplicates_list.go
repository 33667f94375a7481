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
)

// pairsTried is how many pairs a page looks at: whoever sees few contacts turns pages that hold
// little, and nobody reads the whole table at once.
const pairsTried = 1000

// DuplicatePairs implements contact.DuplicateStore. It reads a bounded range of one index, and tries of each
// pair whether the viewer sees both; a page may hold fewer than limit, and not be the last.
func (db *DB) DuplicatePairs(ctx context.Context, v actor.Viewer, cursor string, limit int) (contact.DuplicatePage, error) {
	after, err := parsePosition(cursor)
	if err != nil {
		return contact.DuplicatePage{}, err
	}
	b := &builder{}
	b.add("SELECT x.low_id, x.high_id, x.strength, x.why, CASE WHEN 1 = 1")
	for _, side := range []string{"low_id", "high_id"} {
		b.add(" AND EXISTS (SELECT 1 FROM contacts p WHERE p.id = x.", side, " AND p.merged_into = 0 AND ", contactVisible(b, v), ")")
	}
	b.add(" THEN 1 ELSE 0 END FROM (SELECT * FROM search_pairs x WHERE 1 = 1")
	if after != nil {
		b.add(" AND (x.strength, x.low_id, x.high_id) < (", b.arg(int64(after.phase)), ", ", b.arg(after.key), ", ", b.arg(after.id), ")")
	}
	looked := pairsTried
	if v.Scope == actor.All && len(v.Accounts) == 0 { // who sees everybody finds a page among the first
		looked = 2 * limit
	}
	b.add(" ORDER BY x.strength DESC, x.low_id DESC, x.high_id DESC LIMIT ", b.arg(int64(looked)), ") AS x ORDER BY x.strength DESC, x.low_id DESC, x.high_id DESC")
	var list []contact.DuplicatePair
	var last position
	var page contact.DuplicatePage
	tried := 0
	err = db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		var p contact.DuplicatePair
		var strength int
		var seen bool
		if err := r.Scan(&p.Low, &p.High, &strength, jsonCol{&p.Why}, &seen); err != nil {
			return err
		}
		if tried++; page.Next != "" {
			return nil
		}
		if seen && len(list) == limit {
			page.Next = last.String()
			return nil
		}
		if seen {
			list = append(list, p)
		}
		last = position{phase: strength, key: int64(p.Low), id: int64(p.High)}
		return nil
	})
	if tried == looked && page.Next == "" { // the rest is the next page's
		page.Next = last.String()
	}
	if err != nil {
		return contact.DuplicatePage{}, fmt.Errorf("list pairs: %w", err)
	}
	c := &crowd{all: map[contact.ID]*contact.Contact{}}
	var ids []int64
	for _, p := range list {
		ids = append(ids, int64(p.Low), int64(p.High))
	}
	slices.Sort(ids)
	if err := db.meetAll(ctx, c, slices.Compact(ids)); err != nil {
		return contact.DuplicatePage{}, err
	}
	for _, p := range list {
		if a, b := c.all[p.Low], c.all[p.High]; a != nil && b != nil {
			page.Items = append(page.Items, contact.DuplicateRow{A: *a, B: *b, Why: p.Why})
		}
	}
	return page, nil
}

// SetDistinct implements contact.DuplicateStore. What was said of one of two who were merged since
// is said of both, so all of it is forgotten when it is taken back.
func (db *DB) SetDistinct(ctx context.Context, a, b contact.ID, distinct bool, cause actor.Cause, at time.Time) error {
	low, high := int64(min(a, b)), int64(max(a, b))
	var err error
	if distinct {
		_, err = db.exec(ctx, `INSERT INTO contact_distinct (low_id, high_id, at, cause_kind, cause_id) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
			low, high, micros(at), string(cause.Kind), cause.ID)
	} else {
		const partOf = `(SELECT id FROM contacts WHERE id = $1 OR merged_into = $1 AND merged_into <> 0)`
		const orOf = `(SELECT id FROM contacts WHERE id = $2 OR merged_into = $2 AND merged_into <> 0)`
		_, err = db.exec(ctx, `DELETE FROM contact_distinct WHERE low_id IN `+partOf+` AND high_id IN `+orOf+` OR low_id IN `+orOf+` AND high_id IN `+partOf, low, high)
	}
	if err != nil {
		return fmt.Errorf("note who is distinct: %w", err)
	}
	if err := db.duplicatesAnew(ctx, a, b); err != nil {
		return err
	}
	ch := &inbox.Changes{}
	for _, id := range []contact.ID{a, b} {
		ch.Feed = append(ch.Feed, inbox.Notice{At: at, Type: "contact.updated", ObjectID: int64(id), Cause: cause})
	}
	return db.Save(ctx, ch)
}

var distinctByPart = newKeys(`SELECT CASE WHEN a.merged_into = 0 THEN a.id ELSE a.merged_into END, CASE WHEN b.merged_into = 0 THEN b.id ELSE b.merged_into END
	FROM contact_distinct d JOIN contacts a ON a.id = d.low_id JOIN contacts b ON b.id = d.high_id WHERE d.low_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")

var distinctByOther = newKeys(`SELECT CASE WHEN a.merged_into = 0 THEN a.id ELSE a.merged_into END, CASE WHEN b.merged_into = 0 THEN b.id ELSE b.merged_into END
	FROM contact_distinct d JOIN contacts a ON a.id = d.low_id JOIN contacts b ON b.id = d.high_id WHERE d.high_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")

var partsOfContacts = newKeys(`SELECT id FROM contacts WHERE merged_into <> 0 AND merged_into IN (SELECT column1 FROM %s AS v)`, "BIGINT")

// distinctOf returns the pairs, lower id first, of whom people said that they are not one person,
// as far as one of some contacts takes part; whoever was merged counts as whom it went into.
func (db *DB) distinctOf(ctx context.Context, ids []int64) (map[[2]contact.ID]bool, error) {
	parts := append([]int64{}, ids...)
	err := lookup(ctx, db, partsOfContacts, ids, plainID, func(r scanner) error {
		var id int64
		err := r.Scan(&id)
		parts = append(parts, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read who was merged: %w", err)
	}
	out := map[[2]contact.ID]bool{}
	scan := func(r scanner) error {
		var a, b contact.ID
		err := r.Scan(&a, &b)
		out[[2]contact.ID{min(a, b), max(a, b)}] = true
		return err
	}
	questions := append(look(db, distinctByPart, parts, plainID, scan), look(db, distinctByOther, parts, plainID, scan)...)
	if err := db.ask(ctx, questions...); err != nil {
		return nil, fmt.Errorf("read who is distinct: %w", err)
	}
	return out, nil
}

// forgetDuplicatePairs removes what is known of a contact that is being deleted, and of those who went
// into it, while their rows are still there.
func (db *DB) forgetDuplicatePairs(ctx context.Context, id contact.ID) error {
	const gone = `(SELECT id FROM contacts WHERE id = $1 OR merged_into = $1 AND merged_into <> 0)`
	for _, text := range []string{
		`DELETE FROM contact_distinct WHERE low_id IN ` + gone + ` OR high_id IN ` + gone,
		`DELETE FROM search_pairs WHERE low_id = $1 OR high_id = $1`,
	} {
		if _, err := db.exec(ctx, text, int64(id)); err != nil {
			return fmt.Errorf("forget pairs: %w", err)
		}
	}
	return nil
}
