package store

import (
	"context"
	"fmt"
	"time"

	"parley/channels"
)

// LastWrote tells when the contact last wrote in a chat, in whichever episode of it; zero is
// never. What was merged counts in its survivor.
func (db *DB) LastWrote(ctx context.Context, account channels.AccountID, chat string) (at time.Time, err error) {
	_, err = db.one(ctx, `SELECT COALESCE(MAX(wrote_at), 0) FROM conversations WHERE account_id = $1 AND chat = $2 AND merged_into = 0`,
		[]any{int64(account), chat}, timeCol{&at})
	if err != nil {
		return at, fmt.Errorf("read last words: %w", err)
	}
	return at, nil
}
