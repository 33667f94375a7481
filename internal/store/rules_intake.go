package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley/inbox/intake"
)

var _ intake.RuleStore = (*DB)(nil)

const intakeRuleCols = `id, account_id, name, enabled, position, conditions, outcome, created_at, updated_at`

var intakeRuleTable = newTable("intake_rules", intakeRuleCols, upsert(intakeRuleCols))

// IntakeRules returns all rules of intake, those of each account in their order.
func (db *DB) IntakeRules(ctx context.Context) ([]intake.Rule, error) {
	var list []intake.Rule
	err := db.each(ctx, `SELECT `+intakeRuleCols+` FROM intake_rules ORDER BY account_id, position, id`, nil, func(row *sql.Rows) error {
		var r intake.Rule
		err := row.Scan(&r.ID, &r.AccountID, &r.Name, &r.Enabled, &r.Position, jsonCol{&r.Conditions}, jsonCol{&r.Then}, timeCol{&r.CreatedAt}, timeCol{&r.UpdatedAt})
		list = append(list, r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list intake rules: %w", err)
	}
	return list, nil
}

// PutIntakeRule adds or changes a rule.
func (db *DB) PutIntakeRule(ctx context.Context, r *intake.Rule) error {
	return putRules(ctx, db, intakeRuleTable, r, func(args []any, r *intake.Rule) []any {
		return append(args, int64(r.ID), int64(r.AccountID), r.Name, r.Enabled, r.Position, jsonText(r.Conditions), jsonText(r.Then), micros(r.CreatedAt), micros(r.UpdatedAt))
	})
}

// DeleteIntakeRule removes a rule.
func (db *DB) DeleteIntakeRule(ctx context.Context, id intake.RuleID) (bool, error) {
	return db.deleteRules(ctx, `DELETE FROM intake_rules WHERE id = $1`, int64(id))
}
