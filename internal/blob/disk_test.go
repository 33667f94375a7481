package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"parley/internal/blob"
	"parley/internal/fault"
)

func disk(t *testing.T) (*blob.Disk, string) {
	t.Helper()
	root := filepath.Join(t.TempDir(), "deep", "blobs")
	d, err := blob.OpenDisk(root)
	if err != nil {
		t.Fatal(err)
	}
	return d, root
}

func hashOf(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

func read(t *testing.T, s blob.Store, hash string) string {
	t.Helper()
	r, size, err := s.Open(t.Context(), hash)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil || int64(len(b)) != size {
		t.Fatalf("read %d bytes of %d, %v", len(b), size, err)
	}
	return string(b)
}

// files lists the regular files below a folder.
func files(t *testing.T, root string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(root, path)
			out = append(out, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPutOpenDelete(t *testing.T) {
	t.Parallel()
	d, root := disk(t)
	ctx := t.Context()
	for _, text := range []string{"", "hello", strings.Repeat("я", 100_000)} {
		for range 2 { // the second time is harmless
			ref, err := d.Put(ctx, iotest.HalfReader(strings.NewReader(text)), int64(len(text)))
			if err != nil || ref != (blob.Ref{Hash: hashOf(text), Size: int64(len(text))}) {
				t.Fatalf("Put = %+v, %v", ref, err)
			}
		}
		if got := read(t, d, hashOf(text)); got != text {
			t.Errorf("read %d bytes, want %d", len(got), len(text))
		}
		if ref, err := d.Stat(ctx, hashOf(text)); err != nil || ref.Size != int64(len(text)) {
			t.Errorf("Stat = %+v, %v", ref, err)
		}
	}
	h := hashOf("hello")
	if got := files(t, root); len(got) != 3 || !strings.Contains(strings.Join(got, " "), filepath.Join(h[:2], h)) {
		t.Errorf("files: %v", got)
	}

	r, _, err := d.Open(ctx, h)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for range 2 {
		if err := d.Delete(ctx, h); err != nil {
			t.Errorf("delete: %v", err)
		}
	}
	if b, err := io.ReadAll(r); err != nil || string(b) != "hello" {
		t.Errorf("an open blob reads %q, %v after its deletion", b, err)
	}
	if _, _, err := d.Open(ctx, h); !errors.Is(err, blob.ErrAbsent) {
		t.Errorf("open a deleted blob: %v", err)
	}
	if _, err := d.Stat(ctx, h); !errors.Is(err, blob.ErrAbsent) {
		t.Errorf("stat a deleted blob: %v", err)
	}
}

func TestPutLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	d, root := disk(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	broken := errors.New("line cut")
	cases := []struct {
		name string
		ctx  context.Context
		r    io.Reader
		want error
	}{
		{"too large", t.Context(), strings.NewReader("12345678901"), blob.ErrTooLarge},
		{"endless", t.Context(), endless{}, blob.ErrTooLarge},
		{"broken off", t.Context(), io.MultiReader(strings.NewReader("123"), iotest.ErrReader(broken)), broken},
		{"cancelled", ended, strings.NewReader("123"), context.Canceled},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ref, err := d.Put(c.ctx, c.r, 10)
			if !errors.Is(err, c.want) || ref != (blob.Ref{}) {
				t.Errorf("Put = %+v, %v; want %v", ref, err, c.want)
			}
			if left := files(t, root); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	_, err := d.Put(t.Context(), endless{}, 10)
	if f, ok := fault.As(err); !ok || f.Kind != fault.TooLarge || f.Details != (blob.Limit{MaxBytes: 10}) {
		t.Errorf("fault = %+v", f)
	}
}

// endless yields zeros for ever.
type endless struct{}

func (endless) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestNamesAreHashes(t *testing.T) {
	t.Parallel()
	d, root := disk(t)
	secret := filepath.Join(filepath.Dir(root), "secret")
	if err := os.WriteFile(secret, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := hashOf("x")
	for _, bad := range []string{"", "../secret", "a", good + "0", good[:63], strings.ToUpper(hashOf("hello")), "../" + good[3:], good[:63] + "/"} {
		if blob.ValidHash(bad) {
			t.Errorf("%q is called a hash", bad)
		}
		if _, _, err := d.Open(t.Context(), bad); !errors.Is(err, blob.ErrAbsent) {
			t.Errorf("Open(%q): %v", bad, err)
		}
		if _, err := d.Stat(t.Context(), bad); !errors.Is(err, blob.ErrAbsent) {
			t.Errorf("Stat(%q): %v", bad, err)
		}
		if err := d.Delete(t.Context(), bad); err != nil {
			t.Errorf("Delete(%q): %v", bad, err)
		}
	}
	if _, err := os.Stat(secret); err != nil {
		t.Error("a file outside is gone")
	}
}

func TestPutHealsDamage(t *testing.T) {
	t.Parallel()
	d, root := disk(t)
	h := hashOf("hello")
	if _, err := d.Put(t.Context(), strings.NewReader("hello"), 10); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, h[:2], h), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Put(t.Context(), strings.NewReader("hello"), 10); err != nil {
		t.Fatal(err)
	}
	if got := read(t, d, h); got != "hello" {
		t.Errorf("read %q", got)
	}
}

func TestPutAtOnce(t *testing.T) {
	t.Parallel()
	d, root := disk(t)
	texts := []string{"one", "two", strings.Repeat("three", 10_000)}
	var wg sync.WaitGroup
	for i := range 30 {
		wg.Go(func() {
			text := texts[i%len(texts)]
			ref, err := d.Put(t.Context(), strings.NewReader(text), 1<<20)
			if err != nil || ref.Hash != hashOf(text) {
				t.Errorf("Put = %+v, %v", ref, err)
				return
			}
			r, _, err := d.Open(t.Context(), ref.Hash)
			if err != nil {
				t.Error(err)
				return
			}
			defer r.Close()
			if b, err := io.ReadAll(r); err != nil || string(b) != text {
				t.Errorf("read %d bytes, %v", len(b), err)
			}
		})
	}
	wg.Wait()
	if got := files(t, root); len(got) != len(texts) {
		t.Errorf("files: %v", got)
	}
}

func TestOpenDiskSweeps(t *testing.T) {
	t.Parallel()
	_, root := disk(t)
	stale, fresh := filepath.Join(root, "tmp", "put-1"), filepath.Join(root, "tmp", "put-2")
	for _, f := range []string{stale, fresh} {
		if err := os.WriteFile(f, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(stale, old, old); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.OpenDisk(root); err != nil {
		t.Fatal(err)
	}
	if got := files(t, root); len(got) != 1 || got[0] != filepath.Join("tmp", "put-2") {
		t.Errorf("left: %v", got)
	}
}

func TestOpenDiskRefusesFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.OpenDisk(path); err == nil {
		t.Error("a file was opened as a folder")
	}
}

func FuzzValidHash(f *testing.F) {
	f.Add(hashOf(""))
	f.Add("../../etc/passwd")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := hex.DecodeString(s)
		if want := err == nil && len(b) == 32 && s == strings.ToLower(s); blob.ValidHash(s) != want {
			t.Errorf("ValidHash(%q) = %v", s, !want)
		}
	})
}

func BenchmarkPut(b *testing.B) {
	d, err := blob.OpenDisk(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	content := bytes.Repeat([]byte("x"), 21<<10)
	b.SetBytes(int64(len(content)))
	for i := 0; b.Loop(); i++ {
		copy(content, time.Duration(i).String())
		if _, err := d.Put(b.Context(), bytes.NewReader(content), 1<<20); err != nil {
			b.Fatal(err)
		}
	}
}

// TestDeleteOld spares what was stored again a moment ago.
func TestDeleteOld(t *testing.T) {
	t.Parallel()
	d, root := disk(t)
	put := func() blob.Ref {
		t.Helper()
		ref, err := d.Put(t.Context(), strings.NewReader("content"), 100)
		if err != nil {
			t.Fatal(err)
		}
		return ref
	}
	hash := put().Hash
	limit := time.Now().Add(-time.Hour)
	remove := func(want error) {
		t.Helper()
		if err := d.DeleteOld(t.Context(), hash, limit); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Stat(t.Context(), hash); !errors.Is(err, want) {
			t.Errorf("after the removal: %v, want %v", err, want)
		}
	}
	remove(nil)
	age := func() {
		t.Helper()
		if err := os.Chtimes(filepath.Join(root, hash[:2], hash), limit, limit.Add(-time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	age()
	put()
	remove(nil)
	age()
	remove(blob.ErrAbsent)
	remove(blob.ErrAbsent)
	if err := d.DeleteOld(t.Context(), "../no hash", time.Now()); err != nil {
		t.Errorf("a name that is no hash: %v", err)
	}
}
