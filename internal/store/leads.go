package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
)

// worked is a list of what is worked on, leads or requests, newest first: a page is
// merged from a page of each door, each one range of one index.
type worked struct {
	table  string
	viewer actor.Viewer
	cursor string
	limit  int
	where  func(b *builder) // adds conditions on x
}

// query returns the statement that selects columns of a page, and one row more.
func (w *worked) query(columns string) (*builder, error) {
	after, err := parsePosition(w.cursor)
	if err != nil {
		return nil, err
	}
	b := &builder{}
	b.add("SELECT ", prefixed("x", columns), ", COALESCE(p.name, '') FROM (")
	for n, d := range doorsOf(w.viewer, "owner_id") {
		if n > 0 {
			b.add(" UNION ")
		}
		b.add("SELECT id FROM (SELECT x.id FROM ", w.table, " x WHERE 1 = 1")
		if d.column != "" {
			b.add(" AND x.", d.column, " = ", b.arg(d.value))
		}
		if len(w.viewer.Accounts) > 0 {
			b.add(" AND x.account_id IN ", list(b, w.viewer.Accounts))
		}
		w.where(b)
		if after != nil {
			b.add(" AND (x.created_at, x.id) < (", b.arg(after.key), ", ", b.arg(after.id), ")")
		}
		b.add(" ORDER BY x.created_at DESC, x.id DESC LIMIT ", b.arg(int64(w.limit+1)), ") AS d")
	}
	if b.args == nil {
		b.add("SELECT 0 AS id") // the viewer has no door
	}
	b.add(") AS k JOIN ", w.table, " x ON x.id = k.id LEFT JOIN contacts p ON p.id = x.contact_id",
		" ORDER BY x.created_at DESC, x.id DESC LIMIT ", b.arg(int64(w.limit+1)))
	return b, nil
}

// Leads returns a page of leads that the viewer may see.
func (db *DB) Leads(ctx context.Context, v actor.Viewer, f pipeline.LeadFilter) (pipeline.Page[pipeline.LeadRow], error) {
	var page pipeline.Page[pipeline.LeadRow]
	w := worked{table: "leads", viewer: v, cursor: f.Cursor, limit: f.Limit, where: func(b *builder) {
		if len(f.Statuses) > 0 {
			b.add(" AND x.status IN ", listOf(b, f.Statuses))
		}
		if f.Owner != nil {
			b.add(" AND x.owner_id = ", b.arg(*f.Owner))
		}
		if f.Contact != 0 {
			b.add(" AND x.contact_id = ", b.arg(int64(f.Contact)))
		}
		if f.Stage != 0 {
			b.add(" AND x.stage_id = ", b.arg(f.Stage))
		}
	}}
	b, err := w.query(leadCols)
	if err != nil {
		return page, err
	}
	err = db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		var l pipeline.LeadRow
		err := r.Scan(append(leadDest(&l.Lead), &l.ContactName)...)
		page.Items = append(page.Items, l)
		return err
	})
	if err != nil {
		return page, fmt.Errorf("list leads: %w", err)
	}
	if len(page.Items) > f.Limit {
		page.Items = page.Items[:f.Limit]
		last := &page.Items[f.Limit-1]
		page.Next = position{key: micros(last.CreatedAt), id: int64(last.ID)}.String()
	}
	return page, nil
}

// Lead returns one lead that the viewer may see.
func (db *DB) Lead(ctx context.Context, v actor.Viewer, id pipeline.LeadID) (pipeline.LeadRow, bool, error) {
	var l pipeline.LeadRow
	b := &builder{}
	b.add("SELECT ", prefixed("x", leadCols), ", COALESCE(p.name, '') FROM leads x LEFT JOIN contacts p ON p.id = x.contact_id WHERE x.id = ",
		b.arg(int64(id)), " AND ", visible(b, v, sightOf("x", "owner_id")))
	found, err := db.one(ctx, b.text.String(), b.args, append(leadDest(&l.Lead), &l.ContactName)...)
	return l, found, err
}

// LockLead returns a lead that the viewer may see, locked until the transaction ends.
func (db *DB) LockLead(ctx context.Context, v actor.Viewer, id pipeline.LeadID) (*pipeline.Lead, bool, error) {
	l := &pipeline.Lead{}
	b := &builder{}
	b.add("SELECT ", prefixed("x", leadCols), " FROM leads x WHERE x.id = ", b.arg(int64(id)), " AND ", visible(b, v, sightOf("x", "owner_id")))
	if db.engine == Postgres {
		b.add(" FOR UPDATE")
	}
	found, err := db.one(ctx, b.text.String(), b.args, leadDest(l)...)
	return l, found, err
}

// HasOpenLead tells whether a contact has an open lead. Two who ask at once and both
// add one meet at the unique index of open leads.
func (db *DB) HasOpenLead(ctx context.Context, id contact.ID) (bool, error) {
	var n int64
	return db.one(ctx, `SELECT id FROM leads WHERE contact_id = $1 AND status = 'open'`, []any{int64(id)}, &n)
}

// SaveLead writes a lead, the line of its conversation's timeline, and the feed. A
// conversation without a lead gets a new one as its own.
func (db *DB) SaveLead(ctx context.Context, l *pipeline.Lead, change pipeline.Change) error {
	ch := &inbox.Changes{}
	kind := "lead.updated"
	if change.New {
		kind = "lead.created"
	}
	ch.Lead(l, kind, change.Cause, change.At)
	if err := db.link(ctx, ch, "lead_id", l.ConversationID, int64(l.ID), change); err != nil {
		return err
	}
	if change.Data != nil && l.ConversationID != 0 {
		ch.Enter(change.EntryID, inbox.ConversationID(l.ConversationID), "lead", change.Cause, change.At, change.Data)
	}
	return db.Save(ctx, ch)
}

// link makes something new the conversation's own where it has none.
func (db *DB) link(ctx context.Context, ch *inbox.Changes, column string, conversation, id int64, change pipeline.Change) error {
	if !change.New || conversation == 0 {
		return nil
	}
	n, err := db.exec(ctx, `UPDATE conversations SET `+column+` = $2, updated_at = $3 WHERE id = $1 AND `+column+` = 0`, conversation, id, micros(change.At))
	if err != nil {
		return fmt.Errorf("link %s: %w", column, err)
	}
	if n > 0 {
		ch.Feed = append(ch.Feed, inbox.Notice{
			At: change.At, Type: "conversation.updated", ObjectID: conversation, ConversationID: inbox.ConversationID(conversation), Cause: change.Cause,
		})
	}
	return nil
}
