package store

import (
	"context"
	"fmt"

	"parley/templates"
)

const templateCols = `id, account_id, name, language, state, reason, category, header, body, footer, buttons, params, updated_at`

var (
	templateTable = newTable("message_templates", templateCols, "")
	readingTable  = newTable("template_readings", "account_id, read_at, tried_at, code, text",
		` ON CONFLICT (account_id) DO UPDATE SET read_at = excluded.read_at, tried_at = excluded.tried_at, code = excluded.code, text = excluded.text`)
	templatesOf = newKeys(`SELECT `+templateCols+` FROM message_templates WHERE account_id IN (SELECT column1 FROM %s AS v) ORDER BY name, language, id`, "BIGINT")
	readingsOf  = newKeys(`SELECT account_id, read_at, tried_at, code, text FROM template_readings WHERE account_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

// templateLock and an account's id are the advisory lock of its list of templates.
const templateLock int64 = 0x74656d706c0000

var _ templates.Store = (*DB)(nil)

func templateDest(t *templates.Template) []any {
	return []any{&t.ID, &t.AccountID, &t.Name, &t.Language, &t.State, &t.Reason, &t.Category, &t.Header, &t.Body, &t.Footer,
		jsonCol{&t.Buttons}, jsonCol{&t.Params}, timeCol{&t.UpdatedAt}}
}

// Templates returns the network-approved templates of some accounts by name and language.
func (db *DB) Templates(ctx context.Context, accounts []int64) ([]templates.Template, error) {
	seen := map[templates.ID]bool{} // a chunk of keys is filled up with repeats
	var out []templates.Template
	err := lookup(ctx, db, templatesOf, accounts, idArg, func(row scanner) error {
		var t templates.Template
		err := row.Scan(templateDest(&t)...)
		if !seen[t.ID] {
			out = append(out, t)
		}
		seen[t.ID] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read templates: %w", err)
	}
	return out, nil
}

// FindTemplate returns one template of an account.
func (db *DB) FindTemplate(ctx context.Context, account int64, name, language string) (t templates.Template, found bool, err error) {
	found, err = db.one(ctx, `SELECT `+templateCols+` FROM message_templates WHERE account_id = $1 AND name = $2 AND language = $3`,
		[]any{account, name, language}, templateDest(&t)...)
	return t, found, err
}

// ReplaceTemplates makes a list the whole of an account's templates.
func (db *DB) ReplaceTemplates(ctx context.Context, account int64, list []templates.Template) error {
	if err := db.Lock(ctx, []int64{templateLock + account}); err != nil {
		return fmt.Errorf("lock templates: %w", err)
	}
	if _, err := db.exec(ctx, `DELETE FROM message_templates WHERE account_id = $1`, account); err != nil {
		return fmt.Errorf("forget templates: %w", err)
	}
	return put(ctx, db, templateTable, list, func(args []any, t templates.Template) []any {
		return append(args, int64(t.ID), t.AccountID, t.Name, t.Language, string(t.State), t.Reason, t.Category, t.Header, t.Body, t.Footer,
			jsonText(t.Buttons), jsonText(t.Params), micros(t.UpdatedAt))
	})
}

// Readings returns how the last reading of accounts' templates went.
func (db *DB) Readings(ctx context.Context, accounts []int64) ([]templates.Reading, error) {
	seen := map[int64]bool{}
	var out []templates.Reading
	err := lookup(ctx, db, readingsOf, accounts, idArg, func(row scanner) error {
		var r templates.Reading
		err := row.Scan(&r.AccountID, timeCol{&r.ReadAt}, timeCol{&r.TriedAt}, &r.Code, &r.Text)
		if !seen[r.AccountID] {
			out = append(out, r)
		}
		seen[r.AccountID] = true
		return err
	})
	return out, err
}

// PutReading notes how a reading went.
func (db *DB) PutReading(ctx context.Context, r templates.Reading) error {
	return put(ctx, db, readingTable, []templates.Reading{r}, func(args []any, r templates.Reading) []any {
		return append(args, r.AccountID, micros(r.ReadAt), micros(r.TriedAt), r.Code, r.Text)
	})
}
