package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley/internal/auth"
)

const teamQuery = `SELECT t.id, t.name, t.created_at, COALESCE(m.agent_id, 0) FROM teams t LEFT JOIN team_members m ON m.team_id = t.id`

var addMembers = newKeys(`INSERT INTO team_members (team_id, agent_id)
	SELECT DISTINCT v.column1, a.id FROM %s AS v CROSS JOIN agents a WHERE a.id = v.column2
	ON CONFLICT DO NOTHING RETURNING agent_id`, "BIGINT", "BIGINT")

// teams runs a query that begins with teamQuery and orders by team and agent.
func (db *DB) teams(ctx context.Context, query string, args ...any) ([]auth.Team, error) {
	var list []auth.Team
	err := db.each(ctx, query, args, func(row *sql.Rows) error {
		var t auth.Team
		var member auth.AgentID
		if err := row.Scan(&t.ID, &t.Name, timeCol{&t.CreatedAt}, &member); err != nil {
			return err
		}
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

// InsertTeam adds a team and its members.
func (db *DB) InsertTeam(ctx context.Context, t auth.Team) error {
	added, err := db.exec(ctx, `INSERT INTO teams (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		int64(t.ID), t.Name, micros(t.CreatedAt))
	if err != nil {
		return err
	}
	if added == 0 {
		return auth.ErrTaken
	}
	return db.addMembers(ctx, t)
}

// UpdateTeam writes the name and the memberships.
func (db *DB) UpdateTeam(ctx context.Context, t auth.Team) error {
	err := present(db.exec(ctx, `UPDATE teams SET name = $2 WHERE id = $1`, int64(t.ID), t.Name))
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

// DeleteTeam removes a team, its memberships, and its place in whatever was given to it.
func (db *DB) DeleteTeam(ctx context.Context, id auth.TeamID) error {
	if err := present(db.exec(ctx, `DELETE FROM teams WHERE id = $1`, int64(id))); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM team_members WHERE team_id = $1`,
		`UPDATE accounts SET team_id = 0, version = version + 1 WHERE team_id = $1`,
		`UPDATE conversations SET team_id = 0 WHERE team_id = $1`,
		`UPDATE leads SET team_id = 0 WHERE team_id = $1`,
		`UPDATE requests SET team_id = 0 WHERE team_id = $1`,
	} {
		if _, err := db.exec(ctx, query, int64(id)); err != nil {
			return fmt.Errorf("take team out: %w", err)
		}
	}
	return nil
}
