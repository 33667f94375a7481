package store

import (
	"context"
	"database/sql"
	"time"

	"parley/internal/auth"
)

const apiKeyCols = `id, name, prefix, hash, scopes, created_at, last_used_at`

var apiKeyTable = newTable("api_keys", apiKeyCols, " ON CONFLICT DO NOTHING")

func apiKeyArgs(args []any, k auth.APIKey) []any {
	return append(args, int64(k.ID), k.Name, k.Prefix, hashText(k.Hash), jsonList(k.Scopes), micros(k.CreatedAt), micros(k.LastUsedAt))
}

func apiKeyDest(k *auth.APIKey) []any {
	return []any{&k.ID, &k.Name, &k.Prefix, hashCol{&k.Hash}, jsonCol{&k.Scopes}, timeCol{&k.CreatedAt}, timeCol{&k.LastUsedAt}}
}

// APIKeyByPrefix finds a key by its prefix.
func (db *DB) APIKeyByPrefix(ctx context.Context, prefix string) (auth.APIKey, error) {
	var k auth.APIKey
	found, err := db.one(ctx, `SELECT `+apiKeyCols+` FROM api_keys WHERE prefix = $1`, []any{prefix}, apiKeyDest(&k)...)
	if err == nil && !found {
		err = auth.ErrAbsent
	}
	return k, err
}

// APIKeys lists every key.
func (db *DB) APIKeys(ctx context.Context) ([]auth.APIKey, error) {
	var list []auth.APIKey
	err := db.each(ctx, `SELECT `+apiKeyCols+` FROM api_keys ORDER BY id`, nil, func(row *sql.Rows) error {
		var k auth.APIKey
		err := row.Scan(apiKeyDest(&k)...)
		list = append(list, k)
		return err
	})
	return list, err
}

// InsertAPIKey adds a key.
func (db *DB) InsertAPIKey(ctx context.Context, k auth.APIKey) error {
	added, err := db.exec(ctx, apiKeyTable.text(db.engine, 1), apiKeyArgs(nil, k)...)
	if err == nil && added == 0 {
		err = auth.ErrTaken
	}
	return err
}

// TouchAPIKey sets LastUsedAt.
func (db *DB) TouchAPIKey(ctx context.Context, id auth.APIKeyID, at time.Time) error {
	_, err := db.exec(ctx, `UPDATE api_keys SET last_used_at = $2 WHERE id = $1`, int64(id), micros(at))
	return err
}

// DeleteAPIKey removes a key.
func (db *DB) DeleteAPIKey(ctx context.Context, id auth.APIKeyID) error {
	return present(db.exec(ctx, `DELETE FROM api_keys WHERE id = $1`, int64(id)))
}
