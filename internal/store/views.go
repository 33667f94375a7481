package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/views"
)

var _ views.Store = (*DB)(nil)

const viewCols = `id, name, scope, owner_id, team_id, conditions, sort, created_at, updated_at`

var viewTable = newTable("views", viewCols, upsert(viewCols))

// Views returns all saved views, by name.
func (db *DB) Views(ctx context.Context) ([]views.View, error) {
	var list []views.View
	err := db.each(ctx, `SELECT `+viewCols+` FROM views ORDER BY name, id`, nil, func(row *sql.Rows) error {
		var w views.View
		err := row.Scan(&w.ID, &w.Name, &w.Scope, &w.Owner, &w.Team, jsonCol{&w.Conditions}, &w.Sort, timeCol{&w.CreatedAt}, timeCol{&w.UpdatedAt})
		list = append(list, w)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list views: %w", err)
	}
	return list, nil
}

// LockView lets nobody else change a view until the transaction ends.
func (db *DB) LockView(ctx context.Context, id views.ID) (bool, error) {
	var n int64
	return db.one(ctx, `SELECT id FROM views WHERE id = $1
		FOR UPDATE -- only: postgres
		`, []any{int64(id)}, &n)
}

// PutView adds or changes a view.
func (db *DB) PutView(ctx context.Context, w *views.View) error {
	return db.changeShared(ctx, viewShelf, int64(w.ID), func() error {
		return put(ctx, db, viewTable, []*views.View{w}, func(args []any, w *views.View) []any {
			return append(args, int64(w.ID), w.Name, string(w.Scope), int64(w.Owner), int64(w.Team), jsonText(w.Conditions), string(w.Sort), micros(w.CreatedAt), micros(w.UpdatedAt))
		})
	})
}

// DeleteView removes a view.
func (db *DB) DeleteView(ctx context.Context, id views.ID) (found bool, err error) {
	err = db.changeShared(ctx, viewShelf, int64(id), func() error {
		n, err := db.exec(ctx, `DELETE FROM views WHERE id = $1`, int64(id))
		found = n > 0
		return err
	})
	return found, err
}

// ConversationsByID returns those of the named that the viewer may see, and that were not
// joined to others.
func (db *DB) ConversationsByID(ctx context.Context, v actor.Viewer, ids []inbox.ConversationID) ([]inbox.Row, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	named := make([]int64, len(ids))
	for i, id := range ids {
		named[i] = int64(id)
	}
	b := &builder{}
	b.add("SELECT ", rowCols, " FROM conversations c", rowJoins, ownJoins(b, v),
		" WHERE c.merged_into = 0 AND c.spam_at = 0 AND c.id IN ", list(b, named), " AND ", visible(b, v, sightOf("c", "assignee_id")))
	var out []inbox.Row
	err := db.each(ctx, b.text.String(), b.args, func(row *sql.Rows) error {
		var r inbox.Row
		err := row.Scan(rowDest(&r)...)
		out = append(out, r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read conversations: %w", err)
	}
	return out, nil
}
