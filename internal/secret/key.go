package secret

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// KeySize is the length of a key in bytes.
const KeySize = 32

// Key is the installation's key. It hides itself from fmt, slog and JSON.
type Key [KeySize]byte

// ErrBadKey says that a text is not a key. The text itself is never repeated.
var ErrBadKey = errors.New("a key is 64 hexadecimal digits (make one with: openssl rand -hex 32)")

// ParseKey reads a key written as 64 hexadecimal digits; blanks around it are
// ignored. The error says what is wrong without showing any of it, and wraps
// ErrBadKey.
func ParseKey(s string) (Key, error) {
	s = strings.TrimSpace(s)
	if len(s) != 2*KeySize {
		return Key{}, fmt.Errorf("key is %d characters long: %w", len(s), ErrBadKey)
	}
	var k Key
	if _, err := hex.Decode(k[:], []byte(s)); err != nil {
		// hex names the offending byte, which is part of the secret.
		return Key{}, fmt.Errorf("key holds something else than hexadecimal digits: %w", ErrBadKey)
	}
	if k == (Key{}) {
		return Key{}, fmt.Errorf("key is all zeros: %w", ErrBadKey)
	}
	return k, nil
}

// NewKey makes a random key.
func NewKey() Key {
	var k Key
	rand.Read(k[:])
	return k
}

// Reveal returns the key as 64 hexadecimal digits, the form ParseKey reads.
func (k Key) Reveal() string { return hex.EncodeToString(k[:]) }

// Format hides the key from fmt, whatever the verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, Mask) }

// LogValue hides the key from slog.
func (k Key) LogValue() slog.Value { return slog.StringValue(Mask) }

// MarshalText hides the key from JSON and other encoders.
func (k Key) MarshalText() ([]byte, error) { return []byte(Mask), nil }

// LoadOrCreate reads the key kept at path, or makes one there, readable by the
// owner alone, and says that it did. The key is on the disk before this
// returns. When several processes start at once, all get the same key.
func LoadOrCreate(path string) (key Key, created bool, err error) {
	key, err = load(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, false, err
	}
	key = NewKey()
	switch err = create(path, key); {
	case err == nil:
		return key, true, nil
	case errors.Is(err, fs.ErrExist): // another process was first
		key, err = load(path)
		return key, false, err
	default:
		return Key{}, false, err
	}
}

func load(path string) (Key, error) {
	f, err := os.Open(path)
	if err != nil {
		return Key{}, fmt.Errorf("open key file: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 4096))
	if err != nil {
		return Key{}, fmt.Errorf("read key file: %w", err)
	}
	key, err := ParseKey(string(text))
	if err != nil {
		return Key{}, fmt.Errorf("read key file %s: %w", path, err)
	}
	return key, nil
}

// create writes the key to a file beside path and links it into place, so that
// path never holds half a key and an existing key is never replaced.
func create(path string, key Key) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".key-*") // made with mode 0600
	if err != nil {
		return fmt.Errorf("create key file: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(key.Reveal() + "\n")
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("write key file: %w", err)
	}
	if err := os.Link(f.Name(), path); err != nil {
		return fmt.Errorf("place key file: %w", err)
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open key folder: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync key folder: %w", err)
	}
	return nil
}
