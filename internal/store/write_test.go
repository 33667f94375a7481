package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// mark writes a row that can be seen again by marks.
func mark(ctx context.Context, db *store.DB, name string) error {
	return db.Exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, '1')`, "mark."+name)
}

// marks lists what was marked, sorted.
func marks(t *testing.T, db *store.DB) string {
	t.Helper()
	var list []string
	for _, name := range strings.Split("a b c d e f", " ") {
		rows, err := db.Rows(t.Context(), `SELECT COUNT(*) FROM settings WHERE name = $1`, "mark."+name)
		if err != nil {
			t.Fatal(err)
		}
		if rows[0][0] == 1 {
			list = append(list, name)
		}
	}
	return strings.Join(list, " ")
}

// held occupies SQLite's writer until release is called, so that what is written
// meanwhile queues up and shares a commit.
func held(t *testing.T, db *store.DB) (release func()) {
	t.Helper()
	holds, free, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- db.Write(context.WithoutCancel(t.Context()), func(context.Context) error {
			close(holds)
			<-free
			return nil
		})
	}()
	<-holds
	return sync.OnceFunc(func() {
		close(free)
		if err := <-done; err != nil {
			t.Errorf("holder: %v", err)
		}
	})
}

func TestOneOperationsFailureIsItsOwn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		release := func() {}
		if db.Engine() == store.SQLite {
			release = held(t, db)
		}
		stop := errors.New("stop")
		operations := map[string]func(ctx context.Context) error{
			"a": func(ctx context.Context) error { return mark(ctx, db, "a") },
			"b": func(ctx context.Context) error { return errors.Join(mark(ctx, db, "b"), stop) },
			"c": func(ctx context.Context) error { return mark(ctx, db, "c") },
			"d": func(ctx context.Context) error { _ = mark(ctx, db, "d"); panic("oh") },
			"e": func(ctx context.Context) error { return errors.Join(mark(ctx, db, "e"), mark(ctx, db, "e")) }, // a constraint
			"f": func(ctx context.Context) error { return mark(ctx, db, "f") },
		}
		errs := map[string]error{}
		var mu sync.Mutex
		var all sync.WaitGroup
		for name, fn := range operations {
			all.Go(func() {
				err := db.Write(t.Context(), fn)
				mu.Lock()
				defer mu.Unlock()
				errs[name] = err
			})
		}
		release()
		all.Wait()
		if got := marks(t, db); got != "a c f" {
			t.Errorf("committed %q, want a c f", got)
		}
		for name, err := range errs {
			if failed := err != nil; failed != strings.Contains("b d e", name) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !errors.Is(errs["b"], stop) {
			t.Errorf("b lost its error: %v", errs["b"])
		}
		for _, name := range []string{"d", "e"} {
			if !db.IsDataError(errs[name]) {
				t.Errorf("%s is the data's fault: %v", name, errs[name])
			}
		}
		if db.IsDataError(errs["b"]) || db.IsDataError(context.Canceled) {
			t.Error("an error of the program counts as the data's fault")
		}
	})
}

func TestNestedWriteJoins(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		stop := errors.New("stop")
		err := db.Write(t.Context(), func(ctx context.Context) error {
			if err := db.Bulk(ctx, func(ctx context.Context) error { return mark(ctx, db, "a") }); err != nil {
				return err
			}
			return stop
		})
		if got := marks(t, db); !errors.Is(err, stop) || got != "" {
			t.Errorf("%v left %q", err, got)
		}
		if err := mark(t.Context(), db, "a"); err == nil {
			t.Error("a write outside a transaction succeeded")
		}
	})
}

func TestEndedContext(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		called := false
		err := db.Write(ended, func(context.Context) error { called = true; return nil })
		if !errors.Is(err, context.Canceled) || called {
			t.Errorf("Write under an ended context: %v, ran %v", err, called)
		}
	})
}

func TestAbandonedOperationNeverRuns(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	release := held(t, db)
	defer release()
	ctx, cancel := context.WithCancel(t.Context())
	var ran atomic.Bool
	done := make(chan error)
	go func() { done <- db.Write(ctx, func(context.Context) error { ran.Store(true); return nil }) }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Write = %v", err)
	}
	release()
	if err := db.Ready(t.Context()); err != nil { // its turn would have been before
		t.Fatal(err)
	}
	if ran.Load() {
		t.Error("an operation ran after its caller had gone")
	}
}

func TestBegunOperationIsSeenThrough(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	ctx, cancel := context.WithCancel(t.Context())
	err := db.Write(ctx, func(ctx context.Context) error {
		cancel()
		return mark(ctx, db, "a")
	})
	if got := marks(t, db); err != nil || got != "a" {
		t.Errorf("Write = %v and left %q; its turn had come", err, got)
	}
}

func TestLanesOrder(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	release := held(t, db)
	defer release()
	var mu sync.Mutex
	var order []string
	note := func(name string) func(context.Context) error {
		return func(context.Context) error {
			mu.Lock()
			defer mu.Unlock()
			order = append(order, name)
			return nil
		}
	}
	var all sync.WaitGroup
	queue := func(write func(context.Context, func(context.Context) error) error, name string, waiting int) {
		all.Go(func() {
			if err := write(t.Context(), note(name)); err != nil {
				t.Error(err)
			}
		})
		for db.Waiting() < waiting {
			runtime.Gosched() // until it stands in the queue
		}
	}
	queue(db.Bulk, "bulk", 1)
	queue(db.Intake, "intake 1", 2)
	queue(db.Intake, "intake 2", 3)
	queue(db.Write, "agent", 4)
	release()
	all.Wait()
	if got := strings.Join(order, ", "); got != "agent, intake 1, intake 2, bulk" {
		t.Errorf("order: %s", got)
	}
}

func TestCloseDrainsTheQueue(t *testing.T) {
	t.Parallel()
	place := storetest.Place(t, store.SQLite)
	db := storetest.At(t, place)
	release := held(t, db)
	errs := make(chan error, 6)
	for _, name := range strings.Split("a b c d e f", " ") {
		go func() {
			errs <- db.Write(context.Background(), func(ctx context.Context) error { return mark(ctx, db, name) })
		}()
	}
	for db.Waiting() < 6 {
		runtime.Gosched()
	}
	closed := make(chan error)
	go func() { closed <- db.Close() }()
	release()
	for range 6 {
		if err := <-errs; err != nil {
			t.Errorf("a queued write: %v", err)
		}
	}
	if err := <-closed; err != nil {
		t.Errorf("close: %v", err)
	}
	if got := marks(t, storetest.At(t, place)); got != "a b c d e f" {
		t.Errorf("after reopening: %q", got)
	}
}

func TestDeadlocksAreRetried(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Postgres)
	if err := db.Write(t.Context(), func(ctx context.Context) error {
		return errors.Join(mark(ctx, db, "a"), mark(ctx, db, "b"))
	}); err != nil {
		t.Fatal(err)
	}
	touch := func(ctx context.Context, name string) error {
		return db.Exec(ctx, `UPDATE settings SET value = value || '+' WHERE name = $1`, "mark."+name)
	}
	var met sync.WaitGroup // both hold their first row before they want the other's
	met.Add(2)
	var runs atomic.Int32
	errs := make([]error, 2)
	var all sync.WaitGroup
	for i, rows := range [][2]string{{"a", "b"}, {"b", "a"}} {
		all.Go(func() {
			first := true
			errs[i] = db.Write(t.Context(), func(ctx context.Context) error {
				runs.Add(1)
				if err := touch(ctx, rows[0]); err != nil {
					return err
				}
				if first {
					first = false
					met.Done()
					met.Wait()
				}
				return touch(ctx, rows[1])
			})
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	if runs.Load() < 3 {
		t.Errorf("%d runs: there was no deadlock to retry", runs.Load())
	}
	rows, err := db.Rows(t.Context(), `SELECT LENGTH(value) FROM settings WHERE name IN ('mark.a', 'mark.b')`)
	if err != nil || len(rows) != 2 || rows[0][0] != 3 || rows[1][0] != 3 {
		t.Errorf("each row must have been touched twice: %v, %v", rows, err)
	}
}

func TestFeedOrderIsCommitOrder(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		nodes := []*store.DB{storetest.At(t, place)}
		if place.URL != "" {
			nodes = append(nodes, storetest.At(t, place))
		}
		const writers, each = 8, 40
		done := make(chan struct{})
		var all sync.WaitGroup
		for w := range writers {
			db := nodes[w%len(nodes)]
			all.Go(func() {
				for n := range each {
					err := db.Write(t.Context(), func(ctx context.Context) error {
						notice := inbox.Notice{At: time.UnixMicro(1), Type: "test", ObjectID: int64(w), ConversationID: inbox.ConversationID(n)}
						if err := db.Save(ctx, &inbox.Changes{Feed: []inbox.Notice{notice}}); err != nil {
							return err
						}
						// More work after the save: the longer a commit takes, the more could overtake it.
						return db.Save(ctx, &inbox.Changes{Cursors: []inbox.Cursor{{AccountID: channels.AccountID(w), Stream: "s", Value: fmt.Sprint(n)}}})
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		go func() { all.Wait(); close(done) }()
		var last int64
		next := make([]int64, writers)
		seen := 0
		for ended := false; ; {
			rows, err := nodes[0].Rows(t.Context(), `SELECT id, object_id, conversation_id FROM feed WHERE id > $1 ORDER BY id LIMIT 7`, last)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				if last = r[0]; r[2] != next[r[1]] {
					t.Fatalf("writer %d: row %d follows %d", r[1], r[2], next[r[1]]-1)
				}
				next[r[1]]++
				seen++
			}
			if len(rows) == 0 && ended {
				break
			}
			select {
			case <-done:
				ended = true
			default:
			}
		}
		if seen != writers*each {
			t.Errorf("the reader saw %d of %d rows", seen, writers*each)
		}
	})
}
