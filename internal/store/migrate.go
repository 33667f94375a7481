package store

import (
	"context"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrateLock is the advisory lock under which one node of many migrates.
const migrateLock int64 = 0x7061726c6579 + 1

// Migrate brings the database to this program's version. It is safe on a running
// installation and when several nodes start at once.
func (db *DB) Migrate(ctx context.Context) error { return db.migrateTo(ctx, latest) }

// latest stands for this program's version of the schema.
const latest int64 = 0

// migrateTo brings the database to a version.
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
	if version == latest {
		_, err = provider.Up(ctx)
	} else {
		_, err = provider.UpTo(ctx, version)
	}
	if err != nil {
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
