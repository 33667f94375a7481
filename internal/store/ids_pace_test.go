package store_test

import (
	"context"
	"errors"
	"slices"
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

// TestNumbersAfterABusyMoment are few again, whatever a large batch had taken and did not need.
func TestNumbersAfterABusyMoment(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		at, last := time.Now(), int64(0)
		for life := range 3 {
			db := storetest.At(t, place)
			db.PaceNumbers(func() time.Time { return at })
			batch, err := db.Supply(t.Context(), 1, 200)
			if err != nil {
				t.Fatal(err)
			}
			n := batch.RequestNumber()
			if n > last+5 {
				t.Errorf("life %d: number %d after %d", life, n, last)
			}
			last = n
			batch.Release()
			at = at.Add(time.Minute)
			for range 3 { // the first time it was busy, and nothing is given back twice
				if err := db.ReserveIDs(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if n, err := db.NextRequestNumber(t.Context()); err != nil || n != last+1 {
				t.Errorf("life %d: number %d after %d, %v", life, n, last, err)
			} else {
				last = n
			}
		}
	})
}

// TestNumbersOfTwoNodes has one give back what lies before what another has leased.
func TestNumbersOfTwoNodes(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		one := storetest.At(t, place)
		two := one
		if place.URL != "" {
			two = storetest.At(t, place)
		}
		at := time.Now()
		seen := map[int64]bool{}
		take := func(db *store.DB, n int) {
			t.Helper()
			for range n {
				got, err := db.NextRequestNumber(t.Context())
				if err != nil || seen[got] || got > 300 {
					t.Fatalf("number %d, %v", got, err)
				}
				seen[got] = true
			}
		}
		for _, db := range []*store.DB{one, two} {
			db.PaceNumbers(func() time.Time { return at })
		}
		batch, err := one.Supply(t.Context(), 1, 200)
		if err != nil {
			t.Fatal(err)
		}
		take(two, 2)
		batch.Release()
		at = at.Add(time.Minute)
		for _, db := range []*store.DB{one, one, two, one, one, two} {
			if err := db.ReserveIDs(t.Context()); err != nil {
				t.Fatal(err)
			}
			take(db, 15)
		}
		take(one, 150)
		take(two, 30)
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

// TestNumbersOfOneTransaction are taken one by one, as a group of jobs does whose trigger makes requests: it is begun
// again for want of numbers, and neither that nor its failure leaves a hole.
func TestNumbersOfOneTransaction(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const jobs = 64
		for name, ending := range map[string]error{"fails": errors.New("stop"), "fails again": errors.New("stop"), "is panicked over": nil} {
			err := db.Write(t.Context(), func(ctx context.Context) error {
				for range jobs {
					if _, err := db.NextRequestNumber(ctx); err != nil {
						return err
					}
				}
				if ending == nil {
					panic("stop")
				}
				return ending
			})
			if ending != nil && !errors.Is(err, ending) || err == nil {
				t.Errorf("what %s ends with %v", name, err)
			}
		}
		var got []int64
		begun := 0
		write(t, db, func(ctx context.Context) error {
			got, begun = nil, begun+1
			for range 2 * jobs {
				n, err := db.NextRequestNumber(ctx)
				if err != nil {
					return err
				}
				got = append(got, n)
			}
			return nil
		})
		slices.Sort(got)
		if got[0] != 1 || got[len(got)-1] != 2*jobs {
			t.Errorf("%d numbers are from %d to %d", len(got), got[0], got[len(got)-1])
		}
		if begun > 3 {
			t.Errorf("it was begun %d times", begun)
		}
	})
}
