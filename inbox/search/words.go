package search

import (
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/russian"
	"golang.org/x/text/unicode/norm"
)

// Bounds of what is read as words.
const (
	maxWord  = 40      // runes; the rest of a longer word is not looked at
	maxText  = 1 << 18 // bytes of one text; the rest is not found
	maxWords = 2000    // different ones of one text
)

// span is a word and where it stands in a text, in bytes.
type span struct {
	word     string // folded
	from, to int
}

// fold brings a word to the form that is compared: composed, in lower case, with е for ё.
// It is applied to one word at a time, so that places in the text stay known.
func fold(word string) string {
	if !norm.NFKC.IsNormalString(word) {
		word = norm.NFKC.String(word)
	}
	return strings.ReplaceAll(strings.ToLower(word), "ё", "е")
}

// inWord tells whether a rune belongs to a word. Marks do, or letters that are written with
// them would fall apart.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// spans finds the words of a text, in order; yield false ends it.
func spans(text string, yield func(span) bool) {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	from := -1
	emit := func(to int) bool {
		word := fold(text[from:to])
		if runes := []rune(word); len(runes) > maxWord {
			word = string(runes[:maxWord])
		}
		s := span{word: strings.Map(onlyWord, word), from: from, to: to}
		from = -1
		return s.word == "" || yield(s)
	}
	for i, r := range text {
		switch {
		case inWord(r) && from < 0:
			from = i
		case !inWord(r) && from >= 0:
			if !emit(i) {
				return
			}
		}
	}
	if from >= 0 {
		emit(len(text))
	}
}

// onlyWord drops marks and what folding turned into something else than a word.
func onlyWord(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return -1
}

// stem returns the form that all forms of a folded word share. A word is taken for Russian or
// English by its letters; others, and those with digits, stand for themselves.
func stem(word string) string {
	latin, cyrillic := true, true
	for _, r := range word {
		latin = latin && r >= 'a' && r <= 'z'
		cyrillic = cyrillic && r >= 'а' && r <= 'я'
	}
	out := word
	switch {
	case cyrillic:
		out = russian.Stem(word, true)
	case latin:
		out = english.Stem(word, true)
	}
	if out == "" {
		return word
	}
	return out
}
