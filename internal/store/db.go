package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // driver "sqlite"

	"parley/inbox"
)

// DB is the database of one node. Its methods may be called concurrently.
type DB struct {
	texts
	log   *slog.Logger
	pool  *sql.DB // PostgreSQL: everything; SQLite: reads
	write *writer // SQLite only
	ids   *ids
	waker func(Topic)
	stats Observer
	// onSave looks at changes before they are written; see OnSave.
	onSave func(*inbox.Changes)

	stmts    sync.Map // SQLite reads: text → *sql.Stmt
	stop     context.CancelFunc
	stopped  sync.WaitGroup
	writable *sql.DB // SQLite: the writer's single connection
	path     string  // SQLite: the file

	closing sync.Once
	closed  error
}

// Observer is told of every commit: its lane, how many operations it joined and how
// long it took. It may be nil.
type Observer func(lane Lane, joined int, took time.Duration)

// Topic says what a committed transaction left for others to pick up.
type Topic int

// What a commit may have left.
const (
	FeedWritten Topic = 1 << iota
	OutboxQueued
	JobsQueued
)

// Options of Open.
type Options struct {
	// URL of a PostgreSQL database; empty for SQLite in Dir.
	URL  string
	Dir  string
	Log  *slog.Logger
	Wake func(Topic) // called after commits; must not block; may be nil
	Stat Observer
}

// Open connects to the database. It does not migrate.
func Open(ctx context.Context, o Options) (*DB, error) {
	db := &DB{log: o.Log, waker: o.Wake, stats: o.Stat, onSave: func(*inbox.Changes) {}}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	if db.waker == nil {
		db.waker = func(Topic) {}
	}
	if db.stats == nil {
		db.stats = func(Lane, int, time.Duration) {}
	}
	background, stop := context.WithCancel(context.Background())
	db.stop = stop
	var err error
	if o.URL != "" {
		err = db.openPostgres(ctx, o.URL)
	} else {
		err = db.openSQLite(ctx, background, filepath.Join(o.Dir, "parley.db"))
	}
	if err != nil {
		stop()
		return nil, err
	}
	db.ids = newIDs(db)
	return db, nil
}

func (db *DB) openPostgres(ctx context.Context, target string) error {
	db.engine = Postgres
	settings, err := pgx.ParseConfig(target)
	if err != nil {
		return fmt.Errorf("open database: %w", redact(err, target))
	}
	for name, value := range sessionSettings() {
		settings.RuntimeParams[name] = value
	}
	pool := stdlib.OpenDB(*settings)
	pool.SetMaxOpenConns(24)
	pool.SetMaxIdleConns(24)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return fmt.Errorf("reach database: %w", redact(err, target))
	}
	db.pool = pool
	return nil
}

func (db *DB) openSQLite(ctx, background context.Context, path string) error {
	db.engine = SQLite
	db.path = path
	if err := makePrivate(path); err != nil {
		return fmt.Errorf("open database %s: %w", filepath.Base(path), err)
	}
	writable, err := db.openWritable()
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	if err := writable.PingContext(ctx); err != nil {
		_ = writable.Close()
		return fmt.Errorf("open database %s: %w", filepath.Base(path), err)
	}
	pool, err := sql.Open("sqlite", sqliteDSN(path, "&_pragma=query_only(1)&_pragma=cache_size(-16384)"))
	if err != nil {
		_ = writable.Close()
		return fmt.Errorf("open database: %w", err)
	}
	pool.SetMaxOpenConns(8)
	pool.SetMaxIdleConns(8)
	db.pool, db.writable = pool, writable
	db.write = newWriter(db, writable)
	db.stopped.Go(db.write.run)
	db.stopped.Go(func() { db.checkpoint(background, path) })
	return nil
}

// makePrivate makes the database file readable by its owner alone; SQLite would leave
// that to the process's mask, and its other files follow this one.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// sqliteDSN is how every connection to the database file is set up.
func sqliteDSN(path, extra string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=wal_autocheckpoint(0)" + extra
}

// openWritable returns a pool of a single connection that may write to SQLite.
func (db *DB) openWritable() (*sql.DB, error) {
	pool, err := sql.Open("sqlite", sqliteDSN(db.path, "&_pragma=cache_size(-131072)&_txlock=immediate"))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	pool.SetMaxIdleConns(1)
	pool.SetConnMaxLifetime(0)
	return pool, nil
}

// idleTransaction is after how many milliseconds PostgreSQL ends a transaction that asks
// nothing: the locks of a node that was frozen in the middle of one must not hold up the
// others for longer than it takes them to notice.
const idleTransaction = "6000"

// patiently lets one transaction of PostgreSQL wait for files as long as they take.
const patiently = `SET LOCAL idle_in_transaction_session_timeout = 0`

// sessionSettings are what every connection to PostgreSQL works with. Every query is
// written for an index; the settings keep a planner that has not seen the tables grow
// from scanning them, and plan a prepared text once instead of at every use. What such a
// planner holds for dear it would give to several processes, whose start costs more than
// any of our queries.
func sessionSettings() map[string]string {
	return map[string]string{
		"synchronous_commit": "on", "plan_cache_mode": "force_generic_plan", "jit": "off",
		"enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off",
		"max_parallel_workers_per_gather":     "0",
		"idle_in_transaction_session_timeout": idleTransaction,
	}
}

// redact keeps the password of a database URL out of errors.
func redact(err error, target string) error {
	u, parseErr := url.Parse(target)
	if parseErr != nil {
		return errors.New("the database URL cannot be read")
	}
	text := err.Error()
	if password, ok := u.User.Password(); ok && password != "" {
		text = strings.ReplaceAll(text, password, "•••")
	}
	return errors.New(text)
}

// Engine tells which database this is.
func (db *DB) Engine() Engine { return db.engine }

// OnWake sets what is called after commits that left something to pick up. It is
// called once, while the house is wired and before anything is written.
func (db *DB) OnWake(wake func(Topic)) { db.waker = wake }

// Ready tells whether the database can store: it writes one row durably.
func (db *DB) Ready(ctx context.Context) error {
	return db.Write(ctx, func(ctx context.Context) error {
		_, err := db.exec(ctx, `INSERT INTO settings (name, value) VALUES ('ready', '1') ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
		return err
	})
}

// Close finishes what is queued and closes the connections. It may be called again.
func (db *DB) Close() error {
	db.closing.Do(func() { db.closed = db.shut() })
	return db.closed
}

func (db *DB) shut() error {
	db.ids.giveBack(context.Background())
	if db.write != nil {
		db.write.close()
	}
	db.stop()
	db.stopped.Wait()
	err := db.pool.Close() // first, so that no reader is in the checkpoint's way
	if db.writable != nil {
		if _, e := db.writable.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); e != nil {
			err = errors.Join(err, fmt.Errorf("checkpoint: %w", e))
		}
		err = errors.Join(err, db.writable.Close())
	}
	return err
}

// querier is what runs statements: a pool, or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

type txKey struct{}

// tx is a transaction in flight. It rides in the context.
type tx struct {
	q       querier
	session *session // PostgreSQL only; the same as q
	left    Topic
	feed    []inbox.Notice // written last, see flushFeed
	// read holds conversations as they were read under lock, or written since, so that
	// a change can be written as what differs.
	read map[inbox.ConversationID]inbox.Conversation
	// numbers are those that it took from memory, which come back when it fails.
	numbers map[*block][]int64
}

// errOutside says that a change was tried without a transaction, a mistake of the code.
var errOutside = errors.New("write outside a transaction")

func txOf(ctx context.Context) *tx {
	t, _ := ctx.Value(txKey{}).(*tx)
	return t
}

// leave notes what the transaction leaves to be picked up after its commit.
func leave(ctx context.Context, topic Topic) {
	if t := txOf(ctx); t != nil {
		t.left |= topic
	}
}

func (db *DB) exec(ctx context.Context, query string, args ...any) (int64, error) {
	t := txOf(ctx)
	if t == nil {
		return 0, errOutside
	}
	res, err := t.q.ExecContext(ctx, db.on(query), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (db *DB) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	text := db.on(query)
	if t := txOf(ctx); t != nil {
		return t.q.QueryContext(ctx, text, args...)
	}
	if db.engine == Postgres {
		return db.pool.QueryContext(ctx, text, args...)
	}
	stmt, err := db.prepared(text)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

// prepared keeps a statement per text for the reading connections of SQLite; pgx
// keeps its own.
func (db *DB) prepared(text string) (*sql.Stmt, error) {
	if have, ok := db.stmts.Load(text); ok {
		return have.(*sql.Stmt), nil
	}
	stmt, err := db.pool.Prepare(text)
	if err != nil {
		return nil, err
	}
	if have, loaded := db.stmts.LoadOrStore(text, stmt); loaded {
		_ = stmt.Close()
		return have.(*sql.Stmt), nil
	}
	return stmt, nil
}

// each calls scan for every row of a query.
func (db *DB) each(ctx context.Context, query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := db.query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one scans the single row of a query; found is false when there is none.
func (db *DB) one(ctx context.Context, query string, args []any, dest ...any) (found bool, err error) {
	err = db.each(ctx, query, args, func(r *sql.Rows) error {
		found = true
		return r.Scan(dest...)
	})
	return found, err
}
