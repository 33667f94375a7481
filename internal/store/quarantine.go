package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// FreeKey renames the key of a quarantined event, so that the same event can come in
// anew. The row stays in quarantine.
func (db *DB) FreeKey(ctx context.Context, id int64) error {
	suffix := "#" + strconv.FormatInt(id, 10)
	return db.Write(ctx, func(ctx context.Context) error {
		var key string
		found, err := db.one(ctx, `SELECT key FROM received WHERE id = $1 AND outcome = 'quarantined'`, []any{id}, &key)
		if err == nil && found && !strings.HasSuffix(key, suffix) {
			_, err = db.exec(ctx, `UPDATE received SET key = $2 WHERE id = $1`, id, key+suffix)
		}
		if err != nil {
			return fmt.Errorf("free key: %w", err)
		}
		return nil
	})
}

// LeaveQuarantine marks a quarantined event as taken in after all. Its raw bytes are
// dropped in time, as those of any event.
func (db *DB) LeaveQuarantine(ctx context.Context, id int64) error {
	return db.Write(ctx, func(ctx context.Context) error {
		_, err := db.exec(ctx, `UPDATE received SET outcome = 'ignored' WHERE id = $1 AND outcome = 'quarantined'`, id)
		if err != nil {
			return fmt.Errorf("leave quarantine: %w", err)
		}
		return nil
	})
}
