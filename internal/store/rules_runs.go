package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router"
)

const runCols = `id, trigger_id, event, conversation_id, at, depth, outcome, problem, why, steps`

var (
	runTable    = newTable("trigger_runs", runCols, "")
	runUpdate   = newTable("trigger_runs", runCols, upsert(runCols))
	runsByEvent = newKeys(`SELECT r.trigger_id, r.event FROM %s AS v CROSS JOIN trigger_runs r WHERE r.event = v.column1`, "TEXT")
	// A clock whose job is long gone does not keep the next one from being set.
	armTimer = newKeys(`INSERT INTO trigger_timers (trigger_id, conversation_id, due_at)
		SELECT v.column1, v.column2, v.column3 FROM %s AS v WHERE 1 = 1
		ON CONFLICT (conversation_id, trigger_id) DO UPDATE SET due_at = excluded.due_at WHERE trigger_timers.due_at < excluded.due_at - 86400000000 OR trigger_timers.due_at > excluded.due_at
		RETURNING trigger_id, conversation_id, due_at`, "BIGINT", "BIGINT", "BIGINT")
)

func runArgs(args []any, r *router.Run) []any {
	return append(args, int64(r.ID), int64(r.TriggerID), r.Event, int64(r.Conversation), micros(r.At), int64(r.Depth), string(r.Outcome),
		jsonText(r.Problem), jsonText(r.Why), jsonText(r.Steps))
}

func runDest(r *router.Run) []any {
	return []any{&r.ID, &r.TriggerID, &r.Event, &r.Conversation, timeCol{&r.At}, &r.Depth, &r.Outcome, jsonCol{&r.Problem}, jsonCol{&r.Why}, jsonCol{&r.Steps}}
}

// RunsOf returns which of the events' runs there are already.
func (db *DB) RunsOf(ctx context.Context, events []string) (map[router.RunKey]bool, error) {
	have := map[router.RunKey]bool{}
	err := lookup(ctx, db, runsByEvent, events, func(args []any, e string) []any { return append(args, e) }, func(row scanner) error {
		var k router.RunKey
		err := row.Scan(&k.Trigger, &k.Event)
		have[k] = true
		return err
	})
	return have, err
}

// AddRuns writes new runs.
func (db *DB) AddRuns(ctx context.Context, list []*router.Run) error {
	return put(ctx, db, runTable, list, runArgs)
}

// PutRun writes a run that went on.
func (db *DB) PutRun(ctx context.Context, r *router.Run) error {
	return put(ctx, db, runUpdate, []*router.Run{r}, runArgs)
}

// LockRun returns a run for going on with it; the conversation's lock keeps others away.
func (db *DB) LockRun(ctx context.Context, id router.RunID) (*router.Run, bool, error) {
	r := &router.Run{}
	found, err := db.one(ctx, `SELECT `+runCols+` FROM trigger_runs WHERE id = $1`, []any{int64(id)}, runDest(r)...)
	return r, found, err
}

// Run returns one run that the viewer may see.
func (db *DB) Run(ctx context.Context, v actor.Viewer, id router.RunID) (r router.Run, found bool, err error) {
	b := &builder{}
	b.add("SELECT ", prefixed("r", runCols), " FROM trigger_runs r LEFT JOIN conversations c ON c.id = r.conversation_id WHERE r.id = ", b.arg(int64(id)),
		" AND ", visibleRun(b, v))
	found, err = db.one(ctx, b.text.String(), b.args, runDest(&r)...)
	return r, found, err
}

// visibleRun is for runs r whose conversations are joined as c: those of no conversation
// are for who sees everything.
func visibleRun(b *builder, v actor.Viewer) string {
	return "(c.id IS NOT NULL AND " + visible(b, v, sightOf("c", "assignee_id")) + alone(v) + ")"
}

func alone(v actor.Viewer) string {
	if v.Scope == actor.All && len(v.Accounts) == 0 {
		return " OR c.id IS NULL"
	}
	return ""
}

// Runs returns a page of runs, the newest first.
func (db *DB) Runs(ctx context.Context, v actor.Viewer, f router.RunFilter) (inbox.Page[router.Run], error) {
	var page inbox.Page[router.Run]
	if f.Conversation != 0 {
		if sees, err := db.seesConversation(ctx, v, f.Conversation); err != nil || !sees {
			return page, cmp.Or(err, error(inbox.ErrNoConversation))
		}
	}
	b := &builder{}
	b.add("SELECT ", prefixed("r", runCols), " FROM trigger_runs r LEFT JOIN conversations c ON c.id = r.conversation_id WHERE ", visibleRun(b, v))
	if f.Trigger != 0 {
		b.add(" AND r.trigger_id = ", b.arg(int64(f.Trigger)))
	}
	if f.Conversation != 0 {
		b.add(" AND r.conversation_id = ", b.arg(int64(f.Conversation)))
	}
	if f.Cursor != "" {
		before, err := strconv.ParseInt(f.Cursor, 10, 64)
		if err != nil || before <= 0 {
			return page, errBadCursor
		}
		b.add(" AND r.id < ", b.arg(before))
	}
	b.add(" ORDER BY r.id DESC LIMIT ", b.arg(int64(f.Limit+1)))
	err := db.each(ctx, b.text.String(), b.args, func(row *sql.Rows) error {
		var r router.Run
		err := row.Scan(runDest(&r)...)
		page.Items = append(page.Items, r)
		return err
	})
	if err != nil {
		return page, fmt.Errorf("list runs: %w", err)
	}
	if len(page.Items) > f.Limit {
		page.Items = page.Items[:f.Limit]
		page.Next = strconv.FormatInt(int64(page.Items[f.Limit-1].ID), 10)
	}
	return page, nil
}

// ArmTimers notes clocks and returns those that were not running.
func (db *DB) ArmTimers(ctx context.Context, list []router.Armed) ([]router.Armed, error) {
	var begun []router.Armed
	for len(list) > 0 { // without the repeats of a filled up chunk, which one statement may not write
		n := chunkSize(len(list))
		args := func(args []any, i int) []any {
			a := list[i]
			return append(args, int64(a.Trigger), int64(a.Conversation), micros(a.Due))
		}
		text, values := armTimer.ask(db.engine, n, args)
		err := db.ask(ctx, question{text: db.on(text), args: values, scan: func(row scanner) error {
			var a router.Armed
			err := row.Scan(&a.Trigger, &a.Conversation, timeCol{&a.Due})
			begun = append(begun, a)
			return err
		}})
		if err != nil {
			return nil, err
		}
		list = list[n:]
	}
	return begun, nil
}

// DisarmTimer notes that a clock no longer runs.
func (db *DB) DisarmTimer(ctx context.Context, t router.TriggerID, c inbox.ConversationID) error {
	return db.later(ctx, `DELETE FROM trigger_timers WHERE trigger_id = $1 AND conversation_id = $2`, int64(t), int64(c))
}
