package storetest

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"parley/internal/store"
	"parley/internal/testenv"
)

// The migrated databases that this process's tests get copies of: to run every migration for every
// test is most of what a test of the store costs. They are state of the package as the servers of
// testenv are, because nothing else lives as long as a test process does.
var (
	sqliteFile       = sync.OnceValues(makeSQLiteFile)
	postgresTemplate = sync.OnceValues(func() (testenv.Template, error) {
		return testenv.NewTemplate(func(url string) error { return migrateAt(store.Options{URL: url}) })
	})
)

// migrated is Place with the schema of this program in it.
func migrated(t testing.TB, engine store.Engine) store.Options {
	t.Helper()
	o := store.Options{Log: slog.New(slog.DiscardHandler)}
	if engine == store.Postgres {
		o.URL = testenv.PostgresCopy(t, postgresTemplate)
		return o
	}
	content, err := sqliteFile()
	if err != nil {
		t.Fatalf("make database file: %v", err)
	}
	o.Dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(o.Dir, "parley.db"), content, 0o600); err != nil {
		t.Fatalf("copy database file: %v", err)
	}
	return o
}

func makeSQLiteFile() (_ []byte, err error) {
	dir, err := os.MkdirTemp("", "parley-storetest-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := migrateAt(store.Options{Dir: dir}); err != nil {
		return nil, err
	}
	// Whoever closes a database leaves all of it in this one file.
	return os.ReadFile(filepath.Join(dir, "parley.db"))
}

func migrateAt(o store.Options) error {
	// Of no one test's context: the copies outlive the test that asked first.
	db, err := store.Open(context.Background(), o)
	if err != nil {
		return err
	}
	return errors.Join(db.Migrate(context.Background()), db.Close())
}
