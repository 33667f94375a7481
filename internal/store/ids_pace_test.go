package store_test

import (
	"testing"
	"time"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestNumbersAfterACrash go on within a few of the last one: people read them, and a hole looks like something lost.
func TestNumbersAfterACrash(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		at, last := time.Now(), int64(0)
		for life := range 4 {
			db := storetest.At(t, place) // the one before is never closed: what it had leased is gone
			db.PaceNumbers(func() time.Time { return at })
			for visitor := range 5 {
				at = at.Add(time.Minute)
				n, err := db.NextRequestNumber(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if n <= last || n > last+4 {
					t.Fatalf("life %d, visitor %d: number %d after %d", life, visitor, n, last)
				}
				last = n
			}
		}
	})
}

// TestNumbersOnABusyDay are leased by ever more, so that a crowd does not wait for a commit each.
func TestNumbersOnABusyDay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		at := time.Now()
		db.PaceNumbers(func() time.Time { return at })
		leases, next := 0, int64(0)
		for visitor := range 1000 {
			n, err := db.NextRequestNumber(t.Context())
			if err != nil || n != int64(visitor+1) {
				t.Fatalf("number %d, %v, want %d", n, err, visitor+1)
			}
			if is := number(t, db, `SELECT next FROM id_blocks WHERE name = 'request_number'`); is != next {
				leases, next = leases+1, is
			}
		}
		if leases > 10 || next > 1000+256 {
			t.Errorf("%d leases, the last up to %d", leases, next)
		}
	})
}
