package store

import (
	"context"
	"database/sql"

	"parley/internal/auth"
)

const agentCols = `id, email, name, role, language, capacity, presence, skills, access, access_accounts, disabled, signature, created_at`

var (
	agentTable = newTable("agents", agentCols, " ON CONFLICT DO NOTHING")

	// The teams of an agent come along, one row each, in order.
	agentQuery = `SELECT ` + prefixed("a", agentCols) + `, COALESCE(m.team_id, 0)
		FROM agents a LEFT JOIN team_members m ON m.agent_id = a.id`
	addTeams = newKeys(`INSERT INTO team_members (team_id, agent_id)
		SELECT DISTINCT t.id, v.column2 FROM %s AS v CROSS JOIN teams t WHERE t.id = v.column1
		ON CONFLICT DO NOTHING RETURNING team_id`, "BIGINT", "BIGINT")
)

func agentArgs(args []any, a auth.Agent) []any {
	return append(args, int64(a.ID), a.Email, a.Name, string(a.Role), a.Language, int64(a.Capacity), string(a.Presence),
		jsonList(a.Skills), string(a.Access.Conversations), jsonList(a.Access.AccountIDs), a.Disabled, a.Signature, micros(a.CreatedAt))
}

func agentDest(a *auth.Agent) []any {
	return []any{&a.ID, &a.Email, &a.Name, &a.Role, &a.Language, &a.Capacity, &a.Presence,
		jsonCol{&a.Skills}, &a.Access.Conversations, jsonCol{&a.Access.AccountIDs}, &a.Disabled, &a.Signature, timeCol{&a.CreatedAt}}
}

// agents runs a query that begins with agentQuery and orders by agent and team.
func (db *DB) agents(ctx context.Context, query string, args ...any) ([]auth.Agent, error) {
	var list []auth.Agent
	err := db.each(ctx, query, args, func(row *sql.Rows) error {
		var a auth.Agent
		var team auth.TeamID
		if err := row.Scan(append(agentDest(&a), &team)...); err != nil {
			return err
		}
		if len(list) == 0 || list[len(list)-1].ID != a.ID {
			list = append(list, a)
		}
		if last := &list[len(list)-1]; team != 0 {
			last.TeamIDs = append(last.TeamIDs, team)
		}
		return nil
	})
	return list, err
}

func (db *DB) agent(ctx context.Context, query string, args ...any) (auth.Agent, error) {
	list, err := db.agents(ctx, query, args...)
	if err != nil {
		return auth.Agent{}, err
	}
	if len(list) == 0 {
		return auth.Agent{}, auth.ErrAbsent
	}
	return list[0], nil
}

// AnyAgent reports whether there is at least one agent.
func (db *DB) AnyAgent(ctx context.Context) (bool, error) {
	var id int64
	return db.one(ctx, `SELECT id FROM agents LIMIT 1`, nil, &id)
}

// Agent finds an agent, with the teams.
func (db *DB) Agent(ctx context.Context, id auth.AgentID) (auth.Agent, error) {
	return db.agent(ctx, agentQuery+` WHERE a.id = $1 ORDER BY m.team_id`, int64(id))
}

// AgentByEmail finds an agent by the lower-case e-mail.
func (db *DB) AgentByEmail(ctx context.Context, email string) (auth.Agent, error) {
	return db.agent(ctx, agentQuery+` WHERE a.email = $1 ORDER BY m.team_id`, email)
}

// Agents lists every agent, disabled ones too.
func (db *DB) Agents(ctx context.Context) ([]auth.Agent, error) {
	return db.agents(ctx, agentQuery+` ORDER BY a.id, m.team_id`)
}

// InsertAgent adds an agent and the memberships.
func (db *DB) InsertAgent(ctx context.Context, a auth.Agent) error {
	added, err := db.exec(ctx, agentTable.text(db.engine, 1), agentArgs(nil, a)...)
	if err != nil {
		return err
	}
	if added == 0 {
		return auth.ErrTaken
	}
	return db.joinTeams(ctx, a)
}

// UpdateAgent writes all fields but ID and CreatedAt, and the memberships.
func (db *DB) UpdateAgent(ctx context.Context, a auth.Agent) error {
	err := present(db.exec(ctx, `UPDATE agents SET email = $2, name = $3, role = $4, language = $5, capacity = $6, presence = $7,
		gone_at = CASE WHEN presence <> $7 THEN 0 ELSE gone_at END, auto_away = CASE WHEN presence <> $7 THEN FALSE ELSE auto_away END,
		idle = CASE WHEN presence <> $7 THEN FALSE ELSE idle END,
		skills = $8, access = $9, access_accounts = $10, disabled = $11, signature = $12 WHERE id = $1`, agentArgs(nil, a)[:12]...))
	if isUnique(err) {
		return auth.ErrTaken
	}
	if err != nil {
		return err
	}
	if a.Presence == auth.Online || a.Presence == auth.Busy {
		if err := db.cameBack(ctx, int64(a.ID)); err != nil {
			return err
		}
	}
	if _, err := db.exec(ctx, `DELETE FROM team_members WHERE agent_id = $1`, int64(a.ID)); err != nil {
		return err
	}
	return db.joinTeams(ctx, a)
}

// joinTeams adds an agent to those of the teams that exist.
func (db *DB) joinTeams(ctx context.Context, a auth.Agent) error {
	args := func(args []any, team auth.TeamID) []any { return append(args, int64(team), int64(a.ID)) }
	return lookup(ctx, db, addTeams, a.TeamIDs, args, func(row scanner) error {
		var team auth.TeamID
		return row.Scan(&team)
	})
}

// PasswordHash returns the stored hash, "" when the agent has none.
func (db *DB) PasswordHash(ctx context.Context, id auth.AgentID) (string, error) {
	var hash string
	_, err := db.one(ctx, `SELECT password_hash FROM agents WHERE id = $1`, []any{int64(id)}, &hash)
	return hash, err
}

// SetPasswordHash stores a hash for an agent who exists.
func (db *DB) SetPasswordHash(ctx context.Context, id auth.AgentID, hash string) error {
	return present(db.exec(ctx, `UPDATE agents SET password_hash = $2 WHERE id = $1`, int64(id), hash))
}
