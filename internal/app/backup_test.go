package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"parley/internal/app"
	"parley/internal/config"
	"parley/internal/secret"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	for _, from := range storetest.Engines() {
		for _, to := range storetest.Engines() {
			t.Run(fmt.Sprint(from, " to ", to), func(t *testing.T) {
				t.Parallel()
				source := openBase(t, place(t, from, secret.NewKey()))
				furnish(t, source)
				want := rows(t, source.Store)
				backup := packed(t, source.Config)

				key := source.Config.SecretKey
				if from == store.SQLite {
					key = keyIn(t, source.Config)
				}
				cfg := place(t, to, key)
				if from == store.Postgres { // whose key is not in the backup
					cfg.SecretKey, cfg.HasSecretKey = key, true
				}
				if err := app.Restore(t.Context(), cfg, bytes.NewReader(backup)); err != nil {
					t.Fatal(err)
				}
				// As it is, before the program that opens it leases ids.
				db, err := store.Open(t.Context(), store.Options{URL: cfg.Database.Reveal(), Dir: cfg.Data})
				if err != nil {
					t.Fatal(err)
				}
				got := rows(t, db)
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%d rows were restored of %d, or others", len(got), len(want))
				}
				if got, want := files(t, cfg.Blobs), files(t, source.Config.Blobs); len(want) != 3 || !equal(got, want) {
					t.Errorf("%d files were restored of %d, or others", len(got), len(want))
				}
				restored := openBase(t, cfg)
				text, _, err := restored.Store.Setting(t.Context(), settingSealed)
				if err != nil {
					t.Fatal(err)
				}
				var sealed []byte
				if _, err := fmt.Sscanf(text, "%x", &sealed); err != nil {
					t.Fatal(err)
				}
				if plain, err := restored.Box.Open(sealed, []byte("here")); err != nil || string(plain) != "token" {
					t.Errorf("the sealed secret: %v", err)
				}
			})
		}
	}
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	source := openBase(t, place(t, store.SQLite, secret.Key{}))
	furnish(t, source)
	backup := packed(t, source.Config)
	key := keyIn(t, source.Config)
	keyed := source.Config
	keyed.SecretKey, keyed.HasSecretKey = key, true
	keyless := packed(t, keyed)

	with := func(key secret.Key) func(*testing.T, *config.Config) {
		return func(_ *testing.T, cfg *config.Config) { cfg.SecretKey, cfg.HasSecretKey = key, true }
	}
	without := func(_ *testing.T, cfg *config.Config) { cfg.SecretKey, cfg.HasSecretKey = secret.Key{}, false }
	inUse := func(t *testing.T, cfg *config.Config) {
		cfg.SecretKey, cfg.HasSecretKey = key, true
		openBase(t, *cfg)
	}
	for _, c := range []struct {
		name    string
		backup  []byte
		arrange func(t *testing.T, cfg *config.Config)
		says    string
		engines []store.Engine
	}{
		{"empty file", nil, with(key), "not a whole backup", storetest.Engines()},
		{"other file", []byte("PK\x03\x04 something else"), with(key), "not a whole backup", storetest.Engines()},
		{"cut in half", backup[:len(backup)/2], with(key), "not a whole backup", storetest.Engines()},
		{"last byte missing", backup[:len(backup)-1], with(key), "not a whole backup", storetest.Engines()},
		{"another key", backup, with(secret.NewKey()), "PARLEY_SECRET_KEY", storetest.Engines()},
		{"no key given", backup, without, "PARLEY_SECRET_KEY", []store.Engine{store.Postgres}},
		{"no key anywhere", keyless, without, "PARLEY_SECRET_KEY", []store.Engine{store.SQLite}},
		{"in use", backup, inUse, "already", storetest.Engines()},
	} {
		for _, engine := range c.engines {
			t.Run(fmt.Sprint(c.name, " on ", engine), func(t *testing.T) {
				t.Parallel()
				cfg := place(t, engine, key)
				c.arrange(t, &cfg)
				before := files(t, cfg.Data)
				err := app.Restore(t.Context(), cfg, bytes.NewReader(c.backup))
				var wrong *config.Error
				if !errors.As(err, &wrong) || !strings.Contains(wrong.Error(), c.says) || strings.Contains(wrong.Error(), "\n") {
					t.Errorf("restore: %v", err)
				}
				if after := files(t, cfg.Data); !equal(after, before) {
					t.Errorf("%d files are left of %d", len(after), len(before))
				}
				if c.name != "in use" {
					cfg.SecretKey, cfg.HasSecretKey = key, true
					restoresNow(t, cfg, backup)
				}
			})
		}
	}
}

// restoresNow checks that a place is still empty, by restoring into it.
func restoresNow(t *testing.T, cfg config.Config, backup []byte) {
	t.Helper()
	if err := app.Restore(t.Context(), cfg, bytes.NewReader(backup)); err != nil {
		t.Errorf("a restore after the refusal: %v", err)
	}
}

// TestRestoreNoticesAFlippedBit tries damage all over the file. Some bytes of its head
// mean nothing, and then what is restored must be right.
func TestRestoreNoticesAFlippedBit(t *testing.T) {
	t.Parallel()
	source := openBase(t, place(t, store.SQLite, secret.Key{}))
	furnish(t, source)
	want := rows(t, source.Store)
	backup := packed(t, source.Config)
	unnoticed := 0
	for at := 0; at < len(backup); at += 1 + at/10 {
		for _, at := range []int{at, len(backup) - 1 - at} {
			bad := slices.Clone(backup)
			bad[at] ^= 0x10
			cfg := place(t, store.SQLite, secret.Key{})
			if app.Restore(t.Context(), cfg, bytes.NewReader(bad)) != nil {
				if left := files(t, cfg.Data); len(left) > 0 {
					t.Errorf("byte %d: %d files are left", at, len(left))
				}
				continue
			}
			unnoticed++
			db := storetest.At(t, store.Options{Dir: cfg.Data})
			if !slices.Equal(rows(t, db), want) {
				t.Errorf("byte %d: damage was restored", at)
			}
		}
	}
	if unnoticed > 10 {
		t.Errorf("%d damaged files were taken, more than gzip's head has bytes", unnoticed)
	}
}

// failing is a file that cannot be read to its end the second time.
type failing struct {
	io.ReadSeeker
	round, left int
}

func (f *failing) Seek(offset int64, whence int) (int64, error) {
	f.round++
	return f.ReadSeeker.Seek(offset, whence)
}

var errDisk = errors.New("disk error")

func (f *failing) Read(p []byte) (int, error) {
	if f.round > 0 {
		if f.left -= len(p); f.left < 0 {
			return 0, errDisk
		}
	}
	return f.ReadSeeker.Read(p)
}

func TestRestoreThatFailsHalfWayLeavesNothing(t *testing.T) {
	t.Parallel()
	source := openBase(t, place(t, store.SQLite, secret.Key{}))
	furnish(t, source)
	backup := packed(t, source.Config)
	for _, engine := range storetest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			cfg := place(t, engine, keyIn(t, source.Config))
			err := app.Restore(t.Context(), cfg, &failing{ReadSeeker: bytes.NewReader(backup), left: len(backup) * 9 / 10})
			if !errors.Is(err, errDisk) {
				t.Errorf("restore: %v", err)
			}
			if left := files(t, cfg.Data); len(left) > 0 {
				t.Errorf("%d files are left", len(left))
			}
			if _, err := os.Stat(cfg.DatabaseFile()); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a database is left: %v", err)
			}
			restoresNow(t, cfg, backup)
		})
	}
}

func TestBackupOfNothing(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			cfg := place(t, engine, secret.NewKey())
			err := app.Backup(t.Context(), cfg, quiet, io.Discard, "test")
			var wrong *config.Error
			if !errors.As(err, &wrong) || !strings.Contains(wrong.Error(), "no installation") {
				t.Errorf("backup: %v", err)
			}
			if _, err := os.Stat(cfg.DatabaseFile()); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the backup made a database: %v", err)
			}
		})
	}
}

func TestBackupStopsWithItsContext(t *testing.T) {
	t.Parallel()
	source := openBase(t, place(t, store.SQLite, secret.Key{}))
	furnish(t, source)
	ctx, cancel := context.WithCancel(t.Context())
	err := app.Backup(ctx, source.Config, quiet, writer(func(p []byte) (int, error) { cancel(); return len(p), nil }), "test")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("backup: %v", err)
	}
}

type writer func(p []byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }
