package letter

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"strings"
)

// decoder undoes a transfer encoding. Unknown ones leave the bytes as they are.
func decoder(name string, r io.Reader) io.Reader {
	name = strings.ToLower(strings.TrimSpace(name))
	if i := strings.IndexAny(name, " ;\t("); i > 0 {
		name = name[:i]
	}
	switch strings.Trim(name, "\"'") {
	case "base64", "b", "base-64", "x-base64":
		return newBase64(r)
	case "quoted-printable", "q", "quoted_printable", "quotedprintable", "quoted-printeable":
		return &printable{in: bufio.NewReaderSize(r, 4<<10)}
	case "x-uuencode", "uuencode", "x-uue", "uue":
		return &uuReader{in: bufio.NewReaderSize(r, 4<<10)}
	}
	return r
}

func isBase64(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

// base64Reader decodes leniently: signs that are no base64 are passed over, padding in
// the middle ends a piece, a missing end loses nothing that can be known.
type base64Reader struct {
	in     io.Reader
	buf    [4096]byte
	quad   [4]byte
	n      int // of quad
	out    []byte
	room   [3 * 1025]byte
	err    error
	broken bool // a sign was passed over that is neither base64 nor space, or left over alone
}

// broken tells whether a transfer encoding, as far as it was read, does not hold what its
// author put into it.
func broken(r io.Reader) bool {
	b, ok := r.(*base64Reader)
	return ok && b.broken
}

// newBase64 decodes base64, unless what calls itself so is plainly something else.
func newBase64(r io.Reader) io.Reader {
	in := bufio.NewReaderSize(r, 4<<10)
	if head, _ := in.Peek(2 << 10); !plausibleBase64(head) {
		return in
	}
	return &base64Reader{in: in}
}

// plausibleBase64 tells whether at least nine of ten printed signs, and no run of words,
// belong to base64.
func plausibleBase64(head []byte) bool {
	good, bad, spaces := 0, 0, 0
	for _, c := range head {
		switch {
		case isBase64(c) || c == '=':
			good++
		case c == ' ' || c == '\t':
			spaces++
		case c == '\r' || c == '\n':
		default:
			bad++
		}
	}
	return bad*10 <= good && spaces*12 <= good || good+bad+spaces == 0
}

// Read implements io.Reader.
func (b *base64Reader) Read(p []byte) (int, error) {
	for len(b.out) == 0 {
		if b.err != nil {
			return 0, b.err
		}
		n, err := b.in.Read(b.buf[:])
		b.out = b.decode(b.buf[:n], b.room[:0])
		if err != nil {
			b.err = err
			b.out = b.finish(b.out)
		}
	}
	n := copy(p, b.out)
	b.out = b.out[n:]
	return n, nil
}

func (b *base64Reader) decode(src, dst []byte) []byte {
	for _, c := range src {
		switch {
		case isBase64(c):
		case c == '-':
			c = '+' // the alphabet for URLs
		case c == '_':
			c = '/'
		case c == '=':
			dst = b.finish(dst)
			continue
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			continue
		default:
			b.broken = true
			continue
		}
		b.quad[b.n] = c
		if b.n++; b.n == 4 {
			dst = b.finish(dst)
		}
	}
	return dst
}

// finish decodes what stands in quad, complete or not.
func (b *base64Reader) finish(dst []byte) []byte {
	var three [3]byte
	n, _ := base64.RawStdEncoding.Decode(three[:], b.quad[:b.n]) // one sign alone means nothing
	if b.n == 1 {
		n, b.broken = 0, true
	}
	b.n = 0
	return append(dst, three[:n]...)
}

func decodeBase64(src []byte) []byte {
	var b base64Reader
	dst := make([]byte, 0, len(src)*3/4+3)
	return b.finish(b.decode(src, dst))
}

// printable decodes quoted-printable leniently: what is no code stays as it is.
type printable struct {
	in    *bufio.Reader
	out   []byte
	line  []byte
	carry []byte // the beginning of a code whose rest was not read yet
	err   error
}

// Read implements io.Reader.
func (q *printable) Read(p []byte) (int, error) {
	for len(q.out) == 0 {
		if q.err != nil {
			return 0, q.err
		}
		line, err := q.in.ReadSlice('\n')
		q.line = append(q.line[:0], q.carry...)
		q.carry = q.carry[:0]
		long := errors.Is(err, bufio.ErrBufferFull)
		if long {
			err = nil
			// A code must not be divided between two stretches of a long line.
			if i := bytes.LastIndexByte(line, '='); i >= len(line)-2 {
				q.carry = append(q.carry, line[i:]...)
				line = line[:i]
			}
		}
		q.err = err
		q.line = append(q.line, line...)
		q.out = decodePrintable(q.line, !long)
	}
	n := copy(p, q.out)
	q.out = q.out[n:]
	return n, nil
}

// decodePrintable decodes a line in place. ends tells that its ending is part of it.
func decodePrintable(line []byte, ends bool) []byte {
	text, ending := line, []byte(nil)
	if ends {
		text, ending = cutEnding(line)
		text = bytes.TrimRight(text, " \t")
		if n := len(text); n > 0 && text[n-1] == '=' {
			text, ending = text[:n-1], nil
		}
	}
	out := line[:0]
	ending = bytes.Clone(ending)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '=' && i+2 < len(text) {
			if hi, lo := unhex(text[i+1]), unhex(text[i+2]); hi >= 0 && lo >= 0 {
				c = byte(hi<<4 | lo)
				i += 2
			}
		}
		out = append(out, c)
	}
	return append(out, ending...)
}
