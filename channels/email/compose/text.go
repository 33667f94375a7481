package compose

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode"
)

// text is a part that is kept encoded: texts are short.
type text struct{ whole []byte }

func (t *text) size() int64 { return int64(len(t.whole)) }

func (t *text) stream(ctx context.Context, w io.Writer) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	_, err := w.Write(t.whole)
	return err
}

// newText encodes a text in the way that is shortest and survives every server: as it is, quoted, or
// in base64, which is what most Cyrillic mail comes to.
func newText(mediaType, content string) *text {
	content = lines(content)
	var h header
	h.add("Content-Type", mediaType+"; charset=utf-8")
	var body []byte
	switch wide := countWide(content); {
	case wide == 0 && short(content):
		h.add("Content-Transfer-Encoding", "7bit")
		body = []byte(content)
	case wide*6 <= len(content):
		h.add("Content-Transfer-Encoding", "quoted-printable")
		var b bytes.Buffer
		q := quotedprintable.NewWriter(&b)
		_, _ = io.WriteString(q, content) // a buffer takes everything
		_ = q.Close()
		body = b.Bytes()
	default:
		h.add("Content-Transfer-Encoding", "base64")
		var b bytes.Buffer
		_, _ = encodeLines(&b, strings.NewReader(content))
		body = b.Bytes()
	}
	return &text{whole: bytes.Join([][]byte{h.buf, body}, []byte("\r\n"))}
}

// lines returns a text with CRLF for every kind of line end, also at its end, and without other
// control characters.
func lines(content string) string {
	content = strings.ToValidUTF8(content, "\uFFFD")
	content = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(content)
	content = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, content)
	if !strings.HasSuffix(content, "\n") {
		content += "\n"
	}
	return strings.ReplaceAll(content, "\n", "\r\n")
}

func countWide(content string) int {
	n := 0
	for i := range len(content) {
		if content[i] >= 0x80 {
			n++
		}
	}
	return n
}

// short tells whether no line is long or ends in a space, which some servers cut off.
func short(content string) bool {
	for line := range strings.SplitSeq(content, "\r\n") {
		if len(line) > lineLength || strings.HasSuffix(line, " ") || strings.HasSuffix(line, "\t") {
			return false
		}
	}
	return true
}

// rawLine is how many bytes make a line of base64.
const rawLine = lineLength / 4 * 3

// encodeLines writes r in base64, in lines that each end with CRLF, and returns how much it read.
func encodeLines(w io.Writer, r io.Reader) (int64, error) {
	const many = 512 // lines at a time
	raw := make([]byte, rawLine*many)
	out := make([]byte, 0, (lineLength+2)*many)
	var total int64
	for {
		n, readErr := io.ReadFull(r, raw)
		total += int64(n)
		out = out[:0]
		for line := raw[:n]; len(line) > 0; {
			size := min(len(line), rawLine)
			out = base64.StdEncoding.AppendEncode(out, line[:size])
			out = append(out, "\r\n"...)
			line = line[size:]
		}
		if len(out) > 0 {
			if _, err := w.Write(out); err != nil {
				return total, err
			}
		}
		switch readErr {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return total, nil
		default:
			return total, &readError{readErr}
		}
	}
}

// encodedSize is how much encodeLines writes for so many bytes.
func encodedSize(n int64) int64 {
	encoded := (n + 2) / 3 * 4
	return encoded + (encoded+lineLength-1)/lineLength*2
}
