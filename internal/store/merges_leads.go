package store

import (
	"context"
	"fmt"
	"time"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/history"
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
	l := &pipeline.Lead{}
	found, err := db.one(ctx, `SELECT `+leadCols+` FROM leads WHERE contact_id = $1 AND status = 'open'
		FOR UPDATE -- only: postgres
		`, []any{int64(m.Gone)}, leadDest(l)...)
	if err != nil || !found {
		return err
	}
	was := *l
	l.Status, l.LostReason = pipeline.LeadLost, pipeline.ReasonDuplicate
	if _, err := db.one(ctx, `SELECT s.id FROM stages s WHERE s.pipeline_id = $1 AND s.kind = 'lost' ORDER BY s.id LIMIT 1`, []any{l.PipelineID}, &l.StageID); err != nil {
		return fmt.Errorf("find stage of lost leads: %w", err)
	}
	if err := db.setSecondLead(ctx, &was, l, m.Cause, m.At, m.At); err != nil {
		return fmt.Errorf("close second lead: %w", err)
	}
	_, err = db.exec(ctx, `INSERT INTO contact_merge_items (merge_id, kind, item_id, was) VALUES ($1, 'closed_lead', $2, $3)`, int64(m.ID), int64(l.ID),
		jsonText(openLead{StageID: was.StageID, LostReason: was.LostReason, UpdatedAt: was.UpdatedAt}))
	return err
}

// setSecondLead writes where a lead stands, and its history.
func (db *DB) setSecondLead(ctx context.Context, was, is *pipeline.Lead, cause actor.Cause, at, updated time.Time) error {
	if _, err := db.exec(ctx, `UPDATE leads SET status = $2, stage_id = $3, lost_reason = $4, updated_at = $5 WHERE id = $1`,
		int64(is.ID), string(is.Status), is.StageID, is.LostReason, micros(updated)); err != nil {
		return err
	}
	return db.addLine(ctx, history.Lead, int64(is.ID), at, cause, history.OfLead(was, is)...)
}

// reopenSecondLead opens again what closeSecondLead closed, unless somebody has touched it
// since or the contact has an open lead by now.
func (db *DB) reopenSecondLead(ctx context.Context, m *contact.Merge, cause actor.Cause, now time.Time) error {
	if open, err := db.HasOpenLead(ctx, m.Gone); err != nil || open {
		return err
	}
	var id int64
	var before openLead
	found, err := db.one(ctx, `SELECT item_id, was FROM contact_merge_items WHERE merge_id = $1 AND kind = 'closed_lead'`, []any{int64(m.ID)}, &id, jsonCol{&before})
	if err != nil || !found {
		return err
	}
	l := &pipeline.Lead{}
	found, err = db.one(ctx, `SELECT `+leadCols+` FROM leads WHERE id = $1 AND contact_id = $2 AND status = 'lost' AND updated_at = $3
		FOR UPDATE -- only: postgres
		`, []any{id, int64(m.Gone), micros(m.At)}, leadDest(l)...)
	if err != nil || !found {
		return err
	}
	was := *l
	l.Status, l.StageID, l.LostReason = pipeline.LeadOpen, before.StageID, before.LostReason
	return db.setSecondLead(ctx, &was, l, cause, now, before.UpdatedAt)
}
