package arabic

import (
	"slices"
	"strings"
	"unicode"
)

// pattern is a sentence with holes.
type pattern struct {
	literals []string // between the holes; one more than there are holes
	names    []string // of the holes, in order
	arabic   string
}

func newPattern(pair Pair) pattern {
	p := pattern{arabic: pair.Arabic}
	rest := pair.English
	for {
		before, after, open := strings.Cut(rest, "{")
		name, behind, closed := strings.Cut(after, "}")
		if !open || !closed {
			p.literals = append(p.literals, rest)
			return p
		}
		p.literals, p.names, rest = append(p.literals, before), append(p.names, name), behind
	}
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
func fill(sentence string, values map[string]string) string {
	pairs := make([]string, 0, 2*len(values))
	for name, value := range values {
		if strings.ContainsFunc(value, foreign) {
			value = "\u2068" + value + "\u2069"
		}
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

func foreign(r rune) bool {
	return !unicode.In(r, unicode.Arabic) && !slices.Contains([]rune(" .,:;!?«»-"), r)
}
