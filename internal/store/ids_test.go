package store_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestIDsAreUnique(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		nodes := []*store.DB{storetest.At(t, place)}
		if place.URL != "" {
			nodes = append(nodes, storetest.At(t, place))
		}
		var mu sync.Mutex
		seen := map[string]map[int64]bool{"id": {}, "conversation": {}, "request": {}}
		note := func(name string, id int64, err error) {
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if seen[name][id] {
				t.Errorf("%s %d was given twice", name, id)
			}
			seen[name][id] = true
		}
		var all sync.WaitGroup
		for w := range 8 {
			db := nodes[w%len(nodes)]
			all.Go(func() {
				ctx := t.Context()
				for round := range 30 {
					id, err := db.NextID(ctx)
					note("id", id, err)
					id, err = db.NextConversationNumber(ctx)
					note("conversation", id, err)
					s, err := db.Supply(ctx, 40, 30)
					if err != nil {
						t.Error(err)
						return
					}
					for range 5 { // an attempt that is rolled back
						s.ID()
						s.RequestNumber()
					}
					s.Rewind()
					for range round {
						note("id", s.ID(), nil)
						note("conversation", s.ConversationNumber(), nil)
						note("request", s.RequestNumber(), nil)
					}
					s.Release()
				}
			})
		}
		all.Wait()
		if seen["id"][0] || seen["conversation"][0] || len(seen["request"]) != 8*30*29/2 {
			t.Error("an id is zero or missing")
		}
		for id := range seen["id"] {
			if id < 1000 {
				t.Fatalf("id %d belongs to the migrations", id)
			}
		}
	})
}

func TestNumbersAreGaplessOverACleanRestart(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		var got []int64
		for range 3 {
			func() {
				db, err := store.Open(t.Context(), place)
				if err != nil {
					t.Fatal(err)
				}
				defer func() {
					if err := db.Close(); err != nil {
						t.Error(err)
					}
				}()
				if err := db.Migrate(t.Context()); err != nil {
					t.Fatal(err)
				}
				a, errA := db.Supply(t.Context(), 1, 300)
				b, errB := db.Supply(t.Context(), 1, 10)
				if err := errors.Join(errA, errB); err != nil {
					t.Fatal(err)
				}
				for range 5 {
					got = append(got, a.ConversationNumber())
				}
				a.Release() // before the later one, so its rest does not touch the range
				b.Release()
			}()
		}
		slices.Sort(got)
		for i, n := range got {
			if n != int64(i+1) {
				t.Fatalf("numbers %v", got)
			}
		}
	})
}

func TestIDsInsideATransaction(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seen := map[int64]bool{}
		for range 30 { // more than one block, each time rolled back
			var got []int64
			stop := errors.New("stop")
			err := db.Write(t.Context(), func(ctx context.Context) (err error) {
				if got, err = db.NextIDs(ctx, 9000); err != nil {
					return err
				}
				return stop
			})
			if !errors.Is(err, stop) {
				t.Fatal(err)
			}
			for _, id := range got {
				if seen[id] {
					t.Fatalf("id %d was given twice", id)
				}
				seen[id] = true
			}
		}
	})
}

// TestIDsWhenEveryConnectionIsBusy has as many transactions as PostgreSQL's pool has
// connections ask for more than is in memory, all at once.
func TestIDsWhenEveryConnectionIsBusy(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		const writers, each = 24, 9000
		var begun, all sync.WaitGroup
		begun.Add(writers)
		var mu sync.Mutex
		seen := map[int64]bool{}
		for range writers {
			arrive := sync.OnceFunc(begun.Done)
			all.Go(func() {
				var got []int64
				err := db.Write(ctx, func(ctx context.Context) (err error) {
					arrive()
					if db.Engine() == store.Postgres {
						begun.Wait()
					}
					got, err = db.NextIDs(ctx, each)
					return err
				})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				for _, id := range got {
					seen[id] = true
				}
			})
		}
		all.Wait()
		if len(seen) != writers*each {
			t.Errorf("%d ids, want %d", len(seen), writers*each)
		}
	})
}

func TestUnusedIDsComeBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		lease := func() (first, rest int64, release func()) {
			s, err := db.Supply(t.Context(), 40, 0)
			if err != nil {
				t.Fatal(err)
			}
			first = s.ID()
			return first, s.ID(), s.Release
		}
		a, last, release := lease()
		release()
		b, lastB, releaseB := lease()
		if b != last+1 {
			t.Errorf("after %d and %d of a supply were used the next begins at %d", a, last, b)
		}
		c, _, releaseC := lease()
		releaseB() // too late: c's were taken since
		releaseC()
		if d, _, _ := lease(); d != c+2 || c <= lastB {
			t.Errorf("ids %d, %d, %d are not in the order of their taking", b, c, d)
		}
	})
}
