package app

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"time"

	"parley/internal/blob"
	"parley/internal/config"
	"parley/internal/secret"
	"parley/internal/store"
)

// manifest is the first entry of a backup.
type manifest struct {
	Format    int       `json:"format"`
	Schema    int64     `json:"schema"`
	Version   string    `json:"version"`
	CreatedAt time.Time `json:"created_at"`
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
// one, the key. It works beside a running server. The manifest comes last, because
// the schema's version is known from the dump; a cut backup therefore has none.
func (b *Base) Backup(ctx context.Context, w io.Writer, version string) error {
	zip := gzip.NewWriter(w)
	out := tar.NewWriter(zip)
	piece := 0
	schema, err := b.Store.Dump(ctx, func(p store.Piece) error {
		piece++
		return entry(out, fmt.Sprintf("%s/%s/%06d.jsonl", tablesDir, p.Table, piece), p.Lines)
	})
	if err != nil {
		return err
	}
	if err := b.backupBlobs(ctx, out); err != nil {
		return err
	}
	if !b.Config.HasSecretKey {
		key, err := os.ReadFile(b.Config.KeyFile())
		if err != nil {
			return fmt.Errorf("back up key: %w", err)
		}
		if err := entry(out, keyName, key); err != nil {
			return err
		}
	}
	text, err := json.Marshal(manifest{Format: backupFormat, Schema: schema, Version: version, CreatedAt: b.Now().UTC()})
	if err != nil {
		return err
	}
	if err := entry(out, manifestName, text); err != nil {
		return err
	}
	return errors.Join(out.Close(), zip.Close())
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

// Restore puts a backup into an empty installation. It reads the file twice: once to
// see that it is whole, then to fill the database and the files.
func Restore(ctx context.Context, cfg config.Config, file io.ReadSeeker) error {
	m, key, err := inspect(file)
	if err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	if err := restoreKey(cfg, key); err != nil {
		return err
	}
	blobs, err := blob.OpenDisk(cfg.Blobs)
	if err != nil {
		return fmt.Errorf("restore files: %w", err)
	}
	db, err := openStore(ctx, cfg, discard(), nil)
	if err != nil {
		return err
	}
	defer db.Close()
	in, err := openTar(file)
	if err != nil {
		return err
	}
	err = db.Refill(ctx, m.Schema, func() (store.Piece, error) { return nextPiece(ctx, in, blobs) })
	if errors.Is(err, store.ErrNotEmpty) {
		return &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "holds an installation already", Remedy: "restore into an empty folder or database"}
	}
	return err
}

// inspect reads a backup to its end and returns its manifest and key.
func inspect(file io.Reader) (m manifest, key []byte, err error) {
	in, err := openTar(file)
	if err != nil {
		return m, nil, err
	}
	for {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, nil, notWhole(err)
		}
		switch h.Name {
		case manifestName:
			if err := json.NewDecoder(io.LimitReader(in, 1<<20)).Decode(&m); err != nil {
				return m, nil, notWhole(err)
			}
		case keyName:
			if key, err = io.ReadAll(io.LimitReader(in, 1<<10)); err != nil {
				return m, nil, notWhole(err)
			}
		}
	}
	if m.Format != backupFormat {
		return m, nil, notWhole(errors.New("it has no manifest of a known format"))
	}
	return m, key, nil
}

func openTar(file io.Reader) (*tar.Reader, error) {
	zip, err := gzip.NewReader(file)
	if err != nil {
		return nil, notWhole(err)
	}
	return tar.NewReader(zip), nil
}

func notWhole(err error) error {
	return &config.Error{Problem: "the file is not a whole backup: " + err.Error(), Remedy: "take another copy of it"}
}

// restoreKey writes the backup's key where the program will look for it, unless the
// environment names one.
func restoreKey(cfg config.Config, key []byte) error {
	if cfg.HasSecretKey || len(key) == 0 {
		return nil
	}
	if _, err := secret.ParseKey(strings.TrimSpace(string(key))); err != nil {
		return notWhole(err)
	}
	f, err := os.OpenFile(cfg.KeyFile(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "holds a secret.key already", Remedy: "restore into an empty folder"}
	}
	if err != nil {
		return fmt.Errorf("restore key: %w", err)
	}
	_, err = f.Write(key)
	return errors.Join(err, f.Sync(), f.Close())
}

// nextPiece returns the next rows of a backup, storing the files that lie between.
func nextPiece(ctx context.Context, in *tar.Reader, blobs *blob.Disk) (store.Piece, error) {
	for {
		h, err := in.Next()
		if err != nil {
			return store.Piece{}, err
		}
		dir, name := path.Split(h.Name)
		switch {
		case dir == blobsDir+"/":
			ref, err := blobs.Put(ctx, in, h.Size)
			if err != nil {
				return store.Piece{}, fmt.Errorf("restore file: %w", err)
			}
			if ref.Hash != name {
				return store.Piece{}, notWhole(fmt.Errorf("file %s has other bytes than its name says", name))
			}
		case strings.HasPrefix(dir, tablesDir+"/"):
			if h.Size > maxPiece {
				return store.Piece{}, notWhole(fmt.Errorf("entry %s is too large", h.Name))
			}
			lines, err := io.ReadAll(in)
			return store.Piece{Table: path.Base(dir), Lines: lines}, err
		}
	}
}
