package app_test

import (
	"bytes"
	"errors"
	"fmt"
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
