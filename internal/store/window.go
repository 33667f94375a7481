package store

import (
	"context"
	"fmt"
	"time"

	"parley/channels"
)

// LastWrote tells when the contact last wrote in a chat, in whichever episode of it; zero is
// never. Those count that became part of another conversation: the network knows of no merges.
func (db *DB) LastWrote(ctx context.Context, account channels.AccountID, chat string) (at time.Time, err error) {
	_, err = db.one(ctx, `SELECT COALESCE(MAX(wrote_at), 0) FROM conversations WHERE account_id = $1 AND chat = $2`,
		[]any{int64(account), chat}, timeCol{&at})
	if err != nil {
		return at, fmt.Errorf("read last words: %w", err)
	}
	return at, nil
}
