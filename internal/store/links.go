package store

import (
	"context"
	"database/sql"

	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
)

// LinkedLead returns a lead for changing it, nil when there is none.
func (db *DB) LinkedLead(ctx context.Context, id pipeline.LeadID) (*pipeline.Lead, error) {
	l := &pipeline.Lead{}
	found, err := db.one(ctx, `SELECT `+leadCols+` FROM leads WHERE id = $1
		FOR UPDATE -- only: postgres
		`, []any{int64(id)}, leadDest(l)...)
	if err != nil || !found {
		return nil, err
	}
	return l, nil
}

// LinkedRequest returns a request for changing it, nil when there is none.
func (db *DB) LinkedRequest(ctx context.Context, id pipeline.RequestID) (*pipeline.Request, error) {
	r := &pipeline.Request{}
	found, err := db.one(ctx, `SELECT `+requestCols+` FROM requests WHERE id = $1
		FOR UPDATE -- only: postgres
		`, []any{int64(id)}, requestDest(r)...)
	if err != nil || !found {
		return nil, err
	}
	return r, nil
}

// ContactByAddress finds the contact that holds a verified address.
func (db *DB) ContactByAddress(ctx context.Context, scope, address string) (*contact.Contact, contact.IdentityID, bool, error) {
	p := &contact.Contact{}
	var identity contact.IdentityID
	found, err := db.one(ctx, `SELECT `+prefixed("p", contactCols)+`, i.id FROM identities i JOIN contacts p ON p.id = i.contact_id
		WHERE i.scope = $1 AND i.address = $2 AND i.verified`, []any{scope, address}, append(contactDest(p), &identity)...)
	return p, identity, found, err
}

// LabelsOf returns the labels of a conversation, ascending.
func (db *DB) LabelsOf(ctx context.Context, c inbox.ConversationID) ([]inbox.LabelID, error) {
	var out []inbox.LabelID
	err := db.each(ctx, `SELECT label_id FROM conversation_labels WHERE conversation_id = $1 ORDER BY label_id`, []any{int64(c)}, func(r *sql.Rows) error {
		var l inbox.LabelID
		err := r.Scan(&l)
		out = append(out, l)
		return err
	})
	return out, err
}

// KnownLabels tells whether all ids are labels.
func (db *DB) KnownLabels(ctx context.Context, ids []inbox.LabelID) (bool, error) {
	known := map[inbox.LabelID]bool{}
	err := lookup(ctx, db, labelsByID, ids, idArg, func(row scanner) error {
		var l inbox.LabelID
		err := row.Scan(&l)
		known[l] = true
		return err
	})
	return len(known) == len(ids), err
}

var labelsByID = newKeys(`SELECT id FROM labels WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")

// Labels returns all labels by name.
func (db *DB) Labels(ctx context.Context) ([]inbox.Label, error) {
	var out []inbox.Label
	err := db.each(ctx, `SELECT id, name, color, created_at FROM labels ORDER BY name_key, id`, nil, func(r *sql.Rows) error {
		var l inbox.Label
		err := r.Scan(&l.ID, &l.Name, &l.Color, timeCol{&l.CreatedAt})
		out = append(out, l)
		return err
	})
	return out, err
}

// PutLabel adds or changes a label; taken is true when another has its name.
func (db *DB) PutLabel(ctx context.Context, l inbox.Label) (taken bool, err error) {
	key := contact.Fold(l.Name)
	var other int64
	if taken, err = db.one(ctx, `SELECT id FROM labels WHERE name_key = $1 AND id <> $2`, []any{key, int64(l.ID)}, &other); err != nil || taken {
		return taken, err
	}
	_, err = db.exec(ctx, `INSERT INTO labels (id, name, name_key, color, created_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, color = excluded.color`,
		int64(l.ID), l.Name, key, l.Color, micros(l.CreatedAt))
	return false, err
}

// DeleteLabel removes a label everywhere.
func (db *DB) DeleteLabel(ctx context.Context, id inbox.LabelID) (bool, error) {
	if _, err := db.exec(ctx, `DELETE FROM conversation_labels WHERE label_id = $1`, int64(id)); err != nil {
		return false, err
	}
	n, err := db.exec(ctx, `DELETE FROM labels WHERE id = $1`, int64(id))
	return n > 0, err
}
