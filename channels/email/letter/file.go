package letter

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"parley/channels"
)

// file stores a part's content.
func (w *walk) file(r io.Reader, it *part) (*node, error) {
	_, err := w.store(r, it)
	return &node{kind: it.kind}, err
}

// store puts a part's content into a file of the letter. It returns nil where the mail
// has too many files, or where the part is an empty one without a name.
func (w *walk) store(r io.Reader, it *part) (*channels.File, error) {
	in := bufio.NewReaderSize(r, 512)
	head, err := in.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	if len(head) == 0 && it.name == "" {
		return nil, nil
	}
	kind := it.kind
	if kind == "application/octet-stream" {
		kind = pictureType(head)
	}
	name := it.name
	if name == "" {
		name = nameFor(kind)
	}
	f, err := w.put(name, kind, in)
	if err != nil || f == nil {
		return nil, err
	}
	f.ContentID = cut(it.id, 500)
	return f, nil
}

// put stores bytes as a file of the letter. The file is the letter's own: it may still
// be changed. It is nil where the mail has too many.
func (w *walk) put(name, kind string, r io.Reader) (*channels.File, error) {
	if w.budget.files++; w.budget.files > w.bounds.Files {
		w.lose("the mail has too many files")
		return nil, nil
	}
	limited := &limited{r: r, left: w.bounds.File}
	f, err := w.files.Put(w.ctx, name, kind, limited, w.bounds.File)
	if limited.err != nil {
		return nil, fmt.Errorf("read mail: %w", limited.err)
	}
	if err != nil {
		return nil, fmt.Errorf("store file: %w", err)
	}
	if limited.more {
		w.lose("a file is too large and was cut")
	}
	w.letter.Files = append(w.letter.Files, f)
	return &w.letter.Files[len(w.letter.Files)-1], nil
}

// limited ends where its limit is reached, and remembers whether there was more and why
// reading failed.
type limited struct {
	r    io.Reader
	left int64
	more bool
	err  error
}

// Read implements io.Reader.
func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		var one [1]byte
		if n, _ := io.ReadFull(l.r, one[:]); n > 0 {
			l.more = true
		}
		return 0, io.EOF
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		l.err = err
	}
	return n, err
}

// pictureType recognises the pictures that mailers send without saying so.
func pictureType(head []byte) string {
	for _, known := range []struct{ magic, kind string }{
		{"\x89PNG\r\n\x1a\n", "image/png"}, {"\xff\xd8\xff", "image/jpeg"}, {"GIF8", "image/gif"},
	} {
		if bytes.HasPrefix(head, []byte(known.magic)) {
			return known.kind
		}
	}
	if len(head) > 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP" {
		return "image/webp"
	}
	return "application/octet-stream"
}
