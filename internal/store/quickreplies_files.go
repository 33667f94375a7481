package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/inbox/actor"
	"parley/templates/quickreply"
)

var quickFileTable = newTable("quick_reply_files", "reply_id, position, file_id", "")

// PutQuickFiles makes files the whole of those of a reply. New ones must be free uploads
// of the viewer; those that it loses become free, and housekeeping removes them.
func (db *DB) PutQuickFiles(ctx context.Context, v actor.Viewer, id quickreply.ID, files []int64) (bool, error) {
	var had []int64
	err := db.each(ctx, `SELECT file_id FROM quick_reply_files WHERE reply_id = $1`, []any{int64(id)}, func(row *sql.Rows) error {
		var file int64
		err := row.Scan(&file)
		had = append(had, file)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("read files of quick reply: %w", err)
	}
	for i, file := range files {
		if slices.Contains(files[:i], file) {
			return false, nil
		}
		if slices.Contains(had, file) {
			continue
		}
		n, err := db.exec(ctx, `UPDATE files SET used = TRUE WHERE id = $1 AND NOT used AND owner_kind = $2 AND owner_id = $3`,
			file, string(v.Cause.Kind), v.Cause.ID)
		if err != nil {
			return false, fmt.Errorf("take upload: %w", err)
		}
		if n == 0 {
			return false, nil
		}
	}
	for _, file := range had {
		if slices.Contains(files, file) {
			continue
		}
		if _, err := db.exec(ctx, `UPDATE files SET used = FALSE WHERE id = $1`, file); err != nil {
			return false, fmt.Errorf("free file: %w", err)
		}
	}
	if _, err := db.exec(ctx, `DELETE FROM quick_reply_files WHERE reply_id = $1`, int64(id)); err != nil {
		return false, fmt.Errorf("forget files of quick reply: %w", err)
	}
	type link struct{ position, file int64 }
	links := make([]link, len(files))
	for i, file := range files {
		links[i] = link{int64(i), file}
	}
	return true, put(ctx, db, quickFileTable, links, func(args []any, l link) []any { return append(args, int64(id), l.position, l.file) })
}

// LendQuickFiles makes uploads of the viewer that name the same blobs as a reply's files.
func (db *DB) LendQuickFiles(ctx context.Context, v actor.Viewer, files []quickreply.File, ids []int64, at time.Time) error {
	hashes := make([]string, len(files))
	for i, f := range files {
		hashes[i] = f.Hash
	}
	slices.SortFunc(hashes, strings.Compare)
	for _, hash := range slices.Compact(hashes) {
		if err := db.lockHash(ctx, hash); err != nil {
			return err
		}
	}
	for i, f := range files {
		n, err := db.exec(ctx, `INSERT INTO files (id, hash, name, type, size, owner_kind, owner_id, owner_ref, used, created_at)
			SELECT CAST($1 AS BIGINT), hash, name, type, size, CAST($2 AS TEXT), CAST($3 AS BIGINT), '', FALSE, CAST($4 AS BIGINT) FROM files WHERE id = $5`,
			ids[i], string(v.Cause.Kind), v.Cause.ID, micros(at), f.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return quickreply.ErrNone // it was deleted meanwhile
		}
	}
	return nil
}
