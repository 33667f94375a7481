package search

import (
	"slices"
	"strings"
	"unicode"
)

// Of snippets: how long they are and how much stands before the first hit, in bytes of about
// one or two a letter.
const (
	snippetSize = 280
	snippetLead = 80
)

// marker finds what a query looked for in a text.
type marker struct {
	stems map[string]bool
	begin string // of the word that is still being typed; "" = none
}

func (q *Query) marker() marker {
	m := marker{stems: map[string]bool{}}
	for _, t := range q.terms {
		for _, form := range t.forms {
			m.stems[form] = true
		}
	}
	if word, ok := q.typing(); ok {
		m.begin = word
	}
	return m
}

func (m *marker) hits(word string) bool {
	return m.begin != "" && strings.HasPrefix(word, m.begin) || m.stems[stem(word)]
}

// all tells whether a text holds every word of a query.
func (q *Query) all(text string) bool {
	missing := make([]bool, len(q.terms))
	for i := range missing {
		missing[i] = true
	}
	begin, typing := q.typing()
	spans(text, func(s span) bool {
		base := stem(s.word)
		for i, t := range q.terms {
			if t.is(base) || typing && i == len(q.terms)-1 && strings.HasPrefix(s.word, begin) {
				missing[i] = false
			}
		}
		return slices.Contains(missing, true)
	})
	return len(missing) > 0 && !slices.Contains(missing, true)
}

// mark divides a text into pieces, the hits apart.
func (m *marker) mark(text string) []Piece {
	var out []Piece
	at := 0
	spans(text, func(s span) bool {
		if m.hits(s.word) {
			if s.from > at {
				out = append(out, Piece{Text: text[at:s.from]})
			}
			out = append(out, Piece{Text: text[s.from:s.to], Hit: true})
			at = s.to
		}
		return true
	})
	if at < len(text) || len(out) == 0 {
		out = append(out, Piece{Text: text[at:]})
	}
	return out
}

// snippet is the part of a text around the first hit, on one line, the hits apart.
func (m *marker) snippet(text string) []Piece {
	first := -1
	spans(text, func(s span) bool {
		if m.hits(s.word) {
			first = s.from
		}
		return first < 0
	})
	from := max(first-snippetLead, 0)
	to := min(from+snippetSize, len(text))
	from, to = wordStart(text, from), wordStart(text, to)
	part := strings.Join(strings.FieldsFunc(text[from:to], blank), " ")
	if from > 0 {
		part = "…" + part
	}
	if to < len(text) {
		part += "…"
	}
	return m.mark(part)
}

// blank is what separates words, and what would break a line or hide in one.
func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// wordStart moves a place back to where a word begins, a little way at most, or else to where
// a character does.
func wordStart(text string, at int) int {
	if at <= 0 || at >= len(text) {
		return max(min(at, len(text)), 0)
	}
	if i := strings.LastIndexFunc(text[max(at-maxWord, 0):at], unicode.IsSpace); i >= 0 {
		return max(at-maxWord, 0) + i + 1
	}
	for at > 0 && text[at]&0xC0 == 0x80 {
		at--
	}
	return at
}
