package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"parley/internal/auth"
)

var _ auth.Store = (*DB)(nil)

// peopleLock is the advisory lock under which rules over several people hold.
const peopleLock int64 = feedLock + 2

// LockPeople makes other transactions that call it wait until this one ends.
func (db *DB) LockPeople(ctx context.Context) error {
	return db.Lock(ctx, []int64{peopleLock})
}

// DeleteExpired removes sessions that ended before now, and invitations and reset
// links that ended before old.
func (db *DB) DeleteExpired(ctx context.Context, now, old time.Time) error {
	for _, d := range []struct {
		query string
		limit time.Time
	}{
		{`DELETE FROM sessions WHERE expires_at < $1`, now},
		{`DELETE FROM invitations WHERE expires_at < $1`, old},
		{`DELETE FROM password_resets WHERE expires_at < $1`, old},
	} {
		if _, err := db.exec(ctx, d.query, micros(d.limit)); err != nil {
			return fmt.Errorf("delete expired: %w", err)
		}
	}
	return nil
}

// present turns the number of changed rows into auth's word for none.
func present(changed int64, err error) error {
	if err == nil && changed == 0 {
		return auth.ErrAbsent
	}
	return err
}

// hashCol reads the hex text of a token's hash.
type hashCol struct{ h *auth.TokenHash }

func (c hashCol) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("hash column holds %T", v)
	}
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(c.h) {
		return errors.New("hash column holds no hash")
	}
	copy(c.h[:], b)
	return nil
}

func hashText(h auth.TokenHash) string { return hex.EncodeToString(h[:]) }

// jsonList renders a list; a nil one as [].
func jsonList[T any](list []T) string {
	if len(list) == 0 {
		return "[]"
	}
	return jsonText(list)
}
