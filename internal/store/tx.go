package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Lane orders waiting writes on SQLite: a person's before a network's before bulk.
type Lane int

// The lanes, most urgent first.
const (
	AgentLane Lane = iota
	IntakeLane
	BulkLane
	lanes
)

// String names the lane for metrics.
func (l Lane) String() string { return [...]string{"agent", "intake", "bulk", "?"}[min(l, lanes)] }

// Write runs fn in one transaction for a person or the program itself. fn may run
// several times and must not keep results of an earlier run. A nested Write joins the
// transaction that the context carries; when it fails, the whole must.
func (db *DB) Write(ctx context.Context, fn func(ctx context.Context) error) error {
	return db.in(ctx, AgentLane, fn)
}

// Intake is Write in the lane of arriving events.
func (db *DB) Intake(ctx context.Context, fn func(ctx context.Context) error) error {
	return db.in(ctx, IntakeLane, fn)
}

// Bulk is Write for work that can wait; on SQLite it must take at most 10 ms.
func (db *DB) Bulk(ctx context.Context, fn func(ctx context.Context) error) error {
	return db.in(ctx, BulkLane, fn)
}

func (db *DB) in(ctx context.Context, lane Lane, fn func(ctx context.Context) error) error {
	if txOf(ctx) != nil {
		return fn(ctx)
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	db.ids.id.topUp(ctx)
	if c := claimOf(ctx); c != nil {
		fn = c.marking(db, fn)
	}
	return db.supplied(ctx, func() error { return db.run(ctx, lane, fn) })
}

// run is in for what is not, and does not prepare for, a transaction in ctx.
func (db *DB) run(ctx context.Context, lane Lane, fn func(ctx context.Context) error) error {
	if db.write != nil {
		return db.write.submit(ctx, lane, fn)
	}
	for attempt := 1; ; attempt++ {
		err := db.attempt(ctx, lane, fn)
		if err == nil || attempt == 5 || !retryable(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(attempt*attempt) * (time.Millisecond + rand.N(2*time.Millisecond))):
		}
	}
}

// attempt runs one transaction on PostgreSQL.
func (db *DB) attempt(ctx context.Context, lane Lane, fn func(ctx context.Context) error) (err error) {
	begun := time.Now()
	s, err := db.openSession(ctx)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { s.close(ctx, err != nil) }()
	t := &tx{q: s, session: s}
	if err := db.whole(context.WithValue(ctx, txKey{}, t), fn); err != nil {
		return err
	}
	if err := s.commit(ctx); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	db.stats(lane, 1, time.Since(begun))
	if t.left != 0 {
		db.waker(t.left)
	}
	return nil
}

// panicked is the error of an operation that panicked.
type panicked struct{ value any }

func (p panicked) Error() string { return fmt.Sprintf("operation panicked: %v", p.value) }

// whole runs fn and then what belongs at the very end of a transaction. A panic of one
// operation is its own failure and nobody else's.
func (db *DB) whole(ctx context.Context, fn func(ctx context.Context) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			db.log.Error("operation panicked", "stack", string(debug.Stack()))
			err = panicked{r}
		}
		if err != nil { // nothing of it was, or will be, committed
			txOf(ctx).failed()
		}
	}()
	if err := fn(ctx); err != nil {
		return err
	}
	return db.flushFeed(ctx)
}

// retryable tells whether a transaction of PostgreSQL failed because of another one:
// serialisation, deadlock, or a unique key that somebody else took first.
func retryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "23505")
}

// IsDataError tells whether an error is the fault of the data rather than of the
// connection or the disk: a value or a constraint, a row too large for an index, an
// upload that is gone, or code that panicked over it.
func (db *DB) IsDataError(err error) bool {
	if errors.Is(err, errUploadGone) {
		return true
	}
	if _, ok := errors.AsType[panicked](err); ok {
		return true
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return len(pg.Code) == 5 && (pg.Code[:2] == "22" || pg.Code[:2] == "23" || pg.Code[:2] == "54")
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xFF {
		case sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_RANGE:
			return true
		}
	}
	return false
}

// isUnique tells whether an error is a unique key that is taken.
func isUnique(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && (lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// Lock takes advisory locks until the transaction ends, in the given order, before any
// statement that follows. SQLite has one writer and needs none.
func (db *DB) Lock(ctx context.Context, keys []int64) error {
	if db.engine == SQLite || len(keys) == 0 {
		return nil
	}
	return db.later(ctx, `SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) WITH ORDINALITY AS t(k, n) ORDER BY n`, keys)
}
