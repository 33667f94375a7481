package app_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/inbox"
	"parley/internal/app"
	"parley/internal/blob"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestHousekeepingTakesUnusedFilesAway(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		dir := t.TempDir()
		blobs, err := blob.OpenDisk(dir)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		upload := func(id int64, text string) string {
			t.Helper()
			ref, err := blobs.Put(t.Context(), strings.NewReader(text), 100)
			if err != nil {
				t.Fatal(err)
			}
			old := time.Now().Add(-2 * time.Hour)
			if err := os.Chtimes(filepath.Join(dir, ref.Hash[:2], ref.Hash), old, old); err != nil {
				t.Fatal(err)
			}
			f := inbox.File{ID: inbox.FileID(id), Hash: ref.Hash, Size: ref.Size, CreatedAt: now}
			if err := db.AddFile(t.Context(), f, inbox.FileOwner{Kind: "agent", ID: 7}); err != nil {
				t.Fatal(err)
			}
			return ref.Hash
		}
		unused, sent := upload(1001, "unused"), upload(1002, "sent")
		err = db.Write(t.Context(), func(ctx context.Context) error {
			m := inbox.Message{ID: 1, ConversationID: 1, Seq: 1, Files: []inbox.File{{ID: 1002}}}
			return db.Save(ctx, &inbox.Changes{NewMessages: []*inbox.Message{&m}})
		})
		if err != nil {
			t.Fatal(err)
		}
		half := filepath.Join(dir, "tmp", "put-1")
		if err := os.WriteFile(half, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(half, time.Now(), time.Now().Add(-2*time.Hour)); err != nil {
			t.Fatal(err)
		}

		clock := now.Add(23 * time.Hour)
		k := app.NewKeeper(db, blobs, func() time.Time { return clock }, slog.New(slog.DiscardHandler))
		present := func() (list []string) {
			for _, hash := range []string{unused, sent} {
				if _, err := blobs.Stat(t.Context(), hash); err == nil {
					list = append(list, hash)
				}
			}
			return list
		}
		if err := k.Housekeep(t.Context()); err != nil || len(present()) != 2 {
			t.Errorf("after 23 hours: %v, %d files", err, len(present()))
		}
		if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the half-written file is still there: %v", err)
		}
		clock = now.Add(25 * time.Hour)
		if err := k.Housekeep(t.Context()); err != nil || !slices.Equal(present(), []string{sent}) {
			t.Errorf("after 25 hours: %v, %d files", err, len(present()))
		}
	})
}

func TestStraysGoWithinARoundOfTheShelves(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		dir := t.TempDir()
		blobs, err := blob.OpenDisk(dir)
		if err != nil {
			t.Fatal(err)
		}
		store := func(text string, age time.Duration) string {
			ref, err := blobs.Put(t.Context(), strings.NewReader(text), 100)
			if err != nil {
				t.Fatal(err)
			}
			at := time.Now().Add(-age)
			if err := os.Chtimes(filepath.Join(dir, ref.Hash[:2], ref.Hash), at, at); err != nil {
				t.Fatal(err)
			}
			return ref.Hash
		}
		stray, fresh := store("killed before its row", 2*time.Hour), store("about to be named", time.Minute)
		clock := time.Now()
		k := app.NewKeeper(db, blobs, func() time.Time { return clock }, slog.New(slog.DiscardHandler))
		for range blob.Shelves {
			if err := k.Housekeep(t.Context()); err != nil {
				t.Fatal(err)
			}
			clock = clock.Add(time.Hour)
		}
		if _, err := blobs.Stat(t.Context(), stray); !errors.Is(err, blob.ErrAbsent) {
			t.Errorf("the stray is still there: %v", err)
		}
		if _, err := blobs.Stat(t.Context(), fresh); err != nil {
			t.Errorf("what is about to be named: %v", err)
		}
	})
}

func TestRegularWork(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		k := app.NewKeeper(nil, nil, time.Now, slog.New(slog.NewTextHandler(&log, nil)))
		begun := time.Now()
		var at []time.Duration
		k.Every(time.Minute, time.Hour, func(context.Context) error {
			at = append(at, time.Since(begun))
			time.Sleep(10 * time.Minute)
			return errors.New("disk")
		})
		waiting := false
		k.Every(time.Second, time.Hour, func(ctx context.Context) error {
			waiting = true
			<-ctx.Done()
			waiting = false
			return ctx.Err()
		})
		time.Sleep(2*time.Hour + 25*time.Minute)
		synctest.Wait()
		if !waiting {
			t.Fatal("the work that waits was not begun again")
		}
		k.Stop()
		if want := []time.Duration{time.Minute, 71 * time.Minute, 141 * time.Minute}; !slices.Equal(at, want) {
			t.Errorf("worked at %v, want %v", at, want)
		}
		if waiting {
			t.Error("work outlived the keeper")
		}
		// Two rounds failed by themselves and one ran into its limit; what the stop cut short did not fail.
		if n := strings.Count(log.String(), "regular work failed"); n != 3 {
			t.Errorf("%d failures in the log, want 3:\n%s", n, log.String())
		}
	})
}
