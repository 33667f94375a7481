package letter

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// text reads a body. Files that are uuencoded within it are stored; what exceeds the
// bounds is cut, and the whole is stored too.
func (w *walk) text(r io.Reader, it *part) (*node, error) {
	n := &node{kind: it.kind}
	room := w.bounds.Text - w.held
	if room <= 0 {
		return w.file(r, it)
	}
	t := &textReader{w: w, in: bufio.NewReaderSize(r, 8<<10), room: room, seekUU: it.kind == "text/plain"}
	if err := t.read(); err != nil {
		return nil, err
	}
	l := &leaf{html: it.kind == "text/html", cut: t.over}
	if t.over {
		if _, err := w.store(io.MultiReader(bytes.NewReader(t.kept), t.in), it); err != nil {
			return nil, err
		}
		w.note("a text is too long and was cut; the whole is attached")
	}
	charset := it.params["charset"]
	if l.html && charset == "" {
		charset = metaCharset(t.kept)
	}
	l.text = decodeBytes(t.kept, charset)
	if l.html {
		l.text = strings.ReplaceAll(l.text, "\r\n", "\n")
	} else {
		l.text = lines(l.text)
		if strings.EqualFold(it.params["format"], "flowed") {
			l.text = unflow(l.text, strings.EqualFold(it.params["delsp"], "yes"))
		}
	}
	n.leaf = w.keep(l)
	return n, nil
}

// keep counts a text that stays in memory, and cuts what decoding made too long.
func (w *walk) keep(l *leaf) *leaf {
	l.text = cut(l.text, w.bounds.Text-w.held)
	w.held += len(l.text)
	return l
}

// textReader gathers the lines of a text.
type textReader struct {
	w      *walk
	in     *bufio.Reader
	room   int
	seekUU bool
	kept   []byte
	over   bool // there is more than room allows
}

func (t *textReader) read() error {
	fresh := true
	for {
		line, err := t.in.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read mail: %w", err)
		}
		if fresh && t.seekUU && bytes.HasPrefix(line, []byte("begin ")) {
			line = bytes.Clone(line) // looking ahead moves the buffer
			if name, ok := uuBegin(line); ok && t.uuFollows() {
				if err := t.unpack(name); err != nil {
					return err
				}
				continue
			}
		}
		fresh = err == nil
		t.kept = append(t.kept, line...)
		if len(t.kept) > t.room {
			t.over = true
			return nil
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
	}
}

func (t *textReader) uuFollows() bool {
	next, _ := t.in.Peek(70)
	line, _, _ := bytes.Cut(next, lf)
	return uuLine(line)
}

func (t *textReader) unpack(name string) error {
	it := &part{kind: "application/octet-stream", name: firstOf(harmless(name), "attachment")}
	_, err := t.w.store(&uuReader{in: t.in, begun: true}, it)
	return err
}

// metaCharset finds the charset that an HTML text names itself.
func metaCharset(b []byte) string {
	head := bytes.ToLower(b[:min(len(b), 4<<10)])
	i := bytes.Index(head, []byte("charset="))
	if i < 0 {
		return ""
	}
	value := bytes.TrimLeft(head[i+len("charset="):], `"' `)
	if end := bytes.IndexAny(value, `"' ;>/`); end >= 0 {
		value = value[:end]
	}
	charset := string(value)
	if isWide(charset) || isUTF7(charset) {
		return "" // what could be read so far says otherwise
	}
	return charset
}
