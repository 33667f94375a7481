package app

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"parley/internal/blob"
	"parley/internal/config"
	"parley/internal/secret"
	"parley/internal/store"
)

// Restore puts a backup into an empty installation. It reads the file twice: once to
// see that it is whole, before anything is touched, then to fill the database and the
// files. After an error everything is as it was.
func Restore(ctx context.Context, cfg config.Config, file io.ReadSeeker) (err error) {
	m, key, err := inspect(file)
	if err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	in, err := openTar(file)
	if err != nil {
		return err
	}
	fresh, err := fittingKey(cfg, m, key)
	if err != nil {
		return err
	}
	r := &restoring{cfg: cfg}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.undo())
		}
	}()
	if fresh != nil {
		if err := r.writeKey(fresh); err != nil {
			return err
		}
	}
	if r.blobs, err = blob.OpenDisk(cfg.Blobs); err != nil {
		return &config.Error{Flag: "blobs", Env: "PARLEY_BLOBS", Problem: "cannot be used: " + reason(err), Remedy: "name a folder that can be written"}
	}
	return r.fill(ctx, m.Schema, in)
}

// inspect reads a backup to its end and returns its manifest and key.
func inspect(file io.Reader) (m manifest, key []byte, err error) {
	zip, err := gzip.NewReader(file)
	if err != nil {
		return m, nil, notWhole(err)
	}
	in := tar.NewReader(zip)
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
	if _, err := io.Copy(io.Discard, zip); err != nil { // the checksum stands behind the archive's end
		return m, nil, notWhole(err)
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

// fittingKey finds the key that the backup is sealed under: the one given, the one in
// the data folder or the one in the backup. The last must be kept and is returned.
func fittingKey(cfg config.Config, m manifest, packed []byte) (fresh []byte, err error) {
	if cfg.HasSecretKey {
		if secret.New(cfg.SecretKey).Verify(m.KeyCheck) != nil {
			return nil, &config.Error{Env: "PARLEY_SECRET_KEY", Problem: "is not the key of the installation that was backed up", Remedy: "give the one that was in use there"}
		}
		return nil, nil
	}
	if !cfg.SQLite() {
		return nil, &config.Error{Env: "PARLEY_SECRET_KEY", Problem: "is not set, and PostgreSQL needs one", Remedy: "give the key of the installation that was backed up"}
	}
	have, err := os.ReadFile(cfg.KeyFile())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "holds a secret.key that cannot be read: " + reason(err), Remedy: "check the folder's rights"}
	}
	if err == nil {
		if key, err := secret.ParseKey(string(have)); err != nil || secret.New(key).Verify(m.KeyCheck) != nil {
			return nil, &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "holds the secret.key of another installation", Remedy: "restore into an empty folder"}
		}
		return nil, nil
	}
	if packed == nil {
		return nil, &config.Error{Env: "PARLEY_SECRET_KEY", Problem: "is not set, and the backup holds no key", Remedy: "give the key of the installation that was backed up"}
	}
	if key, err := secret.ParseKey(string(packed)); err != nil || secret.New(key).Verify(m.KeyCheck) != nil {
		return nil, notWhole(errors.New("its key does not fit its database"))
	}
	return bytes.TrimSpace(packed), nil
}

// restoring knows what a restore has made so far.
type restoring struct {
	cfg   config.Config
	blobs *blob.Disk
	key   bool     // the key file was made
	file  bool     // the SQLite database was made
	files []string // hashes of blobs that were made
}

// writeKey puts the key where the program will look for it.
func (r *restoring) writeKey(key []byte) error {
	if err := os.MkdirAll(r.cfg.Data, 0o700); err != nil {
		return &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "cannot be used: " + reason(err), Remedy: "name a folder that can be written"}
	}
	f, err := os.OpenFile(r.cfg.KeyFile(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("restore key: %w", err)
	}
	r.key = true
	_, err = f.Write(append(key, '\n'))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("restore key: %w", err)
	}
	return nil
}

// fill restores the database and the files.
func (r *restoring) fill(ctx context.Context, schema int64, in *tar.Reader) (err error) {
	if err := os.MkdirAll(r.cfg.Data, 0o700); err != nil {
		return &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "cannot be used: " + reason(err), Remedy: "name a folder that can be written"}
	}
	_, absent := os.Stat(r.cfg.DatabaseFile())
	r.file = r.cfg.SQLite() && errors.Is(absent, os.ErrNotExist)
	db, err := openStore(ctx, r.cfg, discard(), nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.Refill(ctx, schema, func() (store.Piece, error) { return r.next(ctx, in) })
	if errors.Is(err, store.ErrNotEmpty) {
		return r.notEmpty()
	}
	return schemaProblem(r.cfg, err)
}

func (r *restoring) notEmpty() error {
	if r.cfg.SQLite() {
		return &config.Error{Flag: "data", Env: "PARLEY_DATA", Problem: "holds an installation already", Remedy: "restore into an empty folder"}
	}
	return &config.Error{Flag: "database", Env: "PARLEY_DATABASE", Problem: "holds tables already", Remedy: "restore into an empty database"}
}

// next returns the next rows of a backup, storing the files that lie between.
func (r *restoring) next(ctx context.Context, in *tar.Reader) (store.Piece, error) {
	for {
		h, err := in.Next()
		if err != nil {
			return store.Piece{}, err
		}
		dir, name := path.Split(h.Name)
		switch {
		case dir == blobsDir+"/":
			if err := r.putFile(ctx, in, name, h.Size); err != nil {
				return store.Piece{}, err
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

// putFile stores one file and sees to it that it is what its name says.
func (r *restoring) putFile(ctx context.Context, content io.Reader, hash string, size int64) error {
	_, absent := r.blobs.Stat(ctx, hash)
	ref, err := r.blobs.Put(ctx, content, size)
	if err != nil {
		return fmt.Errorf("restore file: %w", err)
	}
	if absent != nil {
		r.files = append(r.files, ref.Hash)
	}
	if ref.Hash != hash {
		return notWhole(fmt.Errorf("file %s has other bytes than its name says", hash))
	}
	return nil
}

// undo removes what was made. The database's own content is gone already.
func (r *restoring) undo() error {
	var errs []error
	for _, hash := range r.files {
		errs = append(errs, r.blobs.Delete(context.Background(), hash))
	}
	var names []string
	if r.key {
		names = append(names, r.cfg.KeyFile())
	}
	if r.file {
		names = append(names, r.cfg.DatabaseFile(), r.cfg.DatabaseFile()+"-wal", r.cfg.DatabaseFile()+"-shm")
	}
	for _, name := range names {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
