package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrClosed says that the database is shutting down.
var ErrClosed = errors.New("database is closed")

// Bounds of one group commit.
const (
	groupOps  = 256
	groupTime = 5 * time.Millisecond
	maxStmts  = 512
)

// writer is the only one who writes to SQLite. Operations wait in lanes and are
// committed in groups: each runs inside a savepoint, so that one's failure is its own,
// and all share one fsync.
type writer struct {
	db    *DB
	pool  *sql.DB
	conn  *sql.Conn
	stmts map[string]*sql.Stmt

	mu     sync.Mutex
	wake   *sync.Cond
	lanes  [lanes][]*op
	closed bool
}

// op is one transaction that waits for its turn.
type op struct {
	ctx  context.Context
	fn   func(ctx context.Context) error
	err  error
	left Topic
	done chan struct{}

	// Of the two, at most one becomes true; the writer's mutex guards them.
	taken     bool
	abandoned bool
}

func newWriter(db *DB, pool *sql.DB) *writer {
	w := &writer{db: db, pool: pool}
	w.wake = sync.NewCond(&w.mu)
	return w
}

// submit queues an operation and waits until its group is committed. When ctx ends
// while the operation still waits, it never runs; once its turn has come it is seen
// through, so fn never runs after submit has returned.
func (w *writer) submit(ctx context.Context, lane Lane, fn func(ctx context.Context) error) error {
	o := &op{ctx: ctx, fn: fn, done: make(chan struct{})}
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return ErrClosed
	}
	w.lanes[lane] = append(w.lanes[lane], o)
	w.mu.Unlock()
	w.wake.Signal()
	select {
	case <-o.done:
		return o.err
	case <-ctx.Done():
	}
	w.mu.Lock()
	o.abandoned = !o.taken
	w.mu.Unlock()
	if o.abandoned {
		return fmt.Errorf("wait for the writer: %w", ctx.Err())
	}
	<-o.done
	return o.err
}

// close lets the queue run dry and ends run.
func (w *writer) close() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.wake.Broadcast()
}

// next takes the most urgent waiting operation. With wait false it returns nil when
// there is none; with wait true only when the writer is closed.
func (w *writer) next(wait bool) (*op, Lane) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for {
		for lane := range w.lanes {
			if o := w.pop(Lane(lane)); o != nil {
				return o, Lane(lane)
			}
		}
		if !wait || w.closed {
			return nil, 0
		}
		w.wake.Wait()
	}
}

// pop takes the first operation of a lane whose caller still waits for it.
func (w *writer) pop(lane Lane) *op {
	for len(w.lanes[lane]) > 0 {
		o := w.lanes[lane][0]
		w.lanes[lane][0] = nil
		w.lanes[lane] = w.lanes[lane][1:]
		if !o.abandoned {
			o.taken = true
			return o
		}
	}
	return nil
}

func (w *writer) run() {
	defer w.drop()
	for {
		first, lane := w.next(true)
		if first == nil {
			return
		}
		w.group(first, lane)
	}
}

// group commits first together with whatever else is waiting, within bounds.
func (w *writer) group(first *op, lane Lane) {
	begun := time.Now()
	var members []*op
	err := w.begin()
	if err != nil {
		first.err = fmt.Errorf("begin: %w", err)
		close(first.done)
		return
	}
	for o := first; o != nil; {
		broken := w.member(o)
		members = append(members, o)
		if broken != nil {
			err = broken
			break
		}
		if len(members) == groupOps || time.Since(begun) > groupTime {
			break
		}
		o, _ = w.next(false)
	}
	if err == nil {
		err = w.raw("COMMIT")
	}
	if err != nil {
		// The outcome is unknown: never acknowledge, reopen, let the keys decide.
		w.db.log.Error("commit failed", "error", err)
		w.drop()
	}
	w.finish(members, err, lane, time.Since(begun))
}

func (w *writer) finish(members []*op, err error, lane Lane, took time.Duration) {
	var left Topic
	for _, o := range members {
		if err != nil {
			o.err = fmt.Errorf("commit: %w", err)
		} else if o.err == nil {
			left |= o.left
		}
		close(o.done)
	}
	if err == nil {
		w.db.stats(lane, len(members), took)
	}
	if left != 0 {
		w.db.waker(left)
	}
}

// member runs one operation inside a savepoint. It returns an error only when the
// whole group is lost.
func (w *writer) member(o *op) error {
	if err := o.ctx.Err(); err != nil {
		o.err = err
		return nil
	}
	if err := w.raw("SAVEPOINT op"); err != nil {
		return err
	}
	t := &tx{q: w}
	o.err = w.db.whole(context.WithValue(context.WithoutCancel(o.ctx), txKey{}, t), o.fn)
	o.left = t.left
	if o.err != nil {
		if err := w.raw("ROLLBACK TO op"); err != nil {
			return err
		}
	}
	return w.raw("RELEASE op")
}

func (w *writer) begin() error {
	if w.conn == nil {
		conn, err := w.pool.Conn(context.Background())
		if err != nil {
			return err
		}
		w.conn, w.stmts = conn, map[string]*sql.Stmt{}
	}
	err := w.raw("BEGIN IMMEDIATE")
	if err != nil {
		w.drop()
	}
	return err
}

// drop closes the connection and with it whatever transaction it had.
func (w *writer) drop() {
	if w.conn == nil {
		return
	}
	for _, s := range w.stmts {
		_ = s.Close()
	}
	_ = w.conn.Raw(func(any) error { return errBadConn })
	_ = w.conn.Close()
	w.conn, w.stmts = nil, nil
}

func (w *writer) raw(text string) error {
	_, err := w.ExecContext(context.Background(), text)
	return err
}

func (w *writer) prepared(text string) (*sql.Stmt, error) {
	if s, ok := w.stmts[text]; ok {
		return s, nil
	}
	if len(w.stmts) >= maxStmts {
		for key, s := range w.stmts {
			_ = s.Close()
			delete(w.stmts, key)
			break
		}
	}
	s, err := w.conn.PrepareContext(context.Background(), text)
	if err != nil {
		return nil, err
	}
	w.stmts[text] = s
	return s, nil
}

// ExecContext implements querier on the writer's connection.
func (w *writer) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	s, err := w.prepared(text)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// QueryContext implements querier on the writer's connection.
func (w *writer) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := w.prepared(text)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}
