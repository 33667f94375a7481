package letter

import (
	"bytes"
	"strings"
)

// Field is one line of a header, unfolded. Raw is as sent, save for bytes that are not
// UTF-8; Value has its encoded words and its charset decoded.
type Field struct {
	Name  string
	Raw   string
	Value string
}

// Header is the header of a mail or of a part. The zero value and nil are empty. Names
// are matched without regard to case.
type Header struct {
	fields  []rawField
	charset string // of bytes beyond ASCII that no encoded word explains
}

type rawField struct{ name, value string }

// Get returns the decoded value of the first field of that name, or "".
func (h *Header) Get(name string) string {
	raw, _ := h.first(name)
	return h.decode(raw)
}

// Raw returns the value of the first field of that name as it was sent, or "".
func (h *Header) Raw(name string) string {
	raw, _ := h.first(name)
	return clean(raw)
}

// Has tells whether there is a field of that name, even an empty one.
func (h *Header) Has(name string) bool {
	_, ok := h.first(name)
	return ok
}

// Values returns the decoded values of all fields of that name, the first one (which
// the last server wrote) first.
func (h *Header) Values(name string) []string {
	var values []string
	for _, raw := range h.all(name) {
		values = append(values, h.decode(raw))
	}
	return values
}

// Fields returns all fields in their order.
func (h *Header) Fields() []Field {
	if h == nil {
		return nil
	}
	fields := make([]Field, 0, len(h.fields))
	for _, f := range h.fields {
		fields = append(fields, Field{Name: f.name, Raw: clean(f.value), Value: h.decode(f.value)})
	}
	return fields
}

func (h *Header) first(name string) (string, bool) {
	if h == nil {
		return "", false
	}
	for _, f := range h.fields {
		if strings.EqualFold(f.name, name) {
			return f.value, true
		}
	}
	return "", false
}

func (h *Header) all(name string) []string {
	if h == nil {
		return nil
	}
	var values []string
	for _, f := range h.fields {
		if strings.EqualFold(f.name, name) {
			values = append(values, f.value)
		}
	}
	return values
}

func (h *Header) decode(raw string) string {
	if h == nil {
		return ""
	}
	return decodeWords(raw, h.charset)
}

// headerReader gathers the fields of one header.
type headerReader struct {
	bounds   Bounds
	header   *Header
	size     int
	line     []byte
	problems func(string)
}

// readHeader reads the current part's header and the blank line behind it; root tells
// that the part is a mail. body is what
// it read beyond where it finds, too late, that the body has begun without a blank line.
func readHeader(s *scanner, root bool, b Bounds, odd func(string)) (h *Header, body []byte) {
	r := headerReader{bounds: b, header: &Header{}, problems: odd}
	for first := true; ; first = false {
		text, ending, err := s.fetch()
		if err != nil {
			break
		}
		whole := len(ending) > 0 || s.end
		blank := len(bytes.TrimSpace(text)) == 0 && whole
		if blank && root && len(r.header.fields) == 0 && len(r.line) == 0 && startsHeader(s.ahead(200)) {
			continue // a blank line in front of everything
		}
		if len(bytes.TrimRight(text, "\r")) == 0 && whole {
			break
		}
		if first && isEnvelope(text) {
			s.finishLine(whole)
			continue
		}
		folded := text[0] == ' ' || text[0] == '\t'
		if !folded && !startsHeader(text) {
			text, ending = bytes.Clone(text), bytes.Clone(ending) // looking ahead moves the buffer
		}
		if !folded && len(r.line) > 0 && oddField(text, s.ahead(1)) {
			odd("a field's name is none")
		} else if (!folded || len(r.line) == 0) && !startsHeader(text) {
			if folded {
				text, ending = bytes.Clone(text), bytes.Clone(ending)
			}
			if folded && len(bytes.TrimSpace(text)) == 0 || !r.goesOn(s) {
				odd("a header ends without an empty line")
				body = append(text, ending...)
				break
			}
			odd("a header holds a line that is none")
			folded = len(r.line) > 0
		}
		r.add(text, folded)
		for !whole {
			text, ending, err = s.fetch()
			whole = err != nil || len(ending) > 0
			r.add(text, true)
		}
	}
	r.flush()
	r.header.charset = r.header.guessCharset()
	return r.header, body
}

// finishLine reads what is left of the current line.
func (s *scanner) finishLine(whole bool) {
	for !whole {
		_, ending, err := s.fetch()
		whole = err != nil || len(ending) > 0
	}
}

// goesOn tells whether the header goes on behind a line that belongs to none: another
// field follows before the next empty line, or that line was the end of a field that
// somebody broke wrongly.
func (r *headerReader) goesOn(s *scanner) bool {
	if len(r.header.fields) == 0 && len(r.line) == 0 {
		// Nothing but a field right behind it makes a first line part of a header.
		return startsHeader(s.ahead(200)) && !bytes.HasPrefix(bytes.TrimLeft(s.ahead(2), "\r"), lf)
	}
	next := s.ahead(4 << 10)
	for i := 0; i < 20 && len(next) > 0; i++ {
		line, rest, found := bytes.Cut(next, lf)
		if len(bytes.TrimRight(line, "\r")) == 0 {
			return found && i == 0
		}
		if startsHeader(line) {
			return true
		}
		next = rest
	}
	return false
}

func (r *headerReader) add(text []byte, folded bool) {
	if !folded {
		r.flush()
	}
	r.size += len(text)
	if r.size > r.bounds.Header {
		r.problems("a header is too long and was cut")
		return
	}
	r.line = append(r.line, text...)
}

func (r *headerReader) flush() {
	line := r.line
	r.line = r.line[:0]
	name, value, ok := bytes.Cut(line, []byte(":"))
	name = bytes.TrimSpace(name)
	if !ok || len(name) == 0 {
		return
	}
	if len(r.header.fields) >= r.bounds.Fields {
		r.problems("a header has too many fields")
		return
	}
	r.header.fields = append(r.header.fields, rawField{name: clean(string(name)), value: string(bytes.TrimSpace(value))})
}

// startsHeader tells whether a line begins with a field's name and a colon.
func startsHeader(line []byte) bool {
	i := bytes.IndexByte(line, ':')
	if i <= 0 || i > 100 {
		return false
	}
	name := bytes.TrimRight(line[:i], " \t")
	if len(name) == 0 {
		return false
	}
	for _, c := range name {
		if c <= ' ' || c == 0x7f {
			return false
		}
	}
	return true
}

// oddField recognises a field whose name breaks the rules by the fold that follows it.
func oddField(line, next []byte) bool {
	return !startsHeader(line) && len(next) > 0 && (next[0] == ' ' || next[0] == '\t') && bytes.IndexByte(line[:min(len(line), 100)], ':') > 0
}

// isEnvelope recognises the line that mailbox files put in front of a mail.
func isEnvelope(line []byte) bool {
	return bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From "))
}
