package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley/inbox"
	"parley/router"
)

var _ router.Store = (*DB)(nil)

// OnSave adds one who looks at every operation's changes before they are written, and
// may add follow-ups to them. It is called while the house is wired.
func (db *DB) OnSave(look func(*inbox.Changes)) {
	before := db.onSave
	db.onSave = func(ch *inbox.Changes) {
		before(ch)
		look(ch)
	}
}

// settingRules names the present state of triggers and schedules; see RulesRevision.
const settingRules = "rules_revision"

// RulesRevision names the present state of what people have set up for the router.
func (db *DB) RulesRevision(ctx context.Context) (string, error) {
	revision, found, err := db.Setting(ctx, settingRules)
	if !found {
		revision = "0"
	}
	return revision, err
}

// LockRules makes others who change the order of rules wait until the transaction ends.
func (db *DB) LockRules(ctx context.Context) error { return db.rulesChanged(ctx) }

// rulesChanged makes the nodes read anew what was set up.
func (db *DB) rulesChanged(ctx context.Context) error {
	_, err := db.exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, '1')
		ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT)`, settingRules)
	return err
}

// putRules writes a row of something that the router is set up with.
func putRules[T any](ctx context.Context, db *DB, t *table, item T, values func(args []any, item T) []any) error {
	if err := put(ctx, db, t, []T{item}, values); err != nil {
		return err
	}
	return db.rulesChanged(ctx)
}

// deleteRules removes a row of it.
func (db *DB) deleteRules(ctx context.Context, query string, id int64) (bool, error) {
	n, err := db.exec(ctx, query, id)
	if err != nil || n == 0 {
		return false, err
	}
	return true, db.rulesChanged(ctx)
}

const (
	triggerCols  = `id, name, enabled, position, event, after_minutes, after_since, at, automatic, conditions, actions, created_at, updated_at`
	macroCols    = `id, name, scope, owner_id, team_id, actions, created_at, updated_at`
	scheduleCols = `id, name, time_zone, intervals, holidays, created_at, updated_at`
)

var (
	triggerTable  = newTable("triggers", triggerCols, upsert(triggerCols))
	macroTable    = newTable("macros", macroCols, upsert(macroCols))
	scheduleTable = newTable("schedules", scheduleCols, upsert(scheduleCols))
)

// Triggers returns all, in the order in which they act.
func (db *DB) Triggers(ctx context.Context) ([]router.Trigger, error) {
	var list []router.Trigger
	err := db.each(ctx, `SELECT `+triggerCols+` FROM triggers ORDER BY position, id`, nil, func(row *sql.Rows) error {
		var t router.Trigger
		err := row.Scan(&t.ID, &t.Name, &t.Enabled, &t.Position, &t.Event, &t.After.Minutes, &t.After.Since, jsonCol{&t.At}, &t.Automatic,
			jsonCol{&t.Conditions}, jsonCol{&t.Actions}, timeCol{&t.CreatedAt}, timeCol{&t.UpdatedAt})
		list = append(list, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list triggers: %w", err)
	}
	return list, nil
}

// PutTrigger adds or changes a trigger.
func (db *DB) PutTrigger(ctx context.Context, t *router.Trigger) error {
	return putRules(ctx, db, triggerTable, t, func(args []any, t *router.Trigger) []any {
		return append(args, int64(t.ID), t.Name, t.Enabled, t.Position, string(t.Event), int64(t.After.Minutes), string(t.After.Since), jsonText(t.At), t.Automatic,
			jsonText(t.Conditions), jsonText(t.Actions), micros(t.CreatedAt), micros(t.UpdatedAt))
	})
}

// DeleteTrigger removes a trigger and its clocks. Its runs stay.
func (db *DB) DeleteTrigger(ctx context.Context, id router.TriggerID) (bool, error) {
	if _, err := db.exec(ctx, `DELETE FROM trigger_timers WHERE trigger_id = $1`, int64(id)); err != nil {
		return false, err
	}
	return db.deleteRules(ctx, `DELETE FROM triggers WHERE id = $1`, int64(id))
}

// Macros returns all, by name.
func (db *DB) Macros(ctx context.Context) ([]router.Macro, error) {
	var list []router.Macro
	err := db.each(ctx, `SELECT `+macroCols+` FROM macros ORDER BY name, id`, nil, func(row *sql.Rows) error {
		var m router.Macro
		err := row.Scan(&m.ID, &m.Name, &m.Scope, &m.Owner, &m.Team, jsonCol{&m.Actions}, timeCol{&m.CreatedAt}, timeCol{&m.UpdatedAt})
		list = append(list, m)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list macros: %w", err)
	}
	return list, nil
}

// PutMacro adds or changes a macro.
func (db *DB) PutMacro(ctx context.Context, m *router.Macro) error {
	return db.changeShared(ctx, macroShelf, int64(m.ID), func() error {
		return putRules(ctx, db, macroTable, m, func(args []any, m *router.Macro) []any {
			return append(args, int64(m.ID), m.Name, string(m.Scope), int64(m.Owner), int64(m.Team), jsonText(m.Actions), micros(m.CreatedAt), micros(m.UpdatedAt))
		})
	})
}

// DeleteMacro removes a macro.
func (db *DB) DeleteMacro(ctx context.Context, id router.MacroID) (found bool, err error) {
	err = db.changeShared(ctx, macroShelf, int64(id), func() error {
		found, err = db.deleteRules(ctx, `DELETE FROM macros WHERE id = $1`, int64(id))
		return err
	})
	return found, err
}

// Schedules returns all, by name.
func (db *DB) Schedules(ctx context.Context) ([]router.Schedule, error) {
	var list []router.Schedule
	err := db.each(ctx, `SELECT `+scheduleCols+` FROM schedules ORDER BY name, id`, nil, func(row *sql.Rows) error {
		var s router.Schedule
		err := row.Scan(&s.ID, &s.Name, &s.TimeZone, jsonCol{&s.Intervals}, jsonCol{&s.Holidays}, timeCol{&s.CreatedAt}, timeCol{&s.UpdatedAt})
		list = append(list, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list schedules: %w", err)
	}
	return list, nil
}

// PutSchedule adds or changes a schedule.
func (db *DB) PutSchedule(ctx context.Context, s *router.Schedule) error {
	err := putRules(ctx, db, scheduleTable, s, func(args []any, s *router.Schedule) []any {
		return append(args, int64(s.ID), s.Name, s.TimeZone, jsonText(s.Intervals), jsonText(s.Holidays), micros(s.CreatedAt), micros(s.UpdatedAt))
	})
	if err != nil {
		return err
	}
	return db.sweepClocks(ctx)
}

// DeleteSchedule removes a schedule.
func (db *DB) DeleteSchedule(ctx context.Context, id router.ScheduleID) (bool, error) {
	return db.deleteRules(ctx, `DELETE FROM schedules WHERE id = $1`, int64(id))
}

// The nouns that conditions and actions name.
var referenced = map[string]*keys{
	"agents":    newKeys(`SELECT id FROM agents WHERE NOT disabled AND id IN (SELECT column1 FROM %s AS v)`, "BIGINT"),
	"teams":     newKeys(`SELECT id FROM teams WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT"),
	"labels":    newKeys(`SELECT id FROM labels WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT"),
	"accounts":  newKeys(`SELECT id FROM accounts WHERE NOT archived AND id IN (SELECT column1 FROM %s AS v)`, "BIGINT"),
	"schedules": newKeys(`SELECT id FROM schedules WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT"),
}

// KnownReferences returns which references exist and may be used; see router.Known.
func (db *DB) KnownReferences(ctx context.Context, refs router.References) (router.References, error) {
	have := router.References{}
	for noun, ids := range refs {
		k := referenced[noun]
		if k == nil {
			return nil, fmt.Errorf("nobody keeps %q", noun)
		}
		err := lookup(ctx, db, k, ids, idArg, func(row scanner) error {
			var id int64
			err := row.Scan(&id)
			have[noun] = append(have[noun], id)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("look %s up: %w", noun, err)
		}
	}
	return have, nil
}
