package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/history"
	"parley/internal/auth"
)

// DeleteTeam removes a team, its memberships, and its place in whatever was given to it. What it takes
// out says so: leads and requests in their histories, conversations that are not closed in their timelines.
func (db *DB) DeleteTeam(ctx context.Context, id auth.TeamID, by auth.Viewer, at time.Time) error {
	t, err := db.Team(ctx, id)
	if err != nil {
		return err
	}
	cause := actor.Cause{Kind: actor.Agent, ID: int64(by.AgentID)}
	if by.AgentID == 0 {
		cause = actor.Cause{Kind: actor.API, ID: int64(by.Key)}
	}
	for _, noun := range []history.Noun{history.Lead, history.Request} {
		// Locked, so that none is given to another team between its line and the end of its place here.
		_, err := db.exec(ctx, `INSERT INTO field_changes (noun, object_id, at, cause_kind, cause_id, field, was, became)
			SELECT $2, id, $3, $4, $5, 'team_id', $6, $7 FROM `+string(noun)+`s WHERE team_id = $1 ORDER BY id
			FOR UPDATE -- only: postgres`,
			int64(id), string(noun), micros(at), string(cause.Kind), cause.ID, string(history.ID(int64(id))), string(noValue))
		if err != nil {
			return fmt.Errorf("tell histories of a deleted team: %w", err)
		}
	}
	if err := db.leaveTeam(ctx, t, cause, at); err != nil {
		return fmt.Errorf("tell conversations of a deleted team: %w", err)
	}
	if err := present(db.exec(ctx, `DELETE FROM teams WHERE id = $1`, int64(id))); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM team_members WHERE team_id = $1`,
		`UPDATE accounts SET team_id = 0, version = version + 1 WHERE team_id = $1`,
		`UPDATE conversations SET team_id = 0 WHERE team_id = $1`,
		`UPDATE leads SET team_id = 0 WHERE team_id = $1`,
		`UPDATE requests SET team_id = 0 WHERE team_id = $1`,
		`UPDATE teams SET overflow_team_id = 0 WHERE overflow_team_id = $1`,
		`DELETE FROM team_turns WHERE team_id = $1`,
		`DELETE FROM routing_offers WHERE team_id = $1`,
	} {
		if _, err := db.exec(ctx, query, int64(id)); err != nil {
			return fmt.Errorf("take team out: %w", err)
		}
	}
	return nil
}

// leaveTeam takes the conversations that are not closed out of a team, in a line of the timeline of each, which names
// the team as nobody can look it up any more; pages that show them are told.
func (db *DB) leaveTeam(ctx context.Context, t auth.Team, cause actor.Cause, at time.Time) error {
	var ch inbox.Changes
	var was []actor.Sight
	err := db.each(ctx, `UPDATE conversations SET team_id = 0 WHERE team_id = $1 AND status <> 'closed' AND merged_into = 0
		RETURNING id, account_id, assignee_id`, []any{int64(t.ID)}, func(row *sql.Rows) error {
		n := inbox.Notice{At: at, Type: "conversation.updated", Cause: cause, Moved: true}
		s := actor.Sight{TeamID: int64(t.ID)}
		err := row.Scan(&n.ObjectID, &s.AccountID, &s.AgentID)
		n.ConversationID = inbox.ConversationID(n.ObjectID)
		ch.Feed, was = append(ch.Feed, n), append(was, s)
		return err
	})
	if err != nil || len(ch.Feed) == 0 {
		return err
	}
	ids, err := db.NextIDs(ctx, len(ch.Feed))
	if err != nil {
		return err
	}
	for i := range ch.Feed {
		n := &ch.Feed[i]
		n.Was = was[i]
		ch.Enter(ids[i], n.ConversationID, "team", cause, at, map[string]any{"from": strconv.FormatInt(int64(t.ID), 10), "to": "", "name": t.Name, "deleted": true})
	}
	return db.Save(ctx, &ch)
}
