package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/inbox"
	"parley/router/assign"
)

const absenceCols = `id, agent_id, deputy_id, from_at, to_at, state, next_at, lent, created_at`

var (
	absenceTable = newTable("absences", absenceCols, upsert(absenceCols))
	moveTable    = newTable("absence_moves", "absence_id, conversation_id", " ON CONFLICT DO NOTHING")
)

func (db *DB) absences(ctx context.Context, where string, args ...any) ([]assign.Absence, error) {
	var list []assign.Absence
	err := db.each(ctx, `SELECT `+absenceCols+` FROM absences `+where, args, func(row *sql.Rows) error {
		var a assign.Absence
		err := row.Scan(&a.ID, &a.Agent, &a.Deputy, timeCol{&a.From}, timeCol{&a.To}, &a.State, timeCol{&a.Next}, jsonCol{&a.Lent}, timeCol{&a.CreatedAt})
		list = append(list, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list absences: %w", err)
	}
	return list, nil
}

// ListAbsences returns those that end after a moment, by their beginning.
func (db *DB) ListAbsences(ctx context.Context, endAfter time.Time) ([]assign.Absence, error) {
	return db.absences(ctx, `WHERE to_at > $1 ORDER BY from_at, id`, micros(endAfter))
}

// DueAbsences returns those that must be looked at by now.
func (db *DB) DueAbsences(ctx context.Context, now time.Time) ([]assign.Absence, error) {
	return db.absences(ctx, `WHERE next_at > 0 AND next_at <= $1 ORDER BY next_at, id LIMIT 10`, micros(now))
}

// PutAbsence adds or changes an absence.
func (db *DB) PutAbsence(ctx context.Context, a *assign.Absence) error {
	return put(ctx, db, absenceTable, []*assign.Absence{a}, func(args []any, a *assign.Absence) []any {
		return append(args, int64(a.ID), int64(a.Agent), int64(a.Deputy), micros(a.From), micros(a.To), string(a.State), micros(a.Next), jsonList(a.Lent), micros(a.CreatedAt))
	})
}

// DeleteAbsence removes an absence.
func (db *DB) DeleteAbsence(ctx context.Context, id assign.AbsenceID) error {
	_, err := db.exec(ctx, `DELETE FROM absences WHERE id = $1`, int64(id))
	return err
}

// HeldBy returns conversations that are not closed of an agent.
func (db *DB) HeldBy(ctx context.Context, agent inbox.AgentID, limit int) ([]inbox.ConversationID, error) {
	return db.conversationIDs(ctx, `SELECT id FROM conversations WHERE assignee_id = $1 AND status <> 'closed' ORDER BY last_at, id LIMIT $2`, int64(agent), int64(limit))
}

func (db *DB) conversationIDs(ctx context.Context, query string, args ...any) ([]inbox.ConversationID, error) {
	var list []inbox.ConversationID
	err := db.each(ctx, query, args, func(row *sql.Rows) error {
		var id inbox.ConversationID
		err := row.Scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}

// Moved notes conversations that were passed to a deputy.
func (db *DB) Moved(ctx context.Context, id assign.AbsenceID, list []inbox.ConversationID) error {
	return put(ctx, db, moveTable, list, func(args []any, c inbox.ConversationID) []any { return append(args, int64(id), int64(c)) })
}

// TakeBack returns some of these and forgets them.
func (db *DB) TakeBack(ctx context.Context, id assign.AbsenceID, limit int) ([]inbox.ConversationID, error) {
	return db.conversationIDs(ctx, `DELETE FROM absence_moves WHERE absence_id = $1 AND conversation_id IN (
		SELECT conversation_id FROM absence_moves WHERE absence_id = $1 ORDER BY conversation_id LIMIT $2) RETURNING conversation_id`, int64(id), int64(limit))
}

// Lend puts one agent into the teams of another and returns those that are new.
func (db *DB) Lend(ctx context.Context, from, to inbox.AgentID) ([]inbox.TeamID, error) {
	var list []inbox.TeamID
	err := db.each(ctx, `INSERT INTO team_members (team_id, agent_id) SELECT m.team_id, CAST($2 AS BIGINT) FROM team_members m WHERE m.agent_id = $1
		ON CONFLICT DO NOTHING RETURNING team_id`, []any{int64(from), int64(to)}, func(row *sql.Rows) error {
		var id inbox.TeamID
		err := row.Scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}

// Unlend takes an agent out of teams.
func (db *DB) Unlend(ctx context.Context, to inbox.AgentID, teams []inbox.TeamID) error {
	for _, id := range teams {
		if _, err := db.exec(ctx, `DELETE FROM team_members WHERE team_id = $1 AND agent_id = $2`, int64(id), int64(to)); err != nil {
			return err
		}
	}
	return nil
}

// Usable tells whether an agent exists and is not disabled.
func (db *DB) Usable(ctx context.Context, id inbox.AgentID) (bool, error) {
	return db.Assignable(ctx, id)
}

// NoteGone notes since when an agent has no page open, zero when there is one. Who was
// set to away for it is online again, and came says so.
func (db *DB) NoteGone(ctx context.Context, agent inbox.AgentID, since time.Time) (came bool, err error) {
	if since.IsZero() {
		n, err := db.exec(ctx, `UPDATE agents SET presence = 'online', auto_away = FALSE, gone_at = 0 WHERE id = $1 AND auto_away AND presence = 'away'`, int64(agent))
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	_, err = db.exec(ctx, `UPDATE agents SET gone_at = $2, auto_away = FALSE WHERE id = $1 AND (gone_at <> $2 OR auto_away)`, int64(agent), micros(since))
	return false, err
}

// AutoAway sets those to away who are online and have been gone since a moment.
func (db *DB) AutoAway(ctx context.Context, goneBefore time.Time) ([]inbox.AgentID, error) {
	var n int64
	found, err := db.one(ctx, `SELECT 1 FROM agents WHERE gone_at > 0 AND gone_at <= $1 AND presence = 'online' LIMIT 1`, []any{micros(goneBefore)}, &n)
	if err != nil || !found {
		return nil, err
	}
	var list []inbox.AgentID
	err = db.Write(ctx, func(ctx context.Context) error {
		list = nil
		return db.each(ctx, `UPDATE agents SET presence = 'away', auto_away = TRUE WHERE gone_at > 0 AND gone_at <= $1 AND presence = 'online' RETURNING id`,
			[]any{micros(goneBefore)}, func(row *sql.Rows) error {
				var id inbox.AgentID
				err := row.Scan(&id)
				list = append(list, id)
				return err
			})
	})
	return list, err
}
