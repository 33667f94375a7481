package store

import (
	"context"
	"fmt"
	"slices"

	"parley/inbox"
	"parley/inbox/actor"
)

// ConversationCount counts what a list holds, up to inbox.SizeCap: for whoever draws a list that is
// read piece by piece at its full length. It is answered by indexes alone where the filter allows.
func (db *DB) ConversationCount(ctx context.Context, v actor.Viewer, f inbox.Filter) (int, error) {
	var err error
	if f, err = db.unpinned(ctx, v, f); err != nil {
		return 0, err
	}
	total := 0
	for _, l := range phases(f) {
		l.viewer, l.filter = v, f
		n, err := db.countListing(ctx, &l, inbox.SizeCap)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return min(total, inbox.SizeCap), nil
}

// countListing counts one pass over a list, up to most.
func (db *DB) countListing(ctx context.Context, l *listing, most int) (int, error) {
	all := *l
	all.limit = most
	b := &builder{}
	b.add("SELECT COUNT(*) FROM (")
	if !all.doors(b) {
		return 0, nil
	}
	b.add(") AS n")
	n := 0
	if _, err := db.one(ctx, b.text.String(), b.args, &n); err != nil {
		return 0, fmt.Errorf("count list: %w", err)
	}
	return min(n, most), nil
}

// pass tells whether all of a pass over a list is skipped, and takes it off skip. Otherwise the pass
// takes the rest of skip upon itself.
func (db *DB) pass(ctx context.Context, l *listing, skip *int) (bool, error) {
	if *skip == 0 {
		return false, nil
	}
	n, err := db.countListing(ctx, l, *skip+1)
	if err != nil {
		return false, err
	}
	if n <= *skip {
		*skip -= n
		return true, nil
	}
	l.skip, *skip = *skip, 0
	return false, nil
}

// window writes which conversations a page of one pass holds: those behind the skipped ones. Of each
// door no more is read than what is skipped and the page, in the order of its index, so that skipping
// costs a step in an index for each, however much lies behind. False when there is nothing to see.
func (l *listing) window(b *builder) bool {
	if l.skip == 0 {
		return l.doors(b)
	}
	doors, also := l.usefulDoors(), ""
	for _, d := range doors {
		for _, half := range l.halves() {
			b.add(also, "SELECT id, at FROM (SELECT c.id AS id, c.", l.order.column, " AS at FROM conversations c WHERE ", half)
			l.where(b, d)
			b.add(" ORDER BY c.", l.order.column, l.order.direction(), ", c.id", l.order.direction(),
				" LIMIT ", b.arg(int64(l.skip+l.limit)), ") AS d")
			also = union(len(doors))
		}
	}
	b.add(" ORDER BY at", l.order.direction(), ", id", l.order.direction(),
		" LIMIT ", b.arg(int64(l.limit)), " OFFSET ", b.arg(int64(l.skip)))
	return also != ""
}

// union joins the doors of a list. No conversation is in two halves of one door.
func union(doors int) string {
	if doors == 1 {
		return " UNION ALL "
	}
	return " UNION "
}

// conversationsBefore returns the page that ends where the cursor f.Before points. It walks the same
// passes backwards.
func (db *DB) conversationsBefore(ctx context.Context, v actor.Viewer, f inbox.Filter) (inbox.Page[inbox.Row], error) {
	before, err := parsePosition(f.Before)
	if err != nil {
		return inbox.Page[inbox.Row]{}, err
	}
	var rows []inbox.Row
	for phase, l := range slices.Backward(phases(f)) {
		if before.phase < phase {
			continue
		}
		l.viewer, l.filter, l.limit = v, f, f.Limit+1-len(rows)
		l.order.desc = !l.order.desc
		if before.phase == phase {
			l.after = before
		}
		part, err := db.listConversations(ctx, &l)
		if err != nil {
			return inbox.Page[inbox.Row]{}, fmt.Errorf("list conversations backwards: %w", err)
		}
		rows = append(rows, part...)
		if len(rows) > f.Limit {
			break
		}
	}
	more := len(rows) > f.Limit
	rows = rows[:min(len(rows), f.Limit)]
	slices.Reverse(rows)
	page := inbox.Page[inbox.Row]{Items: rows}
	if len(rows) > 0 {
		page.Next = positionOf(f, &rows[len(rows)-1]).String()
		if more {
			page.Prev = positionOf(f, &rows[0]).String()
		}
	}
	return page, db.fillRows(ctx, page.Items)
}
