package compose

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"path"
	"strings"
)

// FileError says that a file of the mail could not be read. Nothing is wrong with the way to the server.
type FileError struct {
	Name string
	Err  error
}

func (e *FileError) Error() string { return fmt.Sprintf("read attachment: %v", e.Err) }
func (e *FileError) Unwrap() error { return e.Err }

// readError tells a failure to read from one to write.
type readError struct{ err error }

func (e *readError) Error() string { return e.err.Error() }
func (e *readError) Unwrap() error { return e.err }

// file is a part that is read while it is written.
type file struct {
	File
	head []byte
}

// newFile makes the part of a file; a contentID makes it inline.
func newFile(f File, contentID string) *file {
	name := fileName(f.Name)
	var h header
	h.param("Content-Type", mediaType(f.Type), "name", name)
	if contentID == "" {
		h.param("Content-Disposition", "attachment", "filename", name)
	} else {
		h.param("Content-Disposition", "inline", "filename", name)
		h.add("Content-ID", "<"+contentID+">")
	}
	h.add("Content-Transfer-Encoding", "base64")
	h.buf = append(h.buf, "\r\n"...)
	return &file{File: f, head: h.buf}
}

func (f *file) size() int64 { return int64(len(f.head)) + encodedSize(f.Size) }

func (f *file) stream(ctx context.Context, w io.Writer) error {
	if _, err := w.Write(f.head); err != nil {
		return err
	}
	r, err := f.Open(ctx)
	if err != nil {
		return &FileError{Name: f.Name, Err: err}
	}
	// One byte more than promised is enough to know that the promise was wrong.
	n, err := encodeLines(w, io.LimitReader(&checked{ctx, r}, f.Size+1))
	closeErr := r.Close()
	var failed *readError
	switch {
	case errors.As(err, &failed):
		return &FileError{Name: f.Name, Err: failed.err}
	case err != nil:
		return err
	case n != f.Size:
		return &FileError{Name: f.Name, Err: fmt.Errorf("it has not the %d bytes that it should have", f.Size)}
	case closeErr != nil:
		return &FileError{Name: f.Name, Err: closeErr}
	}
	return nil
}

// checked is a reader that ends with its context.
type checked struct {
	ctx context.Context
	r   io.Reader
}

func (c *checked) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// param adds a field with one parameter, encoded as RFC 2231 wants where it is not ASCII.
func (h *header) param(name, value, key, parameter string) {
	formatted := mime.FormatMediaType(value, map[string]string{key: parameter})
	if formatted == "" {
		formatted = value
	}
	main, rest, ok := strings.Cut(formatted, "; ")
	if !ok {
		h.add(name, main)
		return
	}
	h.buf = append(h.buf, name+": "+main+";\r\n "+rest+"\r\n"...)
}

// mediaType returns a type that may stand over base64. Mails within mails may not be encoded so
// (RFC 2046, 5.2.1): they travel as plain files.
func mediaType(given string) string {
	t, _, err := mime.ParseMediaType(given)
	family, _, ok := strings.Cut(t, "/")
	if err != nil || !ok || family == "message" || family == "multipart" || len(t) > 100 {
		return "application/octet-stream"
	}
	return t
}

// maxFileName bounds a name in bytes: percent-encoded it is three times as long and must fit into a line.
const maxFileName = 240

// fileName returns a name without folders and control characters, whose end survives when it is too long.
func fileName(name string) string {
	name = clean(strings.NewReplacer("/", "_", `\`, "_", `"`, "'").Replace(name))
	if strings.Trim(name, ". ") == "" {
		return "attachment"
	}
	if len(name) > maxFileName {
		end := path.Ext(name)
		if len(end) > 20 {
			end = ""
		}
		name = cut(name, maxFileName-len(end)) + end
	}
	return name
}
