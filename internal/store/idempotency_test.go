package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestIdempotency(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		keys := db.Idempotency(func() time.Time { return now })
		begin := func(owner, key, request string) (context.Context, int, string, error) {
			return keys.Begin(t.Context(), owner, key, request)
		}
		expect := func(step string, owner, request string, wantStatus int, wantErr error) context.Context {
			t.Helper()
			ctx, status, _, err := begin(owner, "k", request)
			if status != wantStatus || !errors.Is(err, wantErr) {
				t.Errorf("%s: status %d, error %v; want %d, %v", step, status, err, wantStatus, wantErr)
			}
			return ctx
		}
		first := expect("first", "ann", "create", 0, nil)
		expect("while it runs", "ann", "create", 0, store.ErrAnswerPending)
		expect("another request", "ann", "delete", 0, store.ErrKeyReused)
		other := expect("another owner", "bob", "delete", 0, nil)
		if err := keys.Finish(first, "ann", "k", 201, "made"); err != nil {
			t.Fatal(err)
		}
		if _, status, body, err := begin("ann", "k", "create"); err != nil || status != 201 || body != "made" {
			t.Errorf("after the answer: %d %q %v", status, body, err)
		}
		expect("another request after the answer", "ann", "delete", 0, store.ErrKeyReused)
		if err := keys.Forget(first, "ann", "k"); err != nil {
			t.Fatal(err)
		}
		expect("an answer is not forgotten", "ann", "create", 201, nil)

		if err := keys.Forget(other, "bob", "k"); err != nil {
			t.Fatal(err)
		}
		again := expect("after a failure that wrote nothing", "bob", "delete", 0, nil)
		if err := db.Write(again, func(ctx context.Context) error { return mark(ctx, db, "a") }); err != nil {
			t.Fatal(err)
		}
		if err := keys.Forget(again, "bob", "k"); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Hour)
		expect("after a failure that had written, or a crash", "bob", "delete", 0, store.ErrAnswerLost)
		if err := keys.Finish(t.Context(), "bob", "k", 200, ""); err == nil {
			t.Error("a request that was not begun was finished")
		}
	})
}

func TestIdempotencyTakeOver(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		keys := db.Idempotency(func() time.Time { return now })
		slow, _, _, err := keys.Begin(t.Context(), "ann", "k", "create")
		if err != nil {
			t.Fatal(err)
		}
		now = now.Add(15 * time.Second)
		repeated, status, _, err := keys.Begin(t.Context(), "ann", "k", "create")
		if err != nil || status != 0 {
			t.Fatalf("taking over from a request that hangs: %d, %v", status, err)
		}
		if err := db.Write(slow, func(ctx context.Context) error { return mark(ctx, db, "a") }); err == nil {
			t.Error("the slow request wrote although it was repeated")
		}
		for _, name := range []string{"b", "c"} { // a request may have several transactions
			if err := db.Write(repeated, func(ctx context.Context) error { return mark(ctx, db, name) }); err != nil {
				t.Error(err)
			}
		}
		if err := keys.Finish(slow, "ann", "k", 200, "slow"); err != nil {
			t.Error(err)
		}
		if err := keys.Finish(repeated, "ann", "k", 200, "repeated"); err != nil {
			t.Error(err)
		}
		if _, _, body, err := keys.Begin(t.Context(), "ann", "k", "create"); err != nil || body != "repeated" {
			t.Errorf("answer %q, %v", body, err)
		}
		if got := marks(t, db); got != "b c" {
			t.Errorf("written: %q", got)
		}
	})
}

func TestIdempotencyAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		keys := db.Idempotency(time.Now)
		for round := range 10 {
			var fresh atomic.Int32
			var all sync.WaitGroup
			for range 6 {
				all.Go(func() {
					_, status, _, err := keys.Begin(t.Context(), "ann", fmt.Sprint(round), "create")
					switch {
					case err == nil && status == 0:
						fresh.Add(1)
					case !errors.Is(err, store.ErrAnswerPending):
						t.Errorf("status %d, %v", status, err)
					}
				})
			}
			all.Wait()
			if fresh.Load() != 1 {
				t.Errorf("%d requests with one key went on", fresh.Load())
			}
		}
	})
}
