package compose

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"net/url"
	"strconv"
	"strings"

	"parley/internal/plaintext"
)

// part is a node of a mail's tree: its header, a blank line and its content.
type part interface {
	size() int64
	stream(ctx context.Context, w io.Writer) error
}

// tree arranges the parts: the text alone; or the text beside the HTML, with the pictures that the
// HTML shows; and behind that what is attached.
func tree(m Mail) part {
	shown, attached := divide(m)
	id := 0
	boundary := func() string {
		id++
		sum := sha256.Sum256([]byte(m.MessageID + "\x00" + strconv.Itoa(id)))
		return "=_" + hex.EncodeToString(sum[:12]) // no encoded content holds "=_"
	}
	text := m.Text
	if text == "" && m.HTML != "" {
		text = plaintext.FromHTML(m.HTML)
	}
	root := part(newText("text/plain", text))
	if m.HTML != "" {
		rich := part(newText("text/html", document(m.HTML)))
		if len(shown) > 0 {
			rich = newMulti("related", boundary(), append([]part{rich}, shown...))
		}
		root = newMulti("alternative", boundary(), []part{root, rich})
	}
	if len(attached) > 0 {
		root = newMulti("mixed", boundary(), append([]part{root}, attached...))
	}
	return root
}

// divide tells the pictures that the HTML shows from what is attached.
func divide(m Mail) (shown, attached []part) {
	for _, f := range m.Files {
		id := cleanID(f.ContentID)
		if f.Inline && id != "" && mentions(m.HTML, id) {
			shown = append(shown, newFile(f, id))
		} else {
			attached = append(attached, newFile(f, ""))
		}
	}
	return shown, attached
}

func mentions(text, id string) bool {
	for _, form := range []string{id, html.EscapeString(id), url.PathEscape(id), url.QueryEscape(id)} {
		if strings.Contains(text, "cid:"+form) {
			return true
		}
	}
	return false
}

// document puts a fragment of HTML into a page. Some programs look for the character set nowhere else, and few
// find out by themselves that a text runs from the right.
func document(text string) string {
	if lower := strings.ToLower(text[:min(len(text), 1000)]); strings.Contains(lower, "<html") || strings.Contains(lower, "<body") {
		return text
	}
	return "<!DOCTYPE html>\n<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head>\n<body dir=\"auto\">" +
		text + "</body></html>\n"
}

// multi is a part of parts.
type multi struct {
	head     []byte
	boundary string
	parts    []part
}

func newMulti(kind, boundary string, parts []part) *multi {
	head := fmt.Sprintf("Content-Type: multipart/%s;\r\n boundary=%q\r\n\r\n", kind, boundary)
	return &multi{head: []byte(head), boundary: boundary, parts: parts}
}

func (m *multi) size() int64 {
	n := int64(len(m.head) + len(m.last()))
	for i, p := range m.parts {
		n += int64(len(m.before(i))) + p.size()
	}
	return n
}

func (m *multi) stream(ctx context.Context, w io.Writer) error {
	if _, err := w.Write(m.head); err != nil {
		return err
	}
	for i, p := range m.parts {
		if _, err := io.WriteString(w, m.before(i)); err != nil {
			return err
		}
		if err := p.stream(ctx, w); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, m.last())
	return err
}

// before is the line that begins a part. The line end before it belongs to it, not to the part.
func (m *multi) before(i int) string {
	if i == 0 {
		return "--" + m.boundary + "\r\n"
	}
	return "\r\n--" + m.boundary + "\r\n"
}

func (m *multi) last() string { return "\r\n--" + m.boundary + "--\r\n" }
