package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"parley/inbox"
	"parley/router"
	"parley/router/clocks"
)

const policyCols = `id, name, position, schedule_id, conditions, targets, by_priority, warn_percent, warn_whom, breach_whom, pause_on, created_at, updated_at`

var policyTable = newTable("sla_policies", policyCols, upsert(policyCols))

// Policies returns all, in the order in which they are asked.
func (db *DB) Policies(ctx context.Context) ([]clocks.Policy, error) {
	var list []clocks.Policy
	err := db.each(ctx, `SELECT `+policyCols+` FROM sla_policies ORDER BY position, id`, nil, func(row *sql.Rows) error {
		var p clocks.Policy
		err := row.Scan(&p.ID, &p.Name, &p.Position, &p.Schedule, jsonCol{&p.Conditions}, jsonCol{&p.Targets}, jsonCol{&p.ByPriority}, &p.WarnPercent,
			jsonCol{&p.WarnWhom}, jsonCol{&p.BreachWhom}, jsonCol{&p.PauseOn}, timeCol{&p.CreatedAt}, timeCol{&p.UpdatedAt})
		list = append(list, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list policies: %w", err)
	}
	return list, nil
}

// PutPolicy adds or changes a policy.
func (db *DB) PutPolicy(ctx context.Context, p *clocks.Policy) error {
	err := putRules(ctx, db, policyTable, p, func(args []any, p *clocks.Policy) []any {
		return append(args, int64(p.ID), p.Name, p.Position, int64(p.Schedule), jsonText(p.Conditions), jsonText(p.Targets), jsonText(p.ByPriority),
			int64(p.WarnPercent), jsonText(p.WarnWhom), jsonText(p.BreachWhom), jsonText(p.PauseOn), micros(p.CreatedAt), micros(p.UpdatedAt))
	})
	if err != nil {
		return err
	}
	return db.sweepClocks(ctx)
}

// DeletePolicy removes a policy. The clocks that it set stay.
func (db *DB) DeletePolicy(ctx context.Context, id clocks.PolicyID) (bool, error) {
	found, err := db.deleteRules(ctx, `DELETE FROM sla_policies WHERE id = $1`, int64(id))
	if err != nil || !found {
		return false, err
	}
	return true, db.sweepClocks(ctx)
}

// settingSweep holds how far clocks that run were brought under policies and schedules
// that were changed: the revision of the change and a conversation.
const settingSweep = "clock_sweep"

// sweepClocks asks for all clocks that run to be brought under what holds now.
func (db *DB) sweepClocks(ctx context.Context) error {
	revision, err := db.RulesRevision(ctx)
	if err != nil {
		return err
	}
	return db.SetSetting(ctx, settingSweep, sweepText(clocks.Sweep{Revision: revision}))
}

func sweepText(s clocks.Sweep) string {
	if s.Revision == "" {
		return ""
	}
	text := s.Revision + " " + strconv.FormatInt(int64(s.After), 10)
	if s.Waits {
		text += fmt.Sprintf(" %d %d", micros(s.Since), micros(s.Begin))
		if s.Told > 0 {
			text += fmt.Sprintf(" %d", s.Told)
		}
	}
	return text
}

// ClockSweep returns the sweep that was asked for, or the zero value.
func (db *DB) ClockSweep(ctx context.Context) (clocks.Sweep, error) {
	value, found, err := db.Setting(ctx, settingSweep)
	if err != nil || !found || value == "" {
		return clocks.Sweep{}, err
	}
	parts := strings.Fields(value)
	var nums [4]int64 // the conversation; then, where those who wait are looked at, two times and how many were told of
	for i, text := range parts[1:min(len(parts), 5)] {
		if nums[i], err = strconv.ParseInt(text, 10, 64); err != nil {
			return clocks.Sweep{}, fmt.Errorf("read sweep of clocks: %w", err)
		}
	}
	s := clocks.Sweep{Revision: parts[0], After: inbox.ConversationID(nums[0]), Waits: len(parts) >= 4, Told: int(nums[3])}
	s.Since, s.Begin = when(nums[1]), when(nums[2])
	return s, nil
}

// PutClockSweep puts a sweep in place of another, if that one still holds.
func (db *DB) PutClockSweep(ctx context.Context, done, next clocks.Sweep) error {
	_, err := db.exec(ctx, `UPDATE settings SET value = $3 WHERE name = $1 AND value = $2`, settingSweep, sweepText(done), sweepText(next))
	return err
}

// RunningAfter returns conversations with clocks that have not ended.
func (db *DB) RunningAfter(ctx context.Context, after inbox.ConversationID, limit int) ([]inbox.ConversationID, error) {
	return db.conversationIDs(ctx, `SELECT DISTINCT conversation_id FROM clocks WHERE ended_at = 0 AND conversation_id > $1 ORDER BY conversation_id LIMIT $2`,
		int64(after), int64(limit))
}

// WaitingAfter returns conversations that wait for an answer, behind one, the longest first.
func (db *DB) WaitingAfter(ctx context.Context, after clocks.Waiter, limit int) ([]clocks.Waiter, error) {
	var list []clocks.Waiter
	err := db.each(ctx, `SELECT id, waiting_since FROM conversations WHERE unanswered AND (waiting_since, id) > ($1, $2) ORDER BY waiting_since, id LIMIT $3`,
		[]any{micros(after.Since), int64(after.Conversation), int64(limit)}, func(row *sql.Rows) error {
			var w clocks.Waiter
			err := row.Scan(&w.Conversation, timeCol{&w.Since})
			list = append(list, w)
			return err
		})
	return list, err
}

// ScheduleUser returns the name of a policy or a team that uses a schedule, "" for none.
func (db *DB) ScheduleUser(ctx context.Context, id router.ScheduleID) (string, error) {
	var name string
	_, err := db.one(ctx, `SELECT name FROM sla_policies WHERE schedule_id = $1 UNION ALL SELECT name FROM teams WHERE schedule_id = $1 LIMIT 1`, []any{int64(id)}, &name)
	return name, err
}
