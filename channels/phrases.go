package channels

import (
	"maps"
	"slices"
)

// Phrases are what the codes of an adapter's errors mean, for people. The text of an
// error begins with the English phrase, so that whoever shows it in Russian can put the
// other in its place.
type Phrases map[string]Words

// Words says what a code means; ok is false for a code of somebody else.
func (p Phrases) Words(code string) (w Words, ok bool) {
	w, ok = p[code]
	return w, ok
}

// Codes are all codes that have words, sorted.
func (p Phrases) Codes() []string { return slices.Sorted(maps.Keys(p)) }

// Failure makes an error of a code; detail, which stands behind the phrase, may be empty.
func (p Phrases) Failure(kind ErrorKind, code, detail string) *Error {
	text := p[code].EN
	if detail != "" {
		text += ": " + detail
	}
	return &Error{Kind: kind, Code: code, Text: text}
}
