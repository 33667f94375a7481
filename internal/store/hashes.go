package store

import (
	"context"
	"database/sql"
)

// EachHash calls fn for the hash of every stored file, page by page.
func (db *DB) EachHash(ctx context.Context, fn func(hash string) error) error {
	last := ""
	for {
		var page []string
		err := db.each(ctx, `SELECT DISTINCT hash FROM files WHERE hash > $1 ORDER BY hash LIMIT 500`, []any{last}, func(r *sql.Rows) error {
			var hash string
			err := r.Scan(&hash)
			page = append(page, hash)
			return err
		})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, hash := range page {
			if err := fn(hash); err != nil {
				return err
			}
		}
		last = page[len(page)-1]
	}
}

// Analyze renews what the planner knows of the tables, after they were filled.
func (db *DB) Analyze(ctx context.Context) error {
	return db.Bulk(ctx, func(ctx context.Context) error {
		_, err := db.exec(ctx, `ANALYZE`)
		return err
	})
}
