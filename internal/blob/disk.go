package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// staleAfter is how old a half-written file must be to be nobody's: another
// node may be writing into the same folder.
const staleAfter = time.Hour

// Disk is a Store in a folder, which several nodes may share. Blobs lie one level
// deep, "ab/abcd…": a second level would have nearly every blob make a folder,
// and wait for the disk twice more, until there are a million of them. It is safe
// for concurrent use.
type Disk struct {
	root string

	placing sync.RWMutex // blobs come under the one side, old ones go under the other
	mu      sync.Mutex
	durable map[string]bool // folders known to survive a power cut
}

var _ Store = (*Disk)(nil)

// OpenDisk opens a folder, making it when absent, and removes what writers that
// crashed have left.
func OpenDisk(root string) (*Disk, error) {
	d := &Disk{root: filepath.Clean(root), durable: map[string]bool{}}
	if err := os.MkdirAll(d.temp(), 0o700); err != nil {
		return nil, fmt.Errorf("make blob folder: %w", err)
	}
	if err := d.Sweep(time.Now().Add(-staleAfter)); err != nil {
		return nil, err
	}
	return d, nil
}

// Sweep removes half-written files last written to before a time. Call it now
// and then with a time an hour ago.
func (d *Disk) Sweep(before time.Time) error {
	entries, err := os.ReadDir(d.temp())
	if err != nil {
		return fmt.Errorf("list half-written blobs: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // its writer has finished
		}
		if err != nil {
			return fmt.Errorf("look at half-written blob: %w", err)
		}
		if !info.ModTime().Before(before) {
			continue
		}
		if err := os.Remove(filepath.Join(d.temp(), e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove half-written blob: %w", err)
		}
	}
	return nil
}

// Put implements Store. The content goes to a file of its own, onto the disk,
// and only then under its name.
func (d *Disk) Put(ctx context.Context, r io.Reader, max int64) (ref Ref, err error) {
	f, err := os.CreateTemp(d.temp(), "put-*")
	if err != nil {
		return Ref{}, fmt.Errorf("create blob: %w", err)
	}
	defer func() {
		f.Close()
		if err != nil {
			os.Remove(f.Name()) // what this misses, Sweep finds
		}
	}()
	sum := sha256.New()
	limit := max
	if limit < math.MaxInt64 {
		limit++ // one byte more tells that there is more
	}
	n, err := io.Copy(io.MultiWriter(f, sum), io.LimitReader(reader{ctx, r}, limit))
	switch {
	case err != nil:
		return Ref{}, fmt.Errorf("write blob: %w", err)
	case n > max:
		return Ref{}, ErrTooLarge.WithDetails(Limit{MaxBytes: max})
	}
	if err := f.Sync(); err != nil {
		return Ref{}, fmt.Errorf("sync blob: %w", err)
	}
	ref = Ref{Hash: hex.EncodeToString(sum.Sum(nil)), Size: n}
	if err := d.place(f.Name(), ref.Hash); err != nil {
		return Ref{}, err
	}
	return ref, nil
}

// place moves a finished file to its name and makes the name durable. A blob of
// this name is replaced by its equal, which heals one that was damaged.
func (d *Disk) place(file, hash string) error {
	path := d.path(hash)
	dir := filepath.Dir(path)
	if err := d.ensure(dir); err != nil {
		return err
	}
	d.placing.RLock()
	err := os.Rename(file, path)
	d.placing.RUnlock()
	if err != nil {
		return fmt.Errorf("place blob: %w", err)
	}
	return syncDir(dir)
}

// ensure makes a folder below the root and sees to it that its name is on the
// disk. That another writer has just made it is not enough: its sync may still be
// to come.
func (d *Disk) ensure(dir string) error {
	if d.isDurable(dir) {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make blob folder: %w", err)
	}
	return d.makeDurable(dir)
}

func (d *Disk) isDurable(dir string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.durable[dir]
}

// makeDurable puts a folder's name, which stands in the folder above, onto the disk.
func (d *Disk) makeDurable(dir string) error {
	if err := syncDir(filepath.Dir(dir)); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.durable[dir] = true
	return nil
}

// Open implements Store.
func (d *Disk) Open(_ context.Context, hash string) (io.ReadSeekCloser, int64, error) {
	if !ValidHash(hash) {
		return nil, 0, ErrAbsent
	}
	f, err := os.Open(d.path(hash))
	if err != nil {
		return nil, 0, missing("open blob", err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, fmt.Errorf("stat blob: %w", err)
	}
	return f, info.Size(), nil
}

// Stat implements Store.
func (d *Disk) Stat(_ context.Context, hash string) (Ref, error) {
	if !ValidHash(hash) {
		return Ref{}, ErrAbsent
	}
	info, err := os.Stat(d.path(hash))
	if err != nil {
		return Ref{}, missing("stat blob", err)
	}
	return Ref{Hash: hash, Size: info.Size()}, nil
}

// Delete implements Store.
func (d *Disk) Delete(_ context.Context, hash string) error {
	if !ValidHash(hash) {
		return nil
	}
	if err := os.Remove(d.path(hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete blob: %w", err)
	}
	return nil
}

// DeleteOld removes a blob that was last stored before a time, by the clock of the file
// system: who has stored a younger one may be about to name it.
func (d *Disk) DeleteOld(ctx context.Context, hash string, before time.Time) error {
	if !ValidHash(hash) {
		return nil
	}
	d.placing.Lock()
	defer d.placing.Unlock()
	info, err := os.Stat(d.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at old blob: %w", err)
	}
	if !info.ModTime().Before(before) {
		return nil
	}
	return d.Delete(ctx, hash)
}

// Shelves is how many parts the blobs lie in, about evenly.
const Shelves = 256

// Shelf lists the blobs of one part that were last stored before a time, by the clock
// of the file system.
func (d *Disk) Shelf(n byte, before time.Time) ([]string, error) {
	var hashes []string
	err := filepath.WalkDir(filepath.Join(d.root, hex.EncodeToString([]byte{n})), func(_ string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // no blob has come here yet, or one has just gone
			return nil
		}
		if err != nil || !ValidHash(entry.Name()) {
			return err
		}
		if info, err := entry.Info(); err == nil && info.ModTime().Before(before) {
			hashes = append(hashes, entry.Name())
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list blobs: %w", err)
	}
	return hashes, nil
}

func (d *Disk) temp() string { return filepath.Join(d.root, "tmp") }

func (d *Disk) path(hash string) string { return filepath.Join(d.root, hash[:2], hash) }

func missing(doing string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrAbsent.Because(err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open blob folder: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync blob folder: %w", err)
	}
	return nil
}

// reader stops a copy when its context ends.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
