package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/inbox/contact"
	"parley/inbox/pipeline"
)

// openLead is what an open lead says that a merge closes.
type openLead struct {
	StageID    int64     `json:"stage_id"`
	LostReason string    `json:"lost_reason"`
	UpdatedAt  time.Time `json:"updated_at"`
}

// closeSecondLead closes the open lead of the contact that goes when the one that stays has
// one too: a person has one open lead at most.
func (db *DB) closeSecondLead(ctx context.Context, m *contact.Merge) error {
	if second, err := db.HasOpenLead(ctx, m.Kept); err != nil || !second {
		return err
	}
	var id, pipe int64
	var was openLead
	found, err := db.one(ctx, `SELECT id, pipeline_id, stage_id, lost_reason, updated_at FROM leads WHERE contact_id = $1 AND status = 'open'
		FOR UPDATE -- only: postgres
		`, []any{int64(m.Gone)}, &id, &pipe, &was.StageID, &was.LostReason, timeCol{&was.UpdatedAt})
	if err != nil || !found {
		return err
	}
	if _, err := db.exec(ctx, `UPDATE leads SET status = 'lost', lost_reason = $2, updated_at = $3,
		stage_id = COALESCE((SELECT MIN(s.id) FROM stages s WHERE s.pipeline_id = $4 AND s.kind = 'lost'), stage_id) WHERE id = $1`,
		id, pipeline.ReasonDuplicate, micros(m.At), pipe); err != nil {
		return fmt.Errorf("close second lead: %w", err)
	}
	_, err = db.exec(ctx, `INSERT INTO contact_merge_items (merge_id, kind, item_id, was) VALUES ($1, 'closed_lead', $2, $3)`, int64(m.ID), id, jsonText(was))
	return err
}

// reopenSecondLead opens again what closeSecondLead closed, unless somebody has touched it
// since or the contact has an open lead by now.
func (db *DB) reopenSecondLead(ctx context.Context, m *contact.Merge) error {
	if open, err := db.HasOpenLead(ctx, m.Gone); err != nil || open {
		return err
	}
	var id int64
	var was openLead
	err := db.each(ctx, `SELECT item_id, was FROM contact_merge_items WHERE merge_id = $1 AND kind = 'closed_lead'`, []any{int64(m.ID)}, func(r *sql.Rows) error {
		return r.Scan(&id, jsonCol{&was})
	})
	if err != nil || id == 0 {
		return err
	}
	_, err = db.exec(ctx, `UPDATE leads SET status = 'open', stage_id = $2, lost_reason = $3, updated_at = $4 WHERE id = $1 AND contact_id = $5 AND status = 'lost' AND updated_at = $6`,
		id, was.StageID, was.LostReason, micros(was.UpdatedAt), int64(m.Gone), micros(m.At))
	return err
}
