package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/internal/app"
	"parley/internal/blob"
	"parley/internal/config"
	"parley/internal/load"
	"parley/internal/secret"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

var quiet = slog.New(slog.DiscardHandler)

// place returns settings that lead to a fresh place; PostgreSQL has the key given.
func place(t *testing.T, engine store.Engine, key secret.Key) config.Config {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	cfg := config.Config{Listen: "127.0.0.1:0", Data: dir, Blobs: filepath.Join(dir, "blobs")}
	if engine == store.Postgres {
		cfg.Database, cfg.SecretKey, cfg.HasSecretKey = config.NewURL(storetest.Place(t, engine).URL), key, true
	}
	return cfg
}

func openBase(t *testing.T, cfg config.Config) *app.Base {
	t.Helper()
	b, err := app.OpenBase(t.Context(), cfg, quiet, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// settingSealed holds a secret under the installation's key.
const settingSealed = "test_sealed"

// furnish fills an installation: people, conversations, a file, a sealed secret.
func furnish(t *testing.T, b *app.Base) {
	t.Helper()
	account, err := b.EnsureWebchat(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = load.Seed(t.Context(), b.Store, load.SeedOptions{Conversations: 50, Messages: 400, Account: account, Kind: channels.KindWebchat, Now: b.Now()})
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.OpenDisk(b.Config.Blobs)
	if err != nil {
		t.Fatal(err)
	}
	for id, text := range []string{"", "a picture", strings.Repeat("a long film ", 100_000)} {
		ref, err := blobs.Put(t.Context(), strings.NewReader(text), 10<<20)
		if err != nil {
			t.Fatal(err)
		}
		f := inbox.File{ID: inbox.FileID(500 + id), Hash: ref.Hash, Size: ref.Size, CreatedAt: b.Now()}
		if err := b.Store.AddFile(t.Context(), f, inbox.FileOwner{Kind: "agent", ID: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Store.ClaimSetting(t.Context(), settingSealed, string(fmt.Appendf(nil, "%x", b.Box.Seal([]byte("token"), []byte("here"))))); err != nil {
		t.Fatal(err)
	}
}

// packed is the backup of an installation.
func packed(t *testing.T, cfg config.Config) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := app.Backup(t.Context(), cfg, quiet, &out, "test"); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rows is everything that a database holds.
func rows(t *testing.T, db *store.DB) []string {
	t.Helper()
	var all []string
	_, err := db.Dump(t.Context(), func(p store.Piece) error {
		for i, line := range strings.Split(strings.TrimSpace(string(p.Lines)), "\n") {
			if i > 0 {
				all = append(all, p.Table+" "+line)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// files is every file below a folder with its content, but not the database's own.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && (d.IsDir() || strings.HasPrefix(d.Name(), "parley.db")) {
			return nil
		}
		if err != nil {
			return err
		}
		text, err := os.ReadFile(name)
		all[strings.TrimPrefix(name, dir)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

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

func equal(a, b map[string]string) bool {
	for name, text := range a {
		if other, ok := b[name]; !ok || other != text {
			return false
		}
	}
	return len(a) == len(b)
}

func keyIn(t *testing.T, cfg config.Config) secret.Key {
	t.Helper()
	text, err := os.ReadFile(cfg.KeyFile())
	if err != nil {
		t.Fatal(err)
	}
	key, err := secret.ParseKey(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return key
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
