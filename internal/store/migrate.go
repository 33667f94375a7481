package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrateLock is the advisory lock under which one node of many migrates.
const migrateLock int64 = 0x7061726c6579 + 1

// versionTable is where goose keeps which migrations ran.
const versionTable = "goose_db_version"

var (
	// ErrNewer says that a database, or a backup, has the schema of a newer program. This
	// one does not touch it: it knows neither what to write nor what it would break.
	ErrNewer = errors.New("made by a newer version of parley")
	// ErrUnfinished says that a restore into the database was begun and did not end.
	ErrUnfinished = errors.New("a restore was broken off")
)

// Migrate brings the database to this program's version. It is safe on a running
// installation and when several nodes start at once.
func (db *DB) Migrate(ctx context.Context) error {
	broken, err := db.brokenRestore(ctx)
	if err != nil {
		return err
	}
	if broken {
		return ErrUnfinished
	}
	return db.migrateTo(ctx, newest())
}

// newest is this program's version of the schema: the number of its last migration.
func newest() int64 {
	entries, err := migrations.ReadDir("migrations")
	if err != nil || len(entries) == 0 {
		return 0
	}
	number, _, _ := strings.Cut(entries[len(entries)-1].Name(), "_") // sorted by name
	version, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0
	}
	return version
}

// Schema returns the version of the database's schema, 0 when it has none.
func (db *DB) Schema(ctx context.Context) (int64, error) {
	if has, err := db.hasTable(ctx, versionTable); err != nil || !has {
		return 0, err
	}
	var version int64
	_, err := db.one(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM `+versionTable, nil, &version)
	return version, err
}

func (db *DB) hasTable(ctx context.Context, name string) (bool, error) {
	var one int64
	found, err := db.one(ctx, `
		SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1 -- only: sqlite
		SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1 -- only: postgres
	`, []any{name}, &one)
	if err != nil {
		return false, fmt.Errorf("look for table %s: %w", name, err)
	}
	return found, nil
}

// migrateTo brings the database to a version; it never goes back.
func (db *DB) migrateTo(ctx context.Context, version int64) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("find migrations: %w", err)
	}
	dialect, pool := goose.DialectPostgres, db.pool
	if db.engine == SQLite {
		dialect = goose.DialectSQLite3
		// A connection of its own: the writer never lets go of the one it has.
		if pool, err = db.openWritable(); err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
		defer pool.Close()
	} else {
		conn, err := db.pool.Conn(ctx)
		if err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
		defer conn.Close()
		if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, migrateLock); err != nil {
			return fmt.Errorf("lock migrations: %w", err)
		}
		defer func() {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, migrateLock)
		}()
	}
	provider, err := goose.NewProvider(dialect, pool, dialectFS{engine: db.engine, FS: dir}, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	have, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if have > newest() {
		return fmt.Errorf("%w: schema %d, this program knows %d", ErrNewer, have, newest())
	}
	if _, err := provider.UpTo(ctx, version); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// dialectFS shows each migration as it is for one engine.
type dialectFS struct {
	engine Engine
	fs.FS
}

func (d dialectFS) Open(name string) (fs.File, error) {
	f, err := d.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return &textFile{Reader: strings.NewReader(forEngine(d.engine, string(text))), name: name}, nil
}

// textFile is a file of text in memory.
type textFile struct {
	*strings.Reader
	name string
}

func (f *textFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *textFile) Close() error               { return nil }
func (f *textFile) Name() string               { return f.name }
func (f *textFile) Mode() fs.FileMode          { return 0o444 }
func (f *textFile) ModTime() time.Time         { return time.Time{} }
func (f *textFile) IsDir() bool                { return false }
func (f *textFile) Sys() any                   { return nil }
