package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"

	"parley/inbox/actor"
	"parley/inbox/history"
)

// Latest implements history.Store.
func (db *DB) Latest(ctx context.Context, v actor.Viewer, noun history.Noun, id int64, fields []history.Change) ([]history.Line, error) {
	b := &builder{}
	b.add("SELECT ", lineCols, " FROM (")
	for n, c := range fields {
		if n > 0 {
			b.add(" UNION ALL ")
		}
		b.add("SELECT * FROM (SELECT * FROM field_changes WHERE noun = ", b.arg(string(noun)), " AND object_id = ", b.arg(id),
			" AND field = ", b.arg(lineField(c.Field)), " ORDER BY at DESC, id DESC LIMIT 1) AS d")
	}
	b.add(") AS h", lineNames, b.arg(id))
	found := map[string]history.Line{}
	err := db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		l, err := scanLine(r)
		found[l.Field] = l
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read who changed fields: %w", err)
	}
	lines := make([]history.Line, len(fields))
	for n, c := range fields {
		l, known := found[lineField(c.Field)]
		if c.Field != history.Identities && !bytes.Equal(l.To, c.From) || !known {
			l = history.Line{Noun: noun, ObjectID: id} // what became of it by other ways has no author
		}
		l.Field, l.From, l.To = c.Field, noValue, c.From
		lines[n] = l
	}
	return lines, db.nameValues(ctx, v, lines)
}

// lineField is under which name histories tell of a field.
func lineField(field string) string {
	if field == history.Identities {
		return history.Identity
	}
	return field
}
