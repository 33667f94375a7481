package store

import (
	"context"
	"database/sql"
	"time"

	"parley/internal/auth"
)

const sessionCols = `id, agent_id, hash, created_at, last_seen_at, expires_at, ip, user_agent`

var sessionTable = newTable("sessions", sessionCols, "")

func sessionArgs(args []any, s auth.Session) []any {
	return append(args, int64(s.ID), int64(s.AgentID), hashText(s.Hash), micros(s.CreatedAt), micros(s.LastSeenAt),
		micros(s.ExpiresAt), s.IP, s.UserAgent)
}

func sessionDest(s *auth.Session) []any {
	return []any{&s.ID, &s.AgentID, hashCol{&s.Hash}, timeCol{&s.CreatedAt}, timeCol{&s.LastSeenAt}, timeCol{&s.ExpiresAt},
		&s.IP, &s.UserAgent}
}

// SessionByHash finds a session and its agent in one round trip.
func (db *DB) SessionByHash(ctx context.Context, h auth.TokenHash) (auth.Session, auth.Agent, error) {
	var s auth.Session
	var a auth.Agent
	var teams []auth.TeamID
	err := db.each(ctx, `SELECT `+prefixed("s", sessionCols)+`, `+prefixed("a", agentCols)+`, COALESCE(m.team_id, 0)
		FROM sessions s JOIN agents a ON a.id = s.agent_id LEFT JOIN team_members m ON m.agent_id = a.id
		WHERE s.hash = $1 ORDER BY m.team_id`, []any{hashText(h)}, func(row *sql.Rows) error {
		a = auth.Agent{}
		var team auth.TeamID
		if err := row.Scan(append(append(sessionDest(&s), agentDest(&a)...), &team)...); err != nil {
			return err
		}
		if team != 0 {
			teams = append(teams, team)
		}
		return nil
	})
	if err != nil {
		return auth.Session{}, auth.Agent{}, err
	}
	if s.ID == 0 {
		return auth.Session{}, auth.Agent{}, auth.ErrAbsent
	}
	a.TeamIDs = teams
	return s, a, nil
}

// Sessions lists an agent's sessions.
func (db *DB) Sessions(ctx context.Context, agent auth.AgentID) ([]auth.Session, error) {
	var list []auth.Session
	err := db.each(ctx, `SELECT `+sessionCols+` FROM sessions WHERE agent_id = $1 ORDER BY id`, []any{int64(agent)}, func(row *sql.Rows) error {
		var s auth.Session
		err := row.Scan(sessionDest(&s)...)
		list = append(list, s)
		return err
	})
	return list, err
}

// InsertSession adds a session.
func (db *DB) InsertSession(ctx context.Context, s auth.Session) error {
	_, err := db.exec(ctx, sessionTable.text(db.engine, 1), sessionArgs(nil, s)...)
	return err
}

// TouchSession moves a session's LastSeenAt and ExpiresAt.
func (db *DB) TouchSession(ctx context.Context, id auth.SessionID, seen, expires time.Time) error {
	_, err := db.exec(ctx, `UPDATE sessions SET last_seen_at = $2, expires_at = $3 WHERE id = $1`, int64(id), micros(seen), micros(expires))
	return err
}

// DeleteSession removes one session of an agent.
func (db *DB) DeleteSession(ctx context.Context, agent auth.AgentID, id auth.SessionID) error {
	return present(db.exec(ctx, `DELETE FROM sessions WHERE agent_id = $1 AND id = $2`, int64(agent), int64(id)))
}

// DeleteSessions removes all sessions of an agent but keep, which may be 0.
func (db *DB) DeleteSessions(ctx context.Context, agent auth.AgentID, keep auth.SessionID) error {
	_, err := db.exec(ctx, `DELETE FROM sessions WHERE agent_id = $1 AND id <> $2`, int64(agent), int64(keep))
	return err
}
