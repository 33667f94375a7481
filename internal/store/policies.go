package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley/router"
	"parley/router/clocks"
)

const policyCols = `id, name, position, schedule_id, conditions, targets, by_priority, warn_percent, warn_whom, breach_whom, created_at, updated_at`

var policyTable = newTable("sla_policies", policyCols, upsert(policyCols))

// Policies returns all, in the order in which they are asked.
func (db *DB) Policies(ctx context.Context) ([]clocks.Policy, error) {
	var list []clocks.Policy
	err := db.each(ctx, `SELECT `+policyCols+` FROM sla_policies ORDER BY position, id`, nil, func(row *sql.Rows) error {
		var p clocks.Policy
		err := row.Scan(&p.ID, &p.Name, &p.Position, &p.Schedule, jsonCol{&p.Conditions}, jsonCol{&p.Targets}, jsonCol{&p.ByPriority}, &p.WarnPercent,
			jsonCol{&p.WarnWhom}, jsonCol{&p.BreachWhom}, timeCol{&p.CreatedAt}, timeCol{&p.UpdatedAt})
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
	return putRules(ctx, db, policyTable, p, func(args []any, p *clocks.Policy) []any {
		return append(args, int64(p.ID), p.Name, p.Position, int64(p.Schedule), jsonText(p.Conditions), jsonText(p.Targets), jsonText(p.ByPriority),
			int64(p.WarnPercent), jsonText(p.WarnWhom), jsonText(p.BreachWhom), micros(p.CreatedAt), micros(p.UpdatedAt))
	})
}

// DeletePolicy removes a policy. The clocks that it set stay.
func (db *DB) DeletePolicy(ctx context.Context, id clocks.PolicyID) (bool, error) {
	return db.deleteRules(ctx, `DELETE FROM sla_policies WHERE id = $1`, int64(id))
}

// ScheduleUser returns the name of a policy that uses a schedule, "" for none.
func (db *DB) ScheduleUser(ctx context.Context, id router.ScheduleID) (string, error) {
	var name string
	_, err := db.one(ctx, `SELECT name FROM sla_policies WHERE schedule_id = $1 ORDER BY id LIMIT 1`, []any{int64(id)}, &name)
	return name, err
}
