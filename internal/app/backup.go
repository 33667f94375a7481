package app

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path"
	"time"

	"parley/internal/blob"
	"parley/internal/config"
	"parley/internal/store"
)

// manifest is the last entry of a backup.
type manifest struct {
	Format    int       `json:"format"`
	Schema    int64     `json:"schema"`
	Version   string    `json:"version"`
	CreatedAt time.Time `json:"created_at"`
	// KeyCheck tells the secret key under which the database is sealed from others.
	KeyCheck string `json:"key_check"`
}

// Names inside a backup.
const (
	manifestName = "manifest.json"
	keyName      = "secret.key"
	tablesDir    = "tables"
	blobsDir     = "blobs"
	backupFormat = 1
	maxPiece     = 256 << 20 // of one entry that is held in memory
)

// Backup writes a copy of the database, the files and, where the data folder keeps
// one, the key. It works beside a running server and changes nothing, not even the
// version of the database. The tables are as of one moment; files that come or go
// while they are copied are in the backup or not. The manifest comes last: a backup
// that was cut has none.
func Backup(ctx context.Context, cfg config.Config, log *slog.Logger, w io.Writer, version string) error {
	b, check, err := openSource(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer b.Close()
	zip := gzip.NewWriter(w)
	out := tar.NewWriter(zip)
	piece := 0
	schema, err := b.Store.Dump(ctx, func(p store.Piece) error {
		piece++
		return entry(out, fmt.Sprintf("%s/%s/%06d.jsonl", tablesDir, p.Table, piece), p.Lines)
	})
	if err != nil {
		return schemaProblem(cfg, err)
	}
	if err := b.backupBlobs(ctx, out); err != nil {
		return err
	}
	if !cfg.HasSecretKey {
		key, err := os.ReadFile(cfg.KeyFile())
		if err != nil {
			return fmt.Errorf("back up key: %w", err)
		}
		if err := entry(out, keyName, key); err != nil {
			return err
		}
	}
	text, err := json.Marshal(manifest{Format: backupFormat, Schema: schema, Version: version, CreatedAt: b.Now().UTC(), KeyCheck: check})
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	if err := entry(out, manifestName, text); err != nil {
		return err
	}
	if err := errors.Join(out.Close(), zip.Close()); err != nil {
		return fmt.Errorf("end backup: %w", err)
	}
	return nil
}

// openSource opens an installation as it is, with the key that fits it and what the
// database knows of that.
func openSource(ctx context.Context, cfg config.Config, log *slog.Logger) (b *Base, check string, err error) {
	nothing := &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "holds no installation that could be backed up", Remedy: "name the data folder or the database of one"}
	if err := cfg.RequireKey(); err != nil {
		return nil, "", err
	}
	if _, err := os.Stat(cfg.DatabaseFile()); cfg.SQLite() && errors.Is(err, os.ErrNotExist) {
		return nil, "", nothing
	}
	db, err := openStore(ctx, cfg, log, nil)
	if err != nil {
		return nil, "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, db.Close())
		}
	}()
	schema, err := db.Schema(ctx)
	if err != nil {
		return nil, "", err
	}
	if schema == 0 {
		return nil, "", nothing
	}
	check, found, err := db.Setting(ctx, settingKeyCheck)
	if err != nil {
		return nil, "", err
	}
	if !found {
		return nil, "", nothing
	}
	b = &Base{Config: cfg, Log: log, Store: db, Now: time.Now}
	if err := b.openKey(true); err != nil {
		return nil, "", err
	}
	return b, check, b.checkKey(check)
}

func entry(out *tar.Writer, name string, content []byte) error {
	if err := out.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content))}); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err := out.Write(content)
	return err
}

func (b *Base) backupBlobs(ctx context.Context, out *tar.Writer) error {
	blobs, err := blob.OpenDisk(b.Config.Blobs)
	if err != nil {
		return fmt.Errorf("back up files: %w", err)
	}
	return b.Store.EachHash(ctx, func(hash string) error {
		r, size, err := blobs.Open(ctx, hash)
		if errors.Is(err, blob.ErrAbsent) {
			b.Log.Warn("a file is missing and not in the backup", "hash", hash)
			return nil
		}
		if err != nil {
			return fmt.Errorf("back up file: %w", err)
		}
		defer r.Close()
		if err := out.WriteHeader(&tar.Header{Name: path.Join(blobsDir, hash), Mode: 0o600, Size: size}); err != nil {
			return err
		}
		_, err = io.Copy(out, r)
		return err
	})
}
