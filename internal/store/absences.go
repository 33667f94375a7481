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

// MovedBy returns conversations that were passed to a deputy.
func (db *DB) MovedBy(ctx context.Context, id assign.AbsenceID) ([]inbox.ConversationID, error) {
	return db.conversationIDs(ctx, `SELECT conversation_id FROM absence_moves WHERE absence_id = $1 ORDER BY conversation_id`, int64(id))
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

// Idle sets an agent to away who is online and whose pages nobody touches, and back to
// online who was set to away for it. It tells whether that changed anything.
func (db *DB) Idle(ctx context.Context, agent inbox.AgentID, idle bool) (bool, error) {
	query := `UPDATE agents SET presence = 'online', idle = FALSE WHERE id = $1 AND presence = 'away' AND idle`
	if idle {
		query = `UPDATE agents SET presence = 'away', idle = TRUE, auto_away = FALSE WHERE id = $1 AND presence = 'online' AND NOT disabled`
	}
	n, err := db.exec(ctx, query, int64(agent))
	if err != nil || n == 0 || idle {
		return n > 0, err
	}
	return true, db.cameBack(ctx, int64(agent))
}

// NoteHere notes that an agent has opened a first page at a moment, or closed the last.
// Who was set to away for having none is online again, and came says so.
func (db *DB) NoteHere(ctx context.Context, agent inbox.AgentID, here bool, at time.Time) (came bool, err error) {
	if !here {
		_, err = db.exec(ctx, `UPDATE agents SET gone_at = $2, auto_away = FALSE WHERE id = $1 AND (gone_at <> $2 OR auto_away)`, int64(agent), micros(at))
		return false, err
	}
	if err := db.cameBack(ctx, int64(agent)); err != nil {
		return false, err
	}
	list, err := db.BeatHere(ctx, []inbox.AgentID{agent}, at)
	return len(list) > 0, err
}

var beatHere = newKeys(`UPDATE agents SET here_at = v.column2, gone_at = 0 FROM %s AS v WHERE agents.id = v.column1 RETURNING agents.id, agents.auto_away`, "BIGINT", "BIGINT")

// BeatHere notes that agents have pages open at a moment, and returns those who had been
// set to away for having none.
func (db *DB) BeatHere(ctx context.Context, agents []inbox.AgentID, at time.Time) (came []inbox.AgentID, err error) {
	args := func(args []any, id inbox.AgentID) []any { return append(args, int64(id), micros(at)) }
	err = lookup(ctx, db, beatHere, agents, args, func(row scanner) error {
		var id inbox.AgentID
		var away bool
		err := row.Scan(&id, &away)
		if away {
			came = append(came, id)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("note who is there: %w", err)
	}
	for _, id := range came {
		if _, err := db.exec(ctx, `UPDATE agents SET presence = 'online', auto_away = FALSE WHERE id = $1 AND presence = 'away'`, int64(id)); err != nil {
			return nil, err
		}
		if err := db.cameBack(ctx, int64(id)); err != nil {
			return nil, err
		}
	}
	return came, nil
}

// longGone are those who are online and have had no page open since $1: they closed it, or
// the node that knew of it is gone.
const longGone = `presence = 'online' AND (gone_at > 0 AND gone_at <= $1 OR here_at > 0 AND here_at <= $1)`

// AutoAway sets those to away who are online and have been gone since a moment.
func (db *DB) AutoAway(ctx context.Context, goneBefore time.Time) ([]inbox.AgentID, error) {
	var n int64
	found, err := db.one(ctx, `SELECT 1 FROM agents WHERE `+longGone+` LIMIT 1`, []any{micros(goneBefore)}, &n)
	if err != nil || !found {
		return nil, err
	}
	var list []inbox.AgentID
	err = db.Write(ctx, func(ctx context.Context) error {
		list = nil
		return db.each(ctx, `UPDATE agents SET presence = 'away', auto_away = TRUE WHERE `+longGone+` RETURNING id`,
			[]any{micros(goneBefore)}, func(row *sql.Rows) error {
				var id inbox.AgentID
				err := row.Scan(&id)
				list = append(list, id)
				return err
			})
	})
	return list, err
}
