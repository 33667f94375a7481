package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"parley/internal/auth"
)

var _ auth.Store = (*DB)(nil)

// peopleLock is the advisory lock under which rules over several people hold.
const peopleLock int64 = feedLock + 2

// LockPeople makes other transactions that call it wait until this one ends.
func (db *DB) LockPeople(ctx context.Context) error {
	return db.Lock(ctx, []int64{peopleLock})
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
