package compose

import (
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// header gathers the fields of a mail or of a part.
type header struct {
	buf  []byte
	utf8 bool
}

// lineLength is how long a line should be at most (RFC 5322, 2.1.1; RFC 2047, 2).
const lineLength = 76

// add appends a field whose value is ready but for folding. It breaks lines at spaces, never before
// the first word, and never leaves a line of spaces alone.
func (h *header) add(name, value string) {
	h.buf = append(h.buf, name...)
	h.buf = append(h.buf, ':')
	length := len(name) + 1
	for i, word := range strings.Split(value, " ") {
		if i > 0 && word != "" && length+1+len(word) > lineLength {
			h.buf = append(h.buf, "\r\n"...)
			length = 0
		}
		h.buf = append(h.buf, ' ')
		h.buf = append(h.buf, word...)
		length += 1 + len(word)
	}
	h.buf = append(h.buf, "\r\n"...)
}

// maxText bounds a field of free text, in bytes.
const maxText = 2000

// text adds a field of free text, unless it is empty.
func (h *header) text(name, value string) {
	value = cut(clean(value), maxText)
	if value == "" || !isFieldName(name) {
		return
	}
	if !isPlain(value) {
		value = words(value)
	}
	h.add(name, value)
}

// ids adds a field of message ids, unless there are none.
func (h *header) ids(name string, list []string) {
	var all []string
	for _, id := range list {
		if id = cleanID(id); id != "" {
			all = append(all, "<"+id+">")
		}
	}
	if len(all) > 0 {
		h.add(name, strings.Join(all, " "))
	}
}

// maxID bounds a message id, in octets, so that it fits into a line.
const maxID = 900

// cleanID returns an id without angle brackets, or nothing when it cannot stand in a header.
func cleanID(id string) string {
	id = strings.Trim(id, "<> ")
	if len(id) > maxID || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r >= 0x7F || r == '<' || r == '>' || r == ',' }) {
		return ""
	}
	return id
}

// clean makes a text one line of valid UTF-8 without control characters.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if isControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.TrimSpace(text)
}

func isControl(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

// isPlain tells whether a text can stand in a header as it is: ASCII, without anything that reads as
// an encoded word, and with spaces to fold at.
func isPlain(text string) bool {
	if !isASCII(text) || strings.Contains(text, "=?") {
		return false
	}
	for word := range strings.SplitSeq(text, " ") {
		if len(word) > lineLength-10 {
			return false
		}
	}
	return true
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
}

func isFieldName(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7F || r == ':' })
}

// wordSize is how many bytes one encoded word holds: base64 makes 52 characters of them, 64 with
// what stands around, so that the first fits into the line behind the longest of our field names.
const wordSize = 39

// words returns a text as encoded words (RFC 2047) with spaces between, which vanish when decoded.
func words(text string) string {
	var out strings.Builder
	for text != "" {
		piece := cut(text, wordSize)
		text = text[len(piece):]
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.WriteString("=?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte(piece)) + "?=")
	}
	return out.String()
}

// cut returns the beginning of a text, of at most so many bytes and whole runes.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
