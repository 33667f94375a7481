package store

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
)

var _ accounts.Store = (*DB)(nil)

const accountCols = `id, kind, name, config, secrets, hook_secret, hook_hash, team_id, paused, archived, state, error_code, error_text,
	error_words, progress_done, progress_total, version, created_at, updated_at, remote_key`

var (
	accountTable  = newTable("accounts", accountCols, "")
	accountUpdate = newTable("accounts", accountCols, upsert(accountCols))
)

func accountArgs(args []any, r accounts.Row) []any {
	return append(args, int64(r.ID), string(r.Kind), r.Name, jsonMap(r.Config), inBase64(r.SealedSecrets), inBase64(r.SealedHook),
		r.HookHash, r.TeamID, r.Paused, r.Archived, string(r.State), r.Error.Code, r.Error.Text,
		r.Error.RU, r.Progress.Done, r.Progress.Total, r.Version, micros(r.CreatedAt), micros(r.UpdatedAt), r.RemoteKey)
}

func accountDest(r *accounts.Row) []any {
	return []any{&r.ID, &r.Kind, &r.Name, jsonCol{&r.Config}, base64Col{&r.SealedSecrets}, base64Col{&r.SealedHook},
		&r.HookHash, &r.TeamID, &r.Paused, &r.Archived, &r.State, &r.Error.Code, &r.Error.Text,
		&r.Error.RU, &r.Progress.Done, &r.Progress.Total, &r.Version,
		timeCol{&r.CreatedAt}, timeCol{&r.UpdatedAt}, &r.RemoteKey}
}

// accountVisible is the condition under which the viewer may see an account: whoever
// sees anything sees the channels they are not kept from.
func accountVisible(b *builder, v actor.Viewer, column string) string {
	switch {
	case v.Scope == "":
		return "1 = 0"
	case len(v.Accounts) == 0:
		return "1 = 1"
	default:
		return column + " IN " + list(b, v.Accounts)
	}
}

// Accounts returns those the viewer may see, by id; archived ones when asked for.
func (db *DB) Accounts(ctx context.Context, v actor.Viewer, archived bool) ([]accounts.Row, error) {
	b := &builder{}
	b.add("SELECT ", accountCols, " FROM accounts WHERE ", accountVisible(b, v, "id"))
	if !archived {
		b.add(" AND NOT archived")
	}
	b.add(" ORDER BY id")
	return db.accountRows(ctx, b)
}

// Account returns one that the viewer may see, archived or not. Inside a transaction
// the row is held until its end.
func (db *DB) Account(ctx context.Context, v actor.Viewer, id channels.AccountID) (row accounts.Row, found bool, err error) {
	b := &builder{}
	b.add("SELECT ", accountCols, " FROM accounts WHERE id = ", b.arg(int64(id)), " AND ", accountVisible(b, v, "id"))
	if txOf(ctx) != nil && db.engine == Postgres {
		b.add(" FOR UPDATE")
	}
	rows, err := db.accountRows(ctx, b)
	if err != nil || len(rows) == 0 {
		return accounts.Row{}, false, err
	}
	return rows[0], true, nil
}

func (db *DB) accountRows(ctx context.Context, b *builder) ([]accounts.Row, error) {
	rows, err := db.query(ctx, b.text.String(), b.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []accounts.Row
	for rows.Next() {
		var r accounts.Row
		if err := rows.Scan(accountDest(&r)...); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// AccountVersions returns the version of every account, archived or not.
func (db *DB) AccountVersions(ctx context.Context) (map[channels.AccountID]int64, error) {
	rows, err := db.query(ctx, `SELECT id, version FROM accounts`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	versions := map[channels.AccountID]int64{}
	for rows.Next() {
		var id channels.AccountID
		var version int64
		if err := rows.Scan(&id, &version); err != nil {
			return nil, err
		}
		versions[id] = version
	}
	return versions, rows.Err()
}

// InsertAccount writes a new account.
func (db *DB) InsertAccount(ctx context.Context, row accounts.Row, why actor.Cause) error {
	if err := put(ctx, db, accountTable, []accounts.Row{row}, accountArgs); err != nil {
		return fmt.Errorf("insert account: %w", err)
	}
	return db.noticeAccount(ctx, row.ID, row.UpdatedAt, why)
}

// UpdateAccount overwrites an account.
func (db *DB) UpdateAccount(ctx context.Context, row accounts.Row, why actor.Cause) error {
	if err := put(ctx, db, accountUpdate, []accounts.Row{row}, accountArgs); err != nil {
		return fmt.Errorf("update account: %w", err)
	}
	return db.noticeAccount(ctx, row.ID, row.UpdatedAt, why)
}

// DeleteAccount removes an account and what it received; deleted is false, and nothing
// is removed, when it has conversations.
func (db *DB) DeleteAccount(ctx context.Context, id channels.AccountID, at time.Time, why actor.Cause) (deleted bool, err error) {
	n, err := db.exec(ctx, `DELETE FROM accounts WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM conversations WHERE account_id = $1)`, int64(id))
	if err != nil || n == 0 {
		return false, err
	}
	for _, query := range []string{
		`DELETE FROM cursors WHERE account_id = $1`,
		`DELETE FROM leases WHERE account_id = $1`,
		`DELETE FROM received WHERE account_id = $1`,
		`DELETE FROM parked WHERE account_id = $1`,
	} {
		if _, err := db.exec(ctx, query, int64(id)); err != nil {
			return false, fmt.Errorf("delete what the account received: %w", err)
		}
	}
	return true, db.noticeAccount(ctx, id, at, why)
}

// SetAccountHealth changes the health of an account that is still at a version; changed
// is false when it is not, or the health was so already.
func (db *DB) SetAccountHealth(ctx context.Context, id channels.AccountID, version int64, h accounts.Health, at time.Time) (changed bool, err error) {
	n, err := db.exec(ctx, `UPDATE accounts SET state = $3, error_code = $4, error_text = $5, error_words = $6, progress_done = $7, progress_total = $8
		WHERE id = $1 AND version = $2
		AND (state <> $3 OR error_code <> $4 OR error_text <> $5 OR error_words <> $6 OR progress_done <> $7 OR progress_total <> $8)`,
		int64(id), version, string(h.State), h.Error.Code, h.Error.Text, h.Error.RU, h.Progress.Done, h.Progress.Total)
	if err != nil || n == 0 {
		return false, err
	}
	return true, db.noticeAccount(ctx, id, at, actor.Cause{Kind: actor.Network})
}

// noticeAccount tells open pages that an account changed.
func (db *DB) noticeAccount(ctx context.Context, id channels.AccountID, at time.Time, why actor.Cause) error {
	return db.Save(ctx, &inbox.Changes{Feed: []inbox.Notice{{At: at, Type: "account.updated", ObjectID: int64(id), Cause: why}}})
}

func inBase64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// base64Col scans text in base64.
type base64Col struct{ b *[]byte }

func (c base64Col) Scan(v any) (err error) {
	var text string
	switch v := v.(type) {
	case string:
		text = v
	case []byte:
		text = string(v)
	default:
		return fmt.Errorf("base64 column holds %T", v)
	}
	*c.b, err = base64.StdEncoding.DecodeString(text)
	return err
}
