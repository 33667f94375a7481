package css

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is.
type kind uint8

const (
	space kind = iota // blanks and comments
	ident
	function   // text is the name; its "(" is consumed
	atKeyword  // text is the name
	hash       // text is the name
	quoted     // text is what stands between the quotes
	number     // text is the number
	percentage // text is the number
	dimension  // text is the number, unit the unit
	address    // url(…) without quotes
	bad        // what no style sheet should hold
	delim      // text is one character, brackets and punctuation included
)

// token is a piece of CSS with its escapes decoded.
type token struct {
	kind kind
	text string
	unit string
}

// is tells whether a token is a piece of punctuation.
func (t token) is(c string) bool { return t.kind == delim && t.text == c }

// scanner cuts a text into tokens, as CSS Syntax Level 3, section 4 has it.
type scanner struct {
	text string
	pos  int
}

// scan cuts a whole text.
func scan(text string) []token {
	s := scanner{text: text}
	var out []token
	for s.pos < len(s.text) {
		t := s.next()
		if n := len(out); t.kind == space && n > 0 && out[n-1].kind == space {
			continue // an old comment sign between blanks
		}
		out = append(out, t)
	}
	return out
}

// at returns the byte n places ahead, 0 beyond the end.
func (s *scanner) at(n int) byte {
	if s.pos+n < len(s.text) {
		return s.text[s.pos+n]
	}
	return 0
}

func (s *scanner) next() token {
	c := s.at(0)
	switch {
	case isBlank(c) || c == '/' && s.at(1) == '*':
		s.skipBlanks()
		return token{kind: space}
	case c == '"' || c == '\'':
		return s.quoted(c)
	case c == '#' && (isName(s.at(1)) || s.escapes(1)):
		s.pos++
		return token{kind: hash, text: s.name()}
	case s.startsNumber():
		return s.numeric()
	case strings.HasPrefix(s.text[s.pos:], "<!--"):
		s.pos += 4
		return token{kind: space}
	case strings.HasPrefix(s.text[s.pos:], "-->"):
		s.pos += 3
		return token{kind: space}
	case s.startsIdent(0):
		return s.identLike()
	case c == '@' && s.startsIdent(1):
		s.pos++
		return token{kind: atKeyword, text: s.name()}
	case c < ' ' || c == '\\' || c >= utf8.RuneSelf:
		_, n := utf8.DecodeRuneInString(s.text[s.pos:])
		s.pos += n
		return token{kind: bad}
	}
	s.pos++
	return token{kind: delim, text: string(c)}
}

// skipBlanks passes blanks and comments; an open comment lasts to the end.
func (s *scanner) skipBlanks() {
	for s.pos < len(s.text) {
		switch {
		case isBlank(s.at(0)):
			s.pos++
		case s.at(0) == '/' && s.at(1) == '*':
			end := strings.Index(s.text[s.pos+2:], "*/")
			if end < 0 {
				s.pos = len(s.text)
				return
			}
			s.pos += end + 4
		default:
			return
		}
	}
}

func (s *scanner) quoted(mark byte) token {
	s.pos++
	var b strings.Builder
	for s.pos < len(s.text) {
		switch c := s.at(0); {
		case c == mark:
			s.pos++
			return token{kind: quoted, text: b.String()}
		case c == '\n' || c == '\r' || c == '\f':
			return token{kind: bad}
		case c == '\\' && s.pos+1 >= len(s.text):
			s.pos++
		case c == '\\' && isNewline(s.at(1)):
			s.pos += 2
		case c == '\\':
			b.WriteRune(s.escape())
		default:
			b.WriteByte(c)
			s.pos++
		}
	}
	return token{kind: quoted, text: b.String()}
}

func (s *scanner) numeric() token {
	start := s.pos
	if c := s.at(0); c == '+' || c == '-' {
		s.pos++
	}
	s.digits()
	if s.at(0) == '.' && isDigit(s.at(1)) {
		s.pos++
		s.digits()
	}
	if c := s.at(0); c == 'e' || c == 'E' {
		if isDigit(s.at(1)) || (s.at(1) == '+' || s.at(1) == '-') && isDigit(s.at(2)) {
			s.pos += 2
			s.digits()
		}
	}
	text := s.text[start:s.pos]
	switch {
	case s.startsIdent(0):
		return token{kind: dimension, text: text, unit: s.name()}
	case s.at(0) == '%':
		s.pos++
		return token{kind: percentage, text: text}
	}
	return token{kind: number, text: text}
}

func (s *scanner) digits() {
	for isDigit(s.at(0)) {
		s.pos++
	}
}

func (s *scanner) identLike() token {
	name := s.name()
	if s.at(0) != '(' {
		return token{kind: ident, text: name}
	}
	s.pos++
	if !strings.EqualFold(name, "url") {
		return token{kind: function, text: name}
	}
	s.skipAddress()
	return token{kind: address}
}

// skipAddress passes the rest of url(…), quoted or not: nobody wants to know what is in
// it.
func (s *scanner) skipAddress() {
	for isBlank(s.at(0)) {
		s.pos++
	}
	if c := s.at(0); c == '"' || c == '\'' {
		s.quoted(c)
	}
	for s.pos < len(s.text) {
		switch s.at(0) {
		case ')':
			s.pos++
			return
		case '\\':
			s.pos++
		}
		s.pos++
	}
	s.pos = min(s.pos, len(s.text))
}

// name reads a name, decoding escapes.
func (s *scanner) name() string {
	start := s.pos
	for isName(s.at(0)) {
		s.pos++
	}
	if !s.escapes(0) {
		return s.text[start:s.pos]
	}
	var b strings.Builder
	b.WriteString(s.text[start:s.pos])
	for {
		switch {
		case isName(s.at(0)):
			b.WriteByte(s.at(0))
			s.pos++
		case s.escapes(0):
			b.WriteRune(s.escape())
		default:
			return b.String()
		}
	}
}

// escape reads an escaped character; the scanner stands on its backslash.
func (s *scanner) escape() rune {
	s.pos++
	var r rune
	n := 0
	for n < 6 && isHex(s.at(n)) {
		r = r<<4 | hexValue(s.at(n))
		n++
	}
	if n == 0 {
		r, size := utf8.DecodeRuneInString(s.text[s.pos:])
		s.pos += size
		return r
	}
	s.pos += n
	if s.at(0) == '\r' && s.at(1) == '\n' {
		s.pos++
	}
	if isBlank(s.at(0)) {
		s.pos++
	}
	if r == 0 || !utf8.ValidRune(r) {
		return unicode.ReplacementChar
	}
	return r
}

// escapes tells whether an escape starts n places ahead.
func (s *scanner) escapes(n int) bool {
	return s.at(n) == '\\' && s.pos+n+1 < len(s.text) && !isNewline(s.at(n+1))
}

func (s *scanner) startsIdent(n int) bool {
	c := s.at(n)
	if c == '-' {
		return isNameStart(s.at(n+1)) || s.at(n+1) == '-' || s.escapes(n+1)
	}
	return isNameStart(c) || s.escapes(n)
}

func (s *scanner) startsNumber() bool {
	n := 0
	if c := s.at(0); c == '+' || c == '-' {
		n = 1
	}
	return isDigit(s.at(n)) || s.at(n) == '.' && isDigit(s.at(n+1))
}

func isBlank(c byte) bool     { return c == ' ' || c == '\t' || isNewline(c) }
func isNewline(c byte) bool   { return c == '\n' || c == '\r' || c == '\f' }
func isDigit(c byte) bool     { return '0' <= c && c <= '9' }
func isLetter(c byte) bool    { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isHex(c byte) bool       { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
func isNameStart(c byte) bool { return isLetter(c) || c == '_' || c >= utf8.RuneSelf }
func isName(c byte) bool      { return isNameStart(c) || isDigit(c) || c == '-' }

func hexValue(c byte) rune {
	if isDigit(c) {
		return rune(c - '0')
	}
	return rune(c|0x20-'a') + 10
}
