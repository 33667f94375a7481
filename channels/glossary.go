package channels

import (
	"slices"
	"strings"
)

// Speaker is an ability of a Driver: it knows what the codes of its accounts' errors
// mean. One code may have several phrases.
type Speaker interface {
	Phrases() []Phrase
}

// Glossary puts errors of all networks into Russian. It is made once and then only read;
// the zero value knows nothing.
type Glossary struct {
	kinds map[Kind]map[string][]Words // "" is what may happen to every account
}

// NewGlossary makes a Glossary of what drivers say, and of the phrases that are not a
// network's own.
func NewGlossary(common []Phrase, drivers ...Driver) Glossary {
	g := Glossary{kinds: map[Kind]map[string][]Words{}}
	g.add("", Common())
	g.add("", common)
	for _, d := range drivers {
		if s, ok := d.(Speaker); ok {
			g.add(d.Kind(), s.Phrases())
		}
	}
	return g
}

func (g Glossary) add(kind Kind, list []Phrase) {
	if g.kinds[kind] == nil {
		g.kinds[kind] = map[string][]Words{}
	}
	for _, p := range list {
		g.kinds[kind][p.Code] = append(g.kinds[kind][p.Code], p.Words)
	}
}

// Words is the text of an error in both languages. The phrase is found by its code, and
// among several by the text. What stands behind it, such as a server's own words, stays as
// it is. A text that nobody knows is the same in both.
func (g Glossary) Words(kind Kind, code, text string) Words {
	known := slices.Concat(g.kinds[kind][code], g.kinds[kind][family(code)], g.kinds[""][code])
	out := Words{RU: text, EN: text}
	shortest := -1
	for _, w := range known {
		values, rest, ok := w.read(text)
		if ok && (shortest < 0 || len(rest) < shortest) {
			shortest, out.RU = len(rest), w.Fill(values).RU+rest
		}
	}
	if shortest >= 0 {
		return out
	}
	if code == CodeProblem { // each is a meaning of its own
		return out
	}
	for _, own := range [][]Words{g.kinds[kind][code], g.kinds[""][code]} { // said in other words by an older version
		if len(own) != 1 { // which of several is meant, or that none is, nobody knows
			continue
		}
		if values, _, _ := own[0].read(own[0].EN); len(values) == 0 {
			out.RU = own[0].RU
			return out
		}
	}
	return out
}

// family is how a Speaker names all codes that begin alike: "http_*" for "http_503".
func family(code string) string {
	head, _, _ := strings.Cut(code, "_")
	return head + "_*"
}
