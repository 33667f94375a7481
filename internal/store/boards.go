package store

import (
	"context"
	"fmt"

	"parley/inbox/actor"
	"parley/inbox/pipeline"
)

// LeadCounts implements pipeline.BoardStore.
func (db *DB) LeadCounts(ctx context.Context, v actor.Viewer, stages []int64) (map[int64]int, error) {
	return columnCounts(ctx, db, v, "leads", "stage_id", stages)
}

// RequestCounts implements pipeline.BoardStore.
func (db *DB) RequestCounts(ctx context.Context, v actor.Viewer, statuses []pipeline.RequestStatus) (map[pipeline.RequestStatus]int, error) {
	return columnCounts(ctx, db, v, "requests", "status", statuses)
}

// columnCounts counts the rows of each column that the viewer may see, up to the cap, in one
// round trip.
func columnCounts[T int64 | pipeline.RequestStatus](ctx context.Context, db *DB, v actor.Viewer, table, column string, keys []T) (map[T]int, error) {
	out := make(map[T]int, len(keys))
	var questions []question
	for _, key := range keys {
		b := &builder{}
		b.add("SELECT COUNT(*) FROM (SELECT 1 FROM ", table, " x WHERE x.", column, " = ", b.arg(plain(key)), " AND ", visible(b, v, sightOf("x", "owner_id")),
			" LIMIT ", b.arg(int64(pipeline.CountCap)), ") AS n")
		questions = append(questions, question{text: db.on(b.text.String()), args: b.args, scan: func(r scanner) error {
			var n int64
			err := r.Scan(&n)
			out[key] = int(n)
			return err
		}})
	}
	if err := db.ask(ctx, questions...); err != nil {
		return nil, fmt.Errorf("count columns of %s: %w", table, err)
	}
	return out, nil
}

// plain is a key as databases take it.
func plain[T int64 | pipeline.RequestStatus](key T) any {
	if status, ok := any(key).(pipeline.RequestStatus); ok {
		return string(status)
	}
	return key
}
