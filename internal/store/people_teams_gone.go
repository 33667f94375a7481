package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/jobs"
)

// JobLeaveTeam is the kind of job that takes out of a deleted team what its deletion left in it; app routes it to LeaveTeam.
const JobLeaveTeam = "team.leave"

// teamBatch is how much one transaction takes out of a deleted team, and lastLook how much later it is looked whether
// anything was given to it by somebody who still saw it when it went.
const (
	teamBatch = 100
	lastLook  = time.Minute
)

// goneTeam is a team that was deleted, as what was given to it tells of it: nobody can look it up any more.
type goneTeam struct {
	ID    auth.TeamID `json:"id"`
	Name  string      `json:"name"`
	Cause actor.Cause `json:"cause"`
}

// DeleteTeam removes a team, its memberships, and its place in whatever was given to it. The team is gone at once, so
// that nothing more comes to it; of what it had, the first batch is taken out here and the rest by a job.
func (db *DB) DeleteTeam(ctx context.Context, id auth.TeamID, by auth.Viewer, at time.Time) error {
	t, err := db.Team(ctx, id)
	if err != nil {
		return err
	}
	gone := goneTeam{ID: id, Name: t.Name, Cause: actor.Cause{Kind: actor.Agent, ID: int64(by.AgentID)}}
	if by.AgentID == 0 {
		gone.Cause = actor.Cause{Kind: actor.API, ID: int64(by.Key)}
	}
	if err := present(db.exec(ctx, `DELETE FROM teams WHERE id = $1`, int64(id))); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM team_members WHERE team_id = $1`,
		`UPDATE accounts SET team_id = 0, version = version + 1 WHERE team_id = $1`,
		`UPDATE teams SET overflow_team_id = 0 WHERE overflow_team_id = $1`,
		`DELETE FROM team_turns WHERE team_id = $1`,
		`DELETE FROM routing_offers WHERE team_id = $1`,
	} {
		if _, err := db.exec(ctx, query, int64(id)); err != nil {
			return fmt.Errorf("take team out: %w", err)
		}
	}
	left, err := db.leaveTeam(ctx, &gone, at)
	if err != nil {
		return err
	}
	return db.lookAgain(ctx, &gone, left, at)
}

// LeaveTeam does a JobLeaveTeam: the next batch, and a job for what is left then, until nothing is.
func (db *DB) LeaveTeam(ctx context.Context, payload string, at time.Time) error {
	var gone goneTeam
	if err := json.Unmarshal([]byte(payload), &gone); err != nil {
		return fmt.Errorf("read deleted team: %w", err)
	}
	left, err := db.leaveTeam(ctx, &gone, at)
	if err != nil || left == teamBatch {
		return err
	}
	return db.lookAgain(ctx, &gone, left, at)
}

// lookAgain leaves a job that takes out of a team what is still in it: at once when the last batch was full.
func (db *DB) lookAgain(ctx context.Context, gone *goneTeam, left int, at time.Time) error {
	payload, err := json.Marshal(gone)
	if err != nil {
		return fmt.Errorf("write deleted team: %w", err)
	}
	if left > 0 {
		at = at.Add(lastLook)
	}
	return db.AddJobs(ctx, []jobs.New{{Kind: JobLeaveTeam, Key: "team:" + strconv.FormatInt(int64(gone.ID), 10), Payload: string(payload), Due: at}})
}

// leaveTeam takes a batch out of a deleted team, and returns how much less than a full one it was. Whatever is taken out
// says so: leads and requests in their histories, conversations that are not closed in their timelines, and pages are told.
func (db *DB) leaveTeam(ctx context.Context, gone *goneTeam, at time.Time) (left int, err error) {
	left = teamBatch
	for _, step := range []func(ctx context.Context, gone *goneTeam, at time.Time, limit int) (int, error){
		db.conversationsLeave, db.leadsLeave, db.requestsLeave, db.oldLeave,
	} {
		n, err := step(ctx, gone, at, left)
		if err != nil {
			return left, fmt.Errorf("take out of a deleted team: %w", err)
		}
		if left -= n; left <= 0 {
			return 0, nil
		}
	}
	return left, nil
}

// conversationsLeave takes out conversations that are worked on, as somebody does who takes the team off them: policies
// are asked anew.
func (db *DB) conversationsLeave(ctx context.Context, gone *goneTeam, at time.Time, limit int) (int, error) {
	list, err := inTeam(ctx, db, conversationCols, `conversations WHERE team_id = $1 AND status <> 'closed' AND merged_into = 0`, "last_at", gone, limit, conversationDest)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	ids, err := db.NextIDs(ctx, len(list))
	if err != nil {
		return 0, err
	}
	ch := &inbox.Changes{}
	for i, c := range list {
		remember(ctx, c)
		was := c.Sight()
		c.TeamID = 0
		ch.Conversation(c, gone.Cause, at)
		ch.Moved(c, was, gone.Cause, at)
		ch.Enter(ids[i], c.ID, "team", gone.Cause, at, map[string]any{"from": strconv.FormatInt(int64(gone.ID), 10), "to": "", "name": gone.Name, "deleted": true})
	}
	return len(list), db.Save(ctx, ch)
}

// leadsLeave takes out leads.
func (db *DB) leadsLeave(ctx context.Context, gone *goneTeam, at time.Time, limit int) (int, error) {
	list, err := inTeam(ctx, db, leadCols, "leads WHERE team_id = $1", "created_at", gone, limit, leadDest)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	ch := &inbox.Changes{}
	for _, l := range list {
		l.TeamID = 0
		ch.Lead(l, "lead.updated", gone.Cause, at)
	}
	return len(list), db.Save(ctx, ch)
}

// requestsLeave takes out requests.
func (db *DB) requestsLeave(ctx context.Context, gone *goneTeam, at time.Time, limit int) (int, error) {
	list, err := inTeam(ctx, db, requestCols, "requests WHERE team_id = $1", "created_at", gone, limit, requestDest)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	ch := &inbox.Changes{}
	for _, r := range list {
		r.TeamID = 0
		ch.Request(r, "request.updated", gone.Cause, at)
	}
	return len(list), db.Save(ctx, ch)
}

// oldLeave takes out conversations that are over: closed ones, spam, and parts of others. Nobody works on them, so they
// say nothing. Each kind is a range of an index of its own.
func (db *DB) oldLeave(ctx context.Context, gone *goneTeam, _ time.Time, limit int) (n int, err error) {
	for _, over := range []string{"status = 'closed' AND merged_into = 0 AND spam_at = 0", "spam_at > 0", "merged_into <> 0"} {
		moved, err := db.exec(ctx, `UPDATE conversations SET team_id = 0 WHERE team_id = $1
			AND id IN (SELECT id FROM conversations WHERE team_id = $1 AND `+over+` LIMIT $2)`, int64(gone.ID), int64(limit-n))
		if err != nil {
			return n, err
		}
		if n += int(moved); n >= limit {
			break
		}
	}
	return n, nil
}

// inTeam locks and reads up to limit rows of a deleted team, so that nobody gives them to another between their reading
// and their writing. They are chosen along the team's index, and locked by their ids, as everybody locks them.
func inTeam[T any](ctx context.Context, db *DB, cols, from, along string, gone *goneTeam, limit int, dest func(*T) []any) ([]*T, error) {
	query := `SELECT ` + cols + ` FROM ` + from + ` AND id IN (SELECT id FROM ` + from + ` ORDER BY ` + along + `, id LIMIT $2) ORDER BY id`
	if db.engine == Postgres {
		query += " FOR UPDATE"
	}
	var list []*T
	err := db.each(ctx, query, []any{int64(gone.ID), int64(limit)}, func(row *sql.Rows) error {
		x := new(T)
		err := row.Scan(dest(x)...)
		list = append(list, x)
		return err
	})
	return list, err
}
