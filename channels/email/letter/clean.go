package letter

import (
	"strings"
	"unicode/utf8"
)

// clean makes s storable: valid UTF-8 without NUL.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return s
}

// oneLine makes clean text of one line: white space becomes single spaces, control
// characters go.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0:
			return -1
		}
		return r
	}, clean(s)), func(r rune) bool { return r == ' ' }), " ")
}

// lines makes clean text of many lines: endings become "\n", control characters go.
func lines(s string) string {
	s = clean(s)
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(s, "\r\n", "\n")
		s = strings.ReplaceAll(s, "\r", "\n")
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}

// cut shortens s to at most size bytes without dividing a character.
func cut(s string, size int) string {
	if len(s) <= size {
		return s
	}
	size = max(size, 0)
	for size > 0 && !utf8.RuneStart(s[size]) {
		size--
	}
	return s[:size]
}
