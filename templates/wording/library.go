package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/osteele/liquid"
)

// filters are what may stand after a variable, and the shape of their arguments. The first is needed.
var filters = map[string][]kind{
	"default": {quoted}, "upcase": nil, "downcase": nil, "capitalize": nil, "strip": nil,
	"truncate": {number, quoted}, "truncatewords": {number, quoted}, "replace": {quoted, quoted},
}

const filterNames = "default, upcase, downcase, capitalize, strip, truncate, truncatewords, replace"

// library is liquid with what texts may use; it does not change after it was made.
var library = newLibrary()

func newLibrary() *liquid.Engine {
	e := liquid.NewEngine()
	for _, tag := range []string{"assign", "include", "render", "break", "continue", "cycle", "capture", "case", "comment", "for", "raw", "tablerow"} {
		e.UnregisterTag(tag)
	}
	// The library's own takes the first byte for the first letter.
	e.RegisterFilter("capitalize", func(s string) string {
		first, size := utf8.DecodeRuneInString(s)
		if size == 0 {
			return s
		}
		return string(unicode.ToUpper(first)) + s[size:]
	})
	// Here a chain of them could multiply a text without end.
	e.RegisterFilter("replace", func(s, old string, by func(string) string) string {
		if old == "" {
			return s
		}
		return cut(strings.ReplaceAll(s, old, by("")))
	})
	// These panic there on numbers that are too large or below zero.
	e.RegisterFilter("truncate", func(s string, most int, end func(string) string) string {
		letters, more := []rune(s), []rune(end("…"))
		if len(letters) <= most {
			return s
		}
		return string(letters[:max(0, most-len(more))]) + string(more)
	})
	e.RegisterFilter("truncatewords", func(s string, most int, end func(string) string) string {
		words := strings.Fields(s)
		if len(words) <= most {
			return s
		}
		return strings.Join(words[:most], " ") + end("…")
	})
	return e
}
