package store

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// blobNames are the tables and columns that name blobs. Whoever adds one adds it here,
// and with that to what backups take along and housekeeping spares.
var blobNames = []struct{ table, column, where string }{
	{"files", "hash", ""}, {"mails", "original", " AND original <> ''"}, {"event_blobs", "hash", ""},
}

// hashUnion lists hashes by name, from each table those that a condition on the column
// lets through; every part is a range of an index.
func hashUnion(condition func(column string) string) string {
	parts := make([]string, len(blobNames))
	for i, n := range blobNames {
		parts[i] = "SELECT hash FROM (SELECT DISTINCT " + n.column + " AS hash FROM " + n.table + " WHERE " + condition(n.column) + n.where +
			" ORDER BY " + n.column + " LIMIT 500) AS n" + strconv.Itoa(i)
	}
	return strings.Join(parts, " UNION ")
}

var nextHashes = hashUnion(func(column string) string { return column + " > $1" }) + " ORDER BY hash LIMIT 500"

// unnamed is a condition on a hash that no row names.
func unnamed(hash string) string {
	parts := make([]string, len(blobNames))
	for i, n := range blobNames {
		parts[i] = "NOT EXISTS (SELECT 1 FROM " + n.table + " b WHERE b." + n.column + " = " + hash + strings.ReplaceAll(n.where, "original", "b.original") + ")"
	}
	return strings.Join(parts, " AND ")
}

// EachHash calls fn for the hash of every stored file, page by page.
func (db *DB) EachHash(ctx context.Context, fn func(hash string) error) error {
	last := ""
	for {
		var page []string
		err := db.each(ctx, nextHashes, []any{last}, func(r *sql.Rows) error {
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

// Analyze renews what the planner knows of the tables, after they were filled. A table
// that is empty stays unknown, which PostgreSQL takes for a small one: told that it is
// empty, it would read all of it at each look-up, however it grows.
func (db *DB) Analyze(ctx context.Context) error {
	return db.Bulk(ctx, func(ctx context.Context) error {
		names, err := db.tableNames(ctx, txOf(ctx).q)
		if err != nil {
			return err
		}
		for _, name := range names {
			var filled int
			if some, err := db.one(ctx, `SELECT 1 FROM `+name+` LIMIT 1`, nil, &filled); err != nil {
				return err
			} else if !some {
				continue
			}
			if _, err := db.exec(ctx, `ANALYZE `+name); err != nil {
				return fmt.Errorf("analyze %s: %w", name, err)
			}
		}
		return nil
	})
}

// DropBlob calls remove for a blob that no row names, under the lock of its hash, so
// that no upload of the same content comes between; it tells whether it did. Who adds
// a file afterwards finds the blob gone and must store it again.
func (db *DB) DropBlob(ctx context.Context, hash string, remove func(ctx context.Context) error) (dropped bool, err error) {
	err = db.Bulk(ctx, func(ctx context.Context) error {
		dropped = false
		if err := db.lockHash(ctx, hash); err != nil {
			return err
		}
		var id int64
		free, err := db.one(ctx, `SELECT 1 WHERE `+unnamed("$1"), []any{hash}, &id)
		if err != nil || !free {
			return err
		}
		dropped = true
		return remove(ctx)
	})
	if err != nil {
		return false, fmt.Errorf("drop blob: %w", err)
	}
	return dropped, nil
}

// lockHash makes those who add and those who drop a blob of one content take turns.
func (db *DB) lockHash(ctx context.Context, hash string) error {
	h := fnv.New64a()
	_, _ = h.Write([]byte("blob" + hash))
	return db.Lock(ctx, []int64{int64(h.Sum64())})
}
