package wording

import (
	"regexp"
	"strings"
)

// kind is what a token inside {{ }} or {% %} is.
type kind uint8

const (
	broken   kind = iota // nothing that stands inside a tag
	word                 // contact.name, default, if
	quoted               // a string; text is what stands between its quotes
	number               // 12
	sign                 // | : , == != < > <= >=
	closeObj             // }}
	closeTag             // %}
)

type token struct {
	kind kind
	text string
}

var (
	wordAt   = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*`)
	numberAt = regexp.MustCompile(`^[0-9]{1,6}`)
)

// quotes pairs what opens a string with what closes it. People type what their keyboard, or the program they
// copy from, takes for quotation marks.
var quotes = []struct{ open, shut string }{{`"`, `"`}, {`'`, `'`}, {"«", "»"}, {"“", "”"}, {"„", "“"}}

var signs = []string{"==", "!=", "<=", ">=", "<", ">", "|", ":", ","}

// next reads the token that text begins with, and returns what follows.
func next(text string) (token, string) {
	text = strings.TrimLeft(text, " \t\r\n\u00a0")
	for _, end := range []struct {
		kind kind
		text string
	}{{closeObj, "}}"}, {closeTag, "%}"}} {
		if rest, ok := strings.CutPrefix(text, end.text); ok {
			return token{end.kind, end.text}, rest
		}
	}
	for _, q := range quotes {
		if rest, ok := strings.CutPrefix(text, q.open); ok {
			inside, rest, shut := strings.Cut(rest, q.shut)
			if !shut {
				return token{}, ""
			}
			return token{quoted, inside}, rest
		}
	}
	if found := wordAt.FindString(text); found != "" {
		return token{word, found}, text[len(found):]
	}
	if found := numberAt.FindString(text); found != "" {
		return token{number, found}, text[len(found):]
	}
	for _, s := range signs {
		if rest, ok := strings.CutPrefix(text, s); ok {
			return token{sign, s}, rest
		}
	}
	return token{}, ""
}

// inside reads the tokens up to the closing mark. ok is false where there is none.
func inside(text string, shut kind) (list []token, rest string, ok bool) {
	for len(list) <= maxTokens {
		var t token
		t, text = next(text)
		switch t.kind {
		case shut:
			return list, text, true
		case broken, closeObj, closeTag:
			return list, "", false
		}
		list = append(list, t)
	}
	return nil, "", false
}
