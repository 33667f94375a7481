package store

import (
	"context"
	"database/sql"
	"time"

	"parley/internal/auth"
)

const teamQuery = `SELECT t.id, t.name, t.strategy, t.timeout_seconds, t.overflow_team_id, t.head_id, t.sticky, t.member_order, t.schedule_id, t.created_at, COALESCE(m.agent_id, 0) FROM teams t LEFT JOIN team_members m ON m.team_id = t.id`

var addMembers = newKeys(`INSERT INTO team_members (team_id, agent_id)
	SELECT DISTINCT v.column1, a.id FROM %s AS v CROSS JOIN agents a WHERE a.id = v.column2
	ON CONFLICT DO NOTHING RETURNING agent_id`, "BIGINT", "BIGINT")

// teams runs a query that begins with teamQuery and orders by team and agent.
func (db *DB) teams(ctx context.Context, query string, args ...any) ([]auth.Team, error) {
	var list []auth.Team
	err := db.each(ctx, query, args, func(row *sql.Rows) error {
		var t auth.Team
		var member auth.AgentID
		var seconds int64
		var sticky bool
		r := &t.Routing
		err := row.Scan(&t.ID, &t.Name, &r.Strategy, &seconds, &r.Overflow, &r.Head, &sticky, jsonCol{&r.Order}, &r.Schedule, timeCol{&t.CreatedAt}, &member)
		if err != nil {
			return err
		}
		r.Timeout, r.Unsticky = time.Duration(seconds)*time.Second, !sticky
		if len(list) == 0 || list[len(list)-1].ID != t.ID {
			list = append(list, t)
		}
		if last := &list[len(list)-1]; member != 0 {
			last.MemberIDs = append(last.MemberIDs, member)
		}
		return nil
	})
	return list, err
}

// Team finds a team, with the members.
func (db *DB) Team(ctx context.Context, id auth.TeamID) (auth.Team, error) {
	list, err := db.teams(ctx, teamQuery+` WHERE t.id = $1 ORDER BY m.agent_id`, int64(id))
	if err != nil {
		return auth.Team{}, err
	}
	if len(list) == 0 {
		return auth.Team{}, auth.ErrAbsent
	}
	return list[0], nil
}

// Teams lists every team.
func (db *DB) Teams(ctx context.Context) ([]auth.Team, error) {
	return db.teams(ctx, teamQuery+` ORDER BY t.id, m.agent_id`)
}

// ScheduleExists tells whether there is such a schedule.
func (db *DB) ScheduleExists(ctx context.Context, id int64) (bool, error) {
	var n int64
	return db.one(ctx, `SELECT 1 FROM schedules WHERE id = $1`, []any{id}, &n)
}

// InsertTeam adds a team and its members.
func (db *DB) InsertTeam(ctx context.Context, t auth.Team) error {
	added, err := db.exec(ctx, `INSERT INTO teams (id, name, strategy, timeout_seconds, overflow_team_id, head_id, sticky, member_order, schedule_id, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`, append(teamArgs(t), micros(t.CreatedAt))...)
	if err != nil {
		return err
	}
	if added == 0 {
		return auth.ErrTaken
	}
	return db.addMembers(ctx, t)
}

func teamArgs(t auth.Team) []any {
	r, order := t.Routing, ""
	if len(r.Order) > 0 {
		order = jsonText(r.Order)
	}
	return []any{int64(t.ID), t.Name, r.Strategy, int64(r.Timeout / time.Second), int64(r.Overflow), int64(r.Head), !r.Unsticky, order, r.Schedule}
}

// UpdateTeam writes the name, how the team hands out, and the memberships.
func (db *DB) UpdateTeam(ctx context.Context, t auth.Team) error {
	err := present(db.exec(ctx, `UPDATE teams SET name = $2, strategy = $3, timeout_seconds = $4, overflow_team_id = $5, head_id = $6, sticky = $7,
		member_order = $8, schedule_id = $9 WHERE id = $1`, teamArgs(t)...))
	if isUnique(err) {
		return auth.ErrTaken
	}
	if err != nil {
		return err
	}
	if _, err := db.exec(ctx, `DELETE FROM team_members WHERE team_id = $1`, int64(t.ID)); err != nil {
		return err
	}
	return db.addMembers(ctx, t)
}

// addMembers adds those of the agents who exist.
func (db *DB) addMembers(ctx context.Context, t auth.Team) error {
	args := func(args []any, agent auth.AgentID) []any { return append(args, int64(t.ID), int64(agent)) }
	return lookup(ctx, db, addMembers, t.MemberIDs, args, func(row scanner) error {
		var agent auth.AgentID
		return row.Scan(&agent)
	})
}
