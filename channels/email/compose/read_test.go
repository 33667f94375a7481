package compose_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	"parley/channels/email/compose"
)

// node is a part of a mail as the standard library reads it.
type node struct {
	mediaType string
	params    map[string]string
	header    map[string][]string
	body      string
	parts     []node
}

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// simple is the least mail; tests change what they are about.
func simple() compose.Mail {
	return compose.Mail{
		MessageID: "p.abc@example.org", Date: noon, Subject: "Hello", Text: "Good day",
		From: compose.Address{Name: "Support", Address: "support@example.org"},
		To:   []compose.Address{{Name: "Ann", Address: "ann@example.net"}},
	}
}

// write returns a mail's bytes, after checking what holds for every mail.
func write(t testing.TB, m compose.Mail) []byte {
	t.Helper()
	message, err := compose.New(m)
	if err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	if err := message.Stream(t.Context(), &first); err != nil {
		t.Fatal(err)
	}
	if err := message.Stream(t.Context(), &second); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("written twice, the mail differs")
	}
	if message.Size() != int64(first.Len()) {
		t.Errorf("the mail has %d bytes, Size says %d", first.Len(), message.Size())
	}
	if !bytes.HasSuffix(first.Bytes(), []byte("\r\n")) {
		t.Error("the last line has no end")
	}
	for line := range bytes.SplitSeq(first.Bytes(), []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") {
			t.Errorf("a line has %d bytes or a control character: %.80q", len(line), line)
		}
	}
	return first.Bytes()
}

func read(t testing.TB, raw []byte) (mail.Header, node) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("read mail: %v\n%s", err, raw)
	}
	return m.Header, readPart(t, m.Header, m.Body)
}

func readPart(t testing.TB, header map[string][]string, r io.Reader) node {
	t.Helper()
	h := mail.Header(header)
	mediaType, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		t.Fatalf("read media type %q: %v", h.Get("Content-Type"), err)
	}
	n := node{mediaType: mediaType, params: params, header: header}
	if strings.HasPrefix(mediaType, "multipart/") {
		parts := multipart.NewReader(r, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err == io.EOF {
				return n
			}
			if err != nil {
				t.Fatal(err)
			}
			n.parts = append(n.parts, readPart(t, p.Header, p))
		}
	}
	switch h.Get("Content-Transfer-Encoding") {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("read body of %s: %v", mediaType, err)
	}
	n.body = string(body)
	return n
}

// shape draws a tree as media types.
func (n node) shape() string {
	if len(n.parts) == 0 {
		return n.mediaType
	}
	var parts []string
	for _, p := range n.parts {
		parts = append(parts, p.shape())
	}
	return strings.TrimPrefix(n.mediaType, "multipart/") + "(" + strings.Join(parts, " ") + ")"
}

func file(name, mediaType, content string) compose.File {
	return compose.File{Name: name, Type: mediaType, Size: int64(len(content)), Open: func(context.Context) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(content)), nil
	}}
}

func inline(f compose.File, id string) compose.File {
	f.Inline, f.ContentID = true, id
	return f
}
