package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/clocks"
)

var _ clocks.Store = (*DB)(nil)

const (
	clockCols = `id, conversation_id, metric, state, policy_id, policy_name, schedule_id, target, warn_percent, started_at, runs_since, used,
		due_at, next_at, warned_at, breached_at, ended_at, ended_by, updated_at`
	pauseCols = `id, clock_id, conversation_id, metric, from_at, to_at, cause_kind, cause_id, waiting`

	// clockLock is the advisory lock of a node that looks at due clocks.
	clockLock int64 = feedLock + 17
)

var (
	clockTable = newTable("clocks", clockCols, upsert(clockCols))
	pauseTable = newTable("clock_pauses", pauseCols, upsert(pauseCols))

	openClocks    = newKeys(`SELECT `+clockCols+` FROM clocks WHERE ended_at = 0 AND conversation_id IN (SELECT column1 FROM %s AS v) ORDER BY id`, "BIGINT")
	clocksAside   = newKeys(`SELECT `+clockCols+` FROM clocks WHERE ended_by = 'spam' AND conversation_id IN (SELECT column1 FROM %s AS v) ORDER BY id`, "BIGINT")
	pausesOfClock = newKeys(`SELECT `+pauseCols+` FROM clock_pauses WHERE clock_id IN (SELECT column1 FROM %s AS v) ORDER BY id`, "BIGINT")
	waitingJobs   = newKeys(`SELECT DISTINCT j.key FROM jobs j WHERE NOT j.dead AND j.key IN (SELECT column1 FROM %s AS v)`, "TEXT")
	// A conversation's deadline is the earliest that runs or was missed, until its clock ends.
	dueOfMany = newKeys(`UPDATE conversations SET due_at = COALESCE((SELECT MIN(k.due_at) FROM clocks k
			WHERE k.conversation_id = conversations.id AND k.ended_at = 0 AND k.due_at > 0), 0)
		WHERE id IN (SELECT column1 FROM %s AS v) AND due_at <> COALESCE((SELECT MIN(k.due_at) FROM clocks k
			WHERE k.conversation_id = conversations.id AND k.ended_at = 0 AND k.due_at > 0), 0)
		RETURNING id`, "BIGINT")
	// One of each metric, each by one look into an index, however many there were.
	shownClocks = newKeys(`SELECT k.conversation_id, k.metric, k.state, k.due_at, k.next_at, k.warned_at, k.ended_at, k.updated_at, k.policy_id FROM %s AS v
		CROSS JOIN (SELECT 'first_response' AS metric UNION ALL SELECT 'next_response' UNION ALL SELECT 'resolution') AS m
		JOIN clocks k ON k.id = (SELECT l.id FROM clocks l WHERE l.conversation_id = v.column1 AND l.metric = m.metric
			ORDER BY l.id DESC LIMIT 1) ORDER BY k.id`, "BIGINT")
)

// clockRow is a clock as scanned.
type clockRow struct {
	clocks.Kept
	target, used int64
}

func (r *clockRow) dest() []any {
	c := r.Clock
	return []any{&c.ID, &c.Conversation, &c.Metric, &c.State, &c.Policy, &c.PolicyName, &c.Schedule, &r.target, &c.WarnPercent, timeCol{&c.StartedAt},
		timeCol{&c.RunsSince}, &r.used, timeCol{&c.DueAt}, timeCol{&r.Next}, timeCol{&c.WarnedAt}, timeCol{&c.BreachedAt}, timeCol{&c.EndedAt}, &c.End, timeCol{&c.UpdatedAt}}
}

func scanClock(row scanner) (*clocks.Clock, error) {
	r := clockRow{Kept: clocks.Kept{Clock: &clocks.Clock{}}}
	err := row.Scan(r.dest()...)
	r.Target, r.Used = time.Duration(r.target)*time.Microsecond, time.Duration(r.used)*time.Microsecond
	return r.Clock, err
}

func clockArgs(args []any, k clocks.Kept) []any {
	c := k.Clock
	return append(args, int64(c.ID), int64(c.Conversation), string(c.Metric), string(c.State), int64(c.Policy), c.PolicyName, int64(c.Schedule),
		c.Target.Microseconds(), int64(c.WarnPercent), micros(c.StartedAt), micros(c.RunsSince), c.Used.Microseconds(), micros(c.DueAt), micros(k.Next),
		micros(c.WarnedAt), micros(c.BreachedAt), micros(c.EndedAt), string(c.End), micros(c.UpdatedAt))
}

// LockDue makes other nodes wait with due clocks until the transaction ends.
func (db *DB) LockDue(ctx context.Context) error { return db.Lock(ctx, []int64{clockLock}) }

// DueClocks returns conversations of clocks to look at; see clocks.Store.
func (db *DB) DueClocks(ctx context.Context, now time.Time, limit int) ([]inbox.ConversationID, error) {
	var list []inbox.ConversationID
	seen := map[inbox.ConversationID]bool{}
	err := db.each(ctx, `SELECT k.conversation_id FROM clocks k WHERE k.next_at > 0 AND k.next_at <= $1
		AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.key = 'clocks:' || k.conversation_id AND NOT j.dead)
		ORDER BY k.next_at, k.id LIMIT $2`, []any{micros(now), int64(limit)}, func(row *sql.Rows) error {
		var id inbox.ConversationID
		err := row.Scan(&id)
		if !seen[id] {
			seen[id] = true
			list = append(list, id)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find due clocks: %w", err)
	}
	return list, nil
}

// NextClock returns when the next clock must be looked at, zero for never.
func (db *DB) NextClock(ctx context.Context) (next time.Time, err error) {
	_, err = db.one(ctx, `SELECT COALESCE(MIN(next_at), 0) FROM clocks WHERE next_at > 0`, nil, timeCol{&next})
	return next, err
}

// UnappliedChanges returns which conversations have changes that wait in jobs.
func (db *DB) UnappliedChanges(ctx context.Context, of []inbox.ConversationID) (map[inbox.ConversationID]bool, error) {
	byKey := make(map[string]inbox.ConversationID, len(of))
	for _, id := range of {
		byKey[clocks.JobKey(id)] = id
	}
	out := map[inbox.ConversationID]bool{}
	err := lookup(ctx, db, waitingJobs, of, func(args []any, id inbox.ConversationID) []any { return append(args, clocks.JobKey(id)) }, func(row scanner) error {
		var key string
		err := row.Scan(&key)
		out[byKey[key]] = true
		return err
	})
	return out, err
}

// OpenClocks returns the clocks of conversations that have not ended.
func (db *DB) OpenClocks(ctx context.Context, of []inbox.ConversationID) ([]*clocks.Clock, error) {
	return db.someClocks(ctx, openClocks, of)
}

// ClocksAside returns the clocks of conversations that spam has ended.
func (db *DB) ClocksAside(ctx context.Context, of []inbox.ConversationID) ([]*clocks.Clock, error) {
	return db.someClocks(ctx, clocksAside, of)
}

func (db *DB) someClocks(ctx context.Context, which *keys, of []inbox.ConversationID) ([]*clocks.Clock, error) {
	var list []*clocks.Clock
	err := lookup(ctx, db, which, of, idArg, keepClock(&list))
	if err != nil {
		return nil, err
	}
	return list, db.fillPauses(ctx, list)
}

// keepClock collects clocks, each once: a chunk repeats its last key.
func keepClock(list *[]*clocks.Clock) func(row scanner) error {
	seen := map[clocks.ClockID]bool{}
	return func(row scanner) error {
		c, err := scanClock(row)
		if err == nil && !seen[c.ID] {
			seen[c.ID] = true
			*list = append(*list, c)
		}
		return err
	}
}

// fillPauses gives clocks their pauses.
func (db *DB) fillPauses(ctx context.Context, list []*clocks.Clock) error {
	byID, ids := map[clocks.ClockID]*clocks.Clock{}, make([]clocks.ClockID, len(list))
	for i, c := range list {
		byID[c.ID], ids[i] = c, c.ID
	}
	seen := map[int64]bool{}
	return lookup(ctx, db, pausesOfClock, ids, idArg, func(row scanner) error {
		var p clocks.Pause
		var clock clocks.ClockID
		var conversation int64
		var metric string
		err := row.Scan(&p.ID, &clock, &conversation, &metric, timeCol{&p.From}, timeCol{&p.To}, &p.By.Kind, &p.By.ID, &p.Waiting)
		if err == nil && !seen[p.ID] {
			seen[p.ID] = true
			byID[clock].Pauses = append(byID[clock].Pauses, p)
		}
		return err
	})
}

// pauseOf is a pause and the clock that it is of.
type pauseOf struct {
	clocks.Pause
	clock *clocks.Clock
}

// PutClocks writes clocks with their pauses and makes conversations' deadlines agree.
func (db *DB) PutClocks(ctx context.Context, list []clocks.Kept) error {
	if err := put(ctx, db, clockTable, list, clockArgs); err != nil {
		return err
	}
	var pauses []pauseOf
	for _, k := range list {
		for _, p := range k.Pauses {
			pauses = append(pauses, pauseOf{p, k.Clock})
		}
	}
	err := put(ctx, db, pauseTable, pauses, func(args []any, p pauseOf) []any {
		return append(args, p.ID, int64(p.clock.ID), int64(p.clock.Conversation), string(p.clock.Metric), micros(p.From), micros(p.To),
			string(p.By.Kind), p.By.ID, p.Waiting)
	})
	if err != nil {
		return err
	}
	return db.agreeDue(ctx, distinctIDs(list, func(k *clocks.Kept) inbox.ConversationID { return k.Conversation }))
}

// agreeDue makes conversations' deadlines agree with their clocks.
func (db *DB) agreeDue(ctx context.Context, ids []inbox.ConversationID) error {
	return lookup(ctx, db, dueOfMany, ids, idArg, func(row scanner) error {
		var id int64
		return row.Scan(&id)
	})
}

// Clocks returns every clock of a conversation that the viewer may see.
func (db *DB) Clocks(ctx context.Context, v actor.Viewer, c inbox.ConversationID) ([]*clocks.Clock, bool, error) {
	if ok, err := db.seesConversation(ctx, v, c); err != nil || !ok {
		return nil, false, err
	}
	var list []*clocks.Clock
	keep := keepClock(&list)
	err := db.each(ctx, `SELECT `+clockCols+` FROM clocks WHERE conversation_id = $1 ORDER BY id`, []any{int64(c)}, func(row *sql.Rows) error { return keep(row) })
	if err != nil {
		return nil, true, fmt.Errorf("read clocks: %w", err)
	}
	return list, true, db.fillPauses(ctx, list)
}

// WaitingPauses is the report of pauses set while the contact waited.
func (db *DB) WaitingPauses(ctx context.Context, v actor.Viewer, from, to time.Time, cursor string, limit int) (inbox.Page[clocks.PauseRow], error) {
	var page inbox.Page[clocks.PauseRow]
	after, err := parsePosition(cursor)
	if err != nil {
		return page, err
	}
	b := &builder{}
	b.add(`SELECT p.id, p.conversation_id, c.number, p.metric, p.from_at, p.to_at, p.cause_kind, p.cause_id, COALESCE(g.name, '')
		FROM clock_pauses p JOIN conversations c ON c.id = p.conversation_id LEFT JOIN agents g ON p.cause_kind = 'agent' AND g.id = p.cause_id
		WHERE p.waiting AND p.from_at >= `, b.arg(micros(from)), ` AND p.from_at < `, b.arg(micros(to)), ` AND `, visible(b, v, sightOf("c", "assignee_id")))
	if after != nil {
		b.add(" AND (p.from_at, p.id) < (", b.arg(after.key), ", ", b.arg(after.id), ")")
	}
	b.add(" ORDER BY p.from_at DESC, p.id DESC LIMIT ", b.arg(int64(limit+1)))
	err = db.each(ctx, b.text.String(), b.args, func(row *sql.Rows) error {
		r := clocks.PauseRow{Pause: clocks.Pause{Waiting: true}}
		err := row.Scan(&r.ID, &r.Conversation, &r.Number, &r.Metric, timeCol{&r.From}, timeCol{&r.To}, &r.By.Kind, &r.By.ID, &r.ByName)
		page.Items = append(page.Items, r)
		return err
	})
	if err != nil {
		return page, fmt.Errorf("list pauses: %w", err)
	}
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		last := &page.Items[limit-1]
		page.Next = position{key: micros(last.From), id: last.ID}.String()
	}
	return page, nil
}

// HeadOf returns who heads a team, 0 for nobody.
func (db *DB) HeadOf(ctx context.Context, team inbox.TeamID) (head inbox.AgentID, err error) {
	_, err = db.one(ctx, `SELECT t.head_id FROM teams t JOIN agents a ON a.id = t.head_id WHERE t.id = $1 AND NOT a.disabled`, []any{int64(team)}, &head)
	return head, err
}

// clocksOf asks for the last clock of each metric of rows.
func (db *DB) clocksOf(rows []inbox.Row) []question {
	index := make(map[inbox.ConversationID]int, len(rows))
	ids := make([]inbox.ConversationID, len(rows))
	for i := range rows {
		ids[i], index[rows[i].ID] = rows[i].ID, i
	}
	type key struct {
		id     inbox.ConversationID
		metric string
	}
	seen := map[key]bool{}
	return look(db, shownClocks, ids, idArg, func(row scanner) error {
		var id inbox.ConversationID
		var c inbox.Clock
		var next, warned time.Time
		err := row.Scan(&id, &c.Metric, &c.State, timeCol{&c.DueAt}, timeCol{&next}, timeCol{&warned}, timeCol{&c.Ended}, timeCol{&c.Moved}, &c.Policy)
		if err != nil || seen[key{id, c.Metric}] {
			return err
		}
		seen[key{id, c.Metric}] = true
		c.WarnAt = warned
		if warned.IsZero() && next.Before(c.DueAt) {
			c.WarnAt = next
		}
		i := index[id]
		rows[i].Clocks = append(rows[i].Clocks, c)
		return nil
	})
}
