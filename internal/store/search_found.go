package store

import (
	"context"
	"database/sql"

	"parley/inbox/actor"
	"parley/inbox/pipeline"
	"parley/inbox/search"
)

// aboutCols say of the conversation c what every hit shows, together with aboutJoins.
const (
	aboutCols  = `c.id, c.number, c.subject, c.status, c.account_id, COALESCE(a.kind, ''), c.contact_id, COALESCE(p.name, '')`
	aboutJoins = ` LEFT JOIN accounts a ON a.id = c.account_id LEFT JOIN contacts p ON p.id = c.contact_id `
)

func aboutDest(a *search.About) []any {
	return []any{&a.ConversationID, &a.Number, &a.Subject, &a.Status, &a.AccountID, &a.AccountKind, &a.ContactID, &a.ContactName}
}

// shownText is how much of a message is read to make a snippet of it.
const shownText = 64 << 10

// FoundMessages returns those of some messages, newest first and at most limit, that the
// viewer may see and the filter lets pass.
func (db *DB) FoundMessages(ctx context.Context, v actor.Viewer, f *search.Filter, ids []int64, limit int) ([]search.MessageHit, error) {
	ids, err := db.passing(ctx, v, f, ids, limit)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	b := &builder{}
	among, err := db.among(b, "m.id", ids)
	if err != nil {
		return nil, err
	}
	b.add("SELECT ", aboutCols, ", m.id, COALESCE(m.seq, 0), m.kind, m.direction, COALESCE(g.name, ''), ", written, ", SUBSTR(m.text, 1, ", b.arg(int64(shownText)), "), COALESCE(e.head, '')",
		" FROM messages m JOIN conversations c ON c.id = m.conversation_id", aboutJoins,
		" LEFT JOIN agents g ON m.author_kind = 'agent' AND g.id = m.author_id", mailsOf, " WHERE ", among, " ORDER BY m.id DESC")
	var out []search.MessageHit
	err = db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		var h search.MessageHit
		var head struct{ Subject string }
		err := r.Scan(append(aboutDest(&h.About), &h.ID, &h.Seq, &h.Kind, &h.Direction, &h.Author, timeCol{&h.At}, &h.Text, jsonCol{&head})...)
		if head.Subject != "" {
			h.Text = head.Subject + "\n" + h.Text
		}
		out = append(out, h)
		return err
	})
	return out, err
}

// FoundFiles returns all files of those of some messages that the viewer may see and the
// filter lets pass, newest first. Pictures within a mail's text are none.
func (db *DB) FoundFiles(ctx context.Context, v actor.Viewer, f *search.Filter, ids []int64) ([]search.FileHit, error) {
	ids, err := db.passing(ctx, v, f, ids, len(ids))
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	b := &builder{}
	among, err := db.among(b, "x.message_id", ids)
	if err != nil {
		return nil, err
	}
	b.add("SELECT ", aboutCols, ", m.id, COALESCE(m.seq, 0), ", written, ", f.id, f.name, f.type, f.size",
		" FROM message_files x JOIN files f ON f.id = x.file_id JOIN messages m ON m.id = x.message_id JOIN conversations c ON c.id = m.conversation_id", aboutJoins,
		" WHERE NOT x.inline AND ", among, " ORDER BY m.id DESC, x.position")
	var out []search.FileHit
	err = db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		var h search.FileHit
		err := r.Scan(append(aboutDest(&h.About), &h.MessageID, &h.Seq, timeCol{&h.At}, &h.ID, &h.Name, &h.Type, &h.Size)...)
		out = append(out, h)
		return err
	})
	return out, err
}

// Numbered returns the conversation and the request that have a number, as far as the viewer
// may see them. A conversation that was merged is found as the one that took it in.
func (db *DB) Numbered(ctx context.Context, v actor.Viewer, number int64) ([]search.NumberHit, error) {
	var out []search.NumberHit
	b := &builder{}
	b.add("SELECT ", aboutCols, ", c.created_at FROM conversations n JOIN conversations c ON c.id = CASE n.merged_into WHEN 0 THEN n.id ELSE n.merged_into END",
		aboutJoins, " WHERE n.number = ", b.arg(number),
		" AND ", visible(b, v, sightOf("c", "assignee_id")))
	err := db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		var h search.NumberHit
		err := r.Scan(append(aboutDest(&h.About), timeCol{&h.At})...)
		out = append(out, h)
		return err
	})
	if err != nil {
		return nil, err
	}
	b = &builder{}
	b.add("SELECT q.id, q.number, q.subject, q.status, q.conversation_id, COALESCE(c.status, ''), q.account_id, COALESCE(a.kind, ''), q.contact_id, COALESCE(p.name, ''), q.created_at",
		" FROM requests q LEFT JOIN conversations c ON c.id = q.conversation_id LEFT JOIN accounts a ON a.id = q.account_id LEFT JOIN contacts p ON p.id = q.contact_id",
		" WHERE q.number = ", b.arg(number), " AND ", visible(b, v, sightOf("q", "owner_id")))
	err = db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		var h search.NumberHit
		var id pipeline.RequestID
		err := r.Scan(&id, &h.Number, &h.Subject, &h.Request, &h.ConversationID, &h.Status, &h.AccountID, &h.AccountKind, &h.ContactID, &h.ContactName, timeCol{&h.At})
		h.RequestID = id
		out = append(out, h)
		return err
	})
	return out, err
}
