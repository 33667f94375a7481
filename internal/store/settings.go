package store

import (
	"context"
	"fmt"
)

// Setting returns a fact about the installation.
func (db *DB) Setting(ctx context.Context, name string) (value string, found bool, err error) {
	found, err = db.one(ctx, `SELECT value FROM settings WHERE name = $1`, []any{name}, &value)
	return value, found, err
}

// SetSetting stores a fact in place of what held before.
func (db *DB) SetSetting(ctx context.Context, name, value string) error {
	err := db.Write(ctx, func(ctx context.Context) error {
		_, err := db.exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
		return err
	})
	if err != nil {
		return fmt.Errorf("set setting %s: %w", name, err)
	}
	return nil
}

// ClaimSetting stores a fact unless there is one, and returns what holds then. Several
// nodes that claim at once agree.
func (db *DB) ClaimSetting(ctx context.Context, name, value string) (string, error) {
	err := db.Write(ctx, func(ctx context.Context) error {
		_, err := db.exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, name, value)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("claim setting %s: %w", name, err)
	}
	holds, _, err := db.Setting(ctx, name)
	return holds, err
}
