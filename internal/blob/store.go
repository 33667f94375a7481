package blob

import (
	"context"
	"io"

	"parley/internal/fault"
)

// HashLen is the length of a hash as text: SHA-256 in lower-case hexadecimal.
const HashLen = 64

// Ref names a blob.
type Ref struct {
	Hash string // HashLen characters
	Size int64  // bytes
}

// Store keeps blobs. Its methods may be called concurrently, from several nodes
// too.
type Store interface {
	// Put stores what r holds, to its end, and returns its name. Storing the same
	// content again is harmless and gives the same name. Beyond max bytes it stores
	// nothing and answers ErrTooLarge. An error of r comes back wrapped.
	Put(ctx context.Context, r io.Reader, max int64) (Ref, error)
	// Open returns a blob's content, which the caller closes, and its size in bytes.
	// The content stays readable if the blob is deleted meanwhile. ErrAbsent when
	// there is none.
	Open(ctx context.Context, hash string) (io.ReadSeekCloser, int64, error)
	// Stat returns a blob's name and size without opening it, or ErrAbsent.
	Stat(ctx context.Context, hash string) (Ref, error)
	// Delete removes a blob. It is no error when there is none.
	Delete(ctx context.Context, hash string) error
}

var (
	// ErrTooLarge says that content is longer than allowed; the fault's Details is a
	// Limit.
	ErrTooLarge = fault.New(fault.TooLarge, "file_too_large", fault.T("Файл слишком большой.", "The file is too large."))
	// ErrAbsent says that there is no blob of a name. A name that is not a hash is
	// absent, too.
	ErrAbsent = fault.New(fault.NotFound, "file_not_found", fault.T("Файл не найден.", "The file was not found."))
)

// Limit is the Details of ErrTooLarge.
type Limit struct {
	MaxBytes int64 `json:"max_bytes"`
}

// ValidHash reports whether a text is in the form of a hash, and so safe as a
// file name.
func ValidHash(hash string) bool {
	if len(hash) != HashLen {
		return false
	}
	for i := range len(hash) {
		if c := hash[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
