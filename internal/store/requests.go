package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/pipeline"
)

// Requests returns a page of requests that the viewer may see.
func (db *DB) Requests(ctx context.Context, v actor.Viewer, f pipeline.RequestFilter) (pipeline.Page[pipeline.RequestRow], error) {
	var page pipeline.Page[pipeline.RequestRow]
	w := worked{table: "requests", viewer: v, cursor: f.Cursor, limit: f.Limit, where: func(b *builder) {
		if len(f.Statuses) > 0 {
			b.add(" AND x.status IN ", listOf(b, f.Statuses))
		}
		if f.Owner != nil {
			b.add(" AND x.owner_id = ", b.arg(*f.Owner))
		}
		if f.Team != nil {
			b.add(" AND x.team_id = ", b.arg(*f.Team))
		}
		if f.Contact != 0 {
			b.add(" AND x.contact_id = ", b.arg(int64(f.Contact)))
		}
		if f.Type != "" {
			b.add(" AND x.type = ", b.arg(f.Type))
		}
	}}
	b, err := w.query(requestCols)
	if err != nil {
		return page, err
	}
	err = db.each(ctx, b.text.String(), b.args, func(row *sql.Rows) error {
		var r pipeline.RequestRow
		err := row.Scan(append(requestDest(&r.Request), &r.ContactName)...)
		page.Items = append(page.Items, r)
		return err
	})
	if err != nil {
		return page, fmt.Errorf("list requests: %w", err)
	}
	if len(page.Items) > f.Limit {
		page.Items = page.Items[:f.Limit]
		last := &page.Items[f.Limit-1]
		page.Next = position{key: micros(last.CreatedAt), id: int64(last.ID)}.String()
	}
	return page, nil
}

// Request returns one request that the viewer may see.
func (db *DB) Request(ctx context.Context, v actor.Viewer, id pipeline.RequestID) (pipeline.RequestRow, bool, error) {
	var r pipeline.RequestRow
	b := &builder{}
	b.add("SELECT ", prefixed("x", requestCols), ", COALESCE(p.name, '') FROM requests x LEFT JOIN contacts p ON p.id = x.contact_id WHERE x.id = ",
		b.arg(int64(id)), " AND ", visible(b, v, sightOf("x", "owner_id")))
	found, err := db.one(ctx, b.text.String(), b.args, append(requestDest(&r.Request), &r.ContactName)...)
	return r, found, err
}

// LockRequest returns a request that the viewer may see, locked until the transaction ends.
func (db *DB) LockRequest(ctx context.Context, v actor.Viewer, id pipeline.RequestID) (*pipeline.Request, bool, error) {
	r := &pipeline.Request{}
	b := &builder{}
	b.add("SELECT ", prefixed("x", requestCols), " FROM requests x WHERE x.id = ", b.arg(int64(id)), " AND ", visible(b, v, sightOf("x", "owner_id")))
	if db.engine == Postgres {
		b.add(" FOR UPDATE")
	}
	found, err := db.one(ctx, b.text.String(), b.args, requestDest(r)...)
	return r, found, err
}

// SaveRequest writes a request, the line of its conversation's timeline, and the feed.
// A conversation without a request gets a new one as its own.
func (db *DB) SaveRequest(ctx context.Context, r *pipeline.Request, change pipeline.Change) error {
	ch := &inbox.Changes{}
	kind := "request.updated"
	if change.New {
		kind = "request.created"
	}
	ch.Request(r, kind, change.Cause, change.At)
	if err := db.link(ctx, ch, "request_id", r.ConversationID, int64(r.ID), change); err != nil {
		return err
	}
	if change.Data != nil && r.ConversationID != 0 {
		ch.Enter(change.EntryID, inbox.ConversationID(r.ConversationID), "request", change.Cause, change.At, change.Data)
	}
	return db.Save(ctx, ch)
}

// LockPlace returns where a conversation that the viewer may see stands, locked until
// the transaction ends.
func (db *DB) LockPlace(ctx context.Context, v actor.Viewer, conversation int64) (pipeline.Place, bool, error) {
	c, found, err := db.LockConversation(ctx, v, inbox.ConversationID(conversation))
	if err != nil || !found {
		return pipeline.Place{}, false, err
	}
	return pipeline.Place{
		ContactID: c.ContactID, AccountID: int64(c.AccountID), TeamID: int64(c.TeamID), AgentID: int64(c.AssigneeID), Subject: c.Subject,
	}, true, nil
}

// IsTeam tells whether there is such a team.
func (db *DB) IsTeam(ctx context.Context, id int64) (bool, error) {
	return db.TeamExists(ctx, inbox.TeamID(id))
}
