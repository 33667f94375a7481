package letter

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// scanner reads a mail line by line and stops wherever a boundary of an open multipart
// stands, be it of the innermost or of one around it.
type scanner struct {
	in    *bufio.Reader
	fresh bool     // the next byte begins a line
	open  []string // "--" and the boundary of each open multipart, the outermost first
	at    mark     // the boundary that ended the current part
	end   bool     // nothing follows
	err   error    // why reading failed

	// guess makes the innermost open multipart take any line for its boundary that looks
	// like one: see looksOpening.
	guess   bool
	lenient bool // nothing is known of the boundary
	adopted bool // a guess was taken
}

// mark is a boundary line: of which open multipart (an index of scanner.open), and
// whether it closes it. level is -1 within a part.
type mark struct {
	level  int
	closes bool
}

var inPart = mark{level: -1}

// lineBuffer is the longest line that is seen whole. No boundary and no useful header
// line is longer.
const lineBuffer = 16 << 10

func newScanner(r io.Reader) *scanner {
	return &scanner{in: readable(r), fresh: true, at: inPart}
}

// fetch returns the next line of the current part, or the next stretch of a very long
// one, with its ending apart. It returns io.EOF where the part ends: at a boundary (see
// at) or where the mail ends. The bytes are valid until the next call.
func (s *scanner) fetch() (text, ending []byte, err error) {
	if s.at != inPart || s.end {
		return nil, nil, io.EOF
	}
	line, err := s.in.ReadSlice('\n')
	switch {
	case err == nil:
	case errors.Is(err, bufio.ErrBufferFull):
		if line[len(line)-1] == '\r' && s.in.UnreadByte() == nil {
			line = line[:len(line)-1] // it may belong to the line's ending
		}
	case errors.Is(err, io.EOF):
		s.end = true
		if len(line) == 0 {
			return nil, nil, io.EOF
		}
	default:
		s.end, s.err = true, err
		return nil, nil, io.EOF
	}
	began := s.fresh
	text, ending = cutEnding(line)
	s.fresh = len(ending) > 0
	if began && len(text) >= 2 && text[0] == '-' && text[1] == '-' {
		if s.at = s.match(text); s.at != inPart {
			s.fresh = true
			return nil, nil, io.EOF
		}
		if s.guess && s.fresh {
			text = bytes.Clone(text) // looking ahead moves the buffer
			if s.looksOpening(text) {
				s.open[len(s.open)-1] = string(bytes.TrimRight(text, " \t"))
				s.guess, s.adopted = false, true
				s.at = mark{level: len(s.open) - 1}
				return nil, nil, io.EOF
			}
		}
	}
	return text, ending, nil
}

func cutEnding(line []byte) (text, ending []byte) {
	n := len(line)
	switch {
	case n >= 2 && line[n-1] == '\n' && line[n-2] == '\r':
		return line[:n-2], line[n-2:]
	case n >= 1 && line[n-1] == '\n':
		return line[:n-1], line[n-1:]
	}
	return line, nil
}

// match tells which open multipart a line is the boundary of.
func (s *scanner) match(line []byte) mark {
	line = bytes.TrimRight(line, " \t\r")
	for level := len(s.open) - 1; level >= 0; level-- {
		b := s.open[level]
		if b == "" || len(line) < len(b) || string(line[:len(b)]) != b {
			continue
		}
		rest, closes := bytes.CutPrefix(line[len(b):], []byte("--"))
		if len(rest) == 0 || rest[0] == ' ' || rest[0] == '\t' {
			return mark{level: level, closes: closes}
		}
	}
	return inPart
}

// looksOpening tells whether a line that begins with "--" was probably meant to open a
// part: a part's header follows it.
func (s *scanner) looksOpening(line []byte) bool {
	line = bytes.TrimRight(line, " \t")
	if len(line) < 4 || len(line) > 250 || bytes.ContainsAny(line, " \t") || len(bytes.Trim(line, "-")) == 0 {
		return false
	}
	next := s.ahead(256)
	if i := bytes.IndexByte(next, '\n'); i >= 0 {
		if s.lenient && len(bytes.TrimSpace(next[:i])) == 0 {
			return true
		}
		next = next[:i]
	}
	return len(next) > 8 && bytes.EqualFold(next[:8], []byte("content-"))
}

// ahead returns up to n of the bytes that follow, without reading them.
func (s *scanner) ahead(n int) []byte {
	next, _ := s.in.Peek(n) // an error shows when the bytes are read
	return next
}

// enter opens a multipart and returns its level.
func (s *scanner) enter(boundary string) int {
	if boundary != "" {
		boundary = "--" + boundary
	}
	s.open = append(s.open, boundary)
	return len(s.open) - 1
}

// leave closes a multipart and those within it.
func (s *scanner) leave(level int) { s.open = s.open[:level] }

// proceed goes on behind the boundary that ended the last part.
func (s *scanner) proceed() { s.at = inPart }

// skip reads on to the end of the current part.
func (s *scanner) skip() {
	for {
		if _, _, err := s.fetch(); err != nil {
			return
		}
	}
}

// content reads the rest of the current part exactly: the line ending in front of a
// boundary belongs to the boundary.
type content struct {
	s    *scanner
	out  []byte // to be given out
	next []byte // after out
	held []byte // the ending of the line before, not yet known to belong to the part
	done bool
}

// Read implements io.Reader.
func (c *content) Read(p []byte) (int, error) {
	for len(c.out) == 0 {
		if len(c.next) > 0 {
			c.out, c.next = c.next, nil
			continue
		}
		if c.done {
			return 0, errOrEOF(c.s.err)
		}
		text, ending, err := c.s.fetch()
		if err != nil {
			c.done = true
			if c.s.at == inPart {
				c.out = c.held // the mail ended without a boundary
			}
			c.held = nil
			continue
		}
		c.out, c.next = c.held, text
		c.held = keepEnding(ending)
	}
	n := copy(p, c.out)
	c.out = c.out[n:]
	return n, nil
}

// keepEnding returns the same ending in bytes that reading on does not change.
func keepEnding(ending []byte) []byte {
	switch len(ending) {
	case 0:
		return nil
	case 1:
		return lf
	}
	return crlf
}

var lf, crlf = []byte("\n"), []byte("\r\n")

func errOrEOF(err error) error {
	if err != nil {
		return err
	}
	return io.EOF
}
