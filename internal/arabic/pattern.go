package arabic

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pattern is a sentence with holes.
type pattern struct {
	literals []string // between the holes; one more than there are holes
	names    []string // of the holes, in order
	arabic   string
}

// hole is a place that something is filled into. {_name} holds words of ours, which have lines of their own.
var hole = regexp.MustCompile(`\{(\w+)\}`)

func newPattern(pair Pair) pattern {
	p := pattern{arabic: pair.Arabic}
	end := 0
	for _, at := range hole.FindAllStringSubmatchIndex(pair.English, -1) {
		p.literals, p.names = append(p.literals, pair.English[end:at[0]]), append(p.names, pair.English[at[2]:at[3]])
		end = at[1]
	}
	p.literals = append(p.literals, pair.English[end:])
	return p
}

// written is how many bytes of a sentence stand outside its holes: the more, the surer a text is meant.
func (p pattern) written() int {
	n := 0
	for _, literal := range p.literals {
		n += len(literal)
	}
	return n
}

// match finds what stands in the holes of a text. A hole takes as little as it may, and
// something; one at the end takes the rest.
func (p pattern) match(text string) (map[string]string, bool) {
	text, ok := strings.CutPrefix(text, p.literals[0])
	if !ok {
		return nil, false
	}
	values := map[string]string{}
	for i, name := range p.names {
		literal := p.literals[i+1]
		end := len(text)
		if literal != "" {
			if i == len(p.names)-1 {
				end = strings.LastIndex(text, literal)
			} else {
				end = strings.Index(text, literal)
			}
		}
		if end < 1 {
			return nil, false
		}
		values[name], text = text[:end], text[end+len(literal):]
	}
	return values, text == ""
}

// fill puts values into the holes of an Arabic sentence. What is no Arabic itself stands apart,
// or a number and an address would change places with what is beside them.
func (c catalogue) fill(sentence string, values map[string]string) string {
	pairs := make([]string, 0, 2*len(values))
	for name, value := range values {
		known := false
		if strings.HasPrefix(name, "_") {
			value, known = c.ours(value)
		}
		if !known && strings.ContainsFunc(value, foreign) {
			value = "\u2068" + value + "\u2069"
		}
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// ours is the Arabic of words within a sentence, which may begin with a small letter there; false where they are
// none of ours.
func (c catalogue) ours(words string) (string, bool) {
	if found, ok := c.of(words); ok {
		return found, true
	}
	first, size := utf8.DecodeRuneInString(words)
	if found, ok := c.of(string(unicode.ToUpper(first)) + words[size:]); ok {
		return found, true
	}
	return words, false
}

func foreign(r rune) bool {
	return !unicode.In(r, unicode.Arabic, unicode.Mn) && !slices.Contains([]rune(" .,:;!?«»-"), r)
}
