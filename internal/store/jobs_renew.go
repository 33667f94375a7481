package store

import (
	"context"
	"time"
)

// RenewJob keeps a claim until later; false when it was lost. A claim that has run out and that nobody else has taken
// is still ours.
func (db *DB) RenewJob(ctx context.Context, id int64, token string, until time.Time) (bool, error) {
	n, err := db.exec(ctx, `UPDATE jobs SET claimed_until = $3 WHERE id = $1 AND claim = $2`, id, token, micros(until))
	return n == 1, err
}
