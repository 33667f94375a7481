package channels

import (
	"maps"
	"slices"
	"strings"
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

// Failure makes an error of a code, which may be one of Common; detail, which stands behind the phrase, may
// be empty.
func (p Phrases) Failure(kind ErrorKind, code, detail string) *Error {
	w, own := p[code]
	if !own {
		w = common[code]
	}
	text := w.EN
	if detail != "" {
		text += ": " + detail
	}
	return &Error{Kind: kind, Code: code, Text: text}
}

// List are the phrases one by one, as a Speaker gives them, by code.
func (p Phrases) List() []Phrase {
	list := make([]Phrase, 0, len(p))
	for _, code := range p.Codes() {
		list = append(list, Phrase{Code: code, Words: p[code]})
	}
	return list
}

// Phrase is one of the things that a code may mean. Its words may have holes, such as
// {host}, which are the same in both languages; see Words.Fill. A code such as "http_*" stands
// for all that begin so.
type Phrase struct {
	Code string
	Words
}

// Fill puts values into the holes of both texts.
func (w Words) Fill(values map[string]string) Words {
	pairs := make([]string, 0, 2*len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		pairs = append(pairs, "{"+name+"}", values[name])
	}
	r := strings.NewReplacer(pairs...)
	return Words{RU: r.Replace(w.RU), EN: r.Replace(w.EN)}
}

// read matches a text with the beginning of an English phrase. It returns what stood in the
// phrase's holes, and what follows it. A hole takes as little as it may; one at the end
// takes the rest.
func (w Words) read(text string) (values map[string]string, rest string, ok bool) {
	values = map[string]string{}
	for phrase := w.EN; phrase != ""; {
		open := strings.IndexByte(phrase, '{')
		if open < 0 {
			open = len(phrase)
		}
		after, found := strings.CutPrefix(text, phrase[:open])
		if !found {
			return nil, "", false
		}
		text, phrase = after, phrase[open:]
		name, behind, hole := strings.Cut(strings.TrimPrefix(phrase, "{"), "}")
		if !hole {
			break
		}
		literal, _, _ := strings.Cut(behind, "{")
		end := len(text)
		if literal != "" {
			if end = strings.Index(text, literal); end < 0 {
				return nil, "", false
			}
		}
		values[name], text, phrase = text[:end], text[end:], behind
	}
	return values, text, true
}
