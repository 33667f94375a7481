package arabic

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed sentences/*.txt
var files embed.FS

// Of returns the Arabic of an English sentence; false where nobody has translated it. A
// sentence of the catalogue may have holes, such as {n}: the text fits when it equals the
// sentence with something in every hole, and what is there is put into the holes of the Arabic.
// Where several sentences fit, the one that says most is meant.
func Of(english string) (string, bool) {
	if english == "" {
		return "", false
	}
	all := load()
	if found, ok := all.of(english); ok {
		return found, true
	}
	// The place in a trigger or a view stands before what is wrong there.
	if place, rest, ok := strings.Cut(english, ": "); ok && !strings.ContainsAny(place, " {") {
		if found, ok := all.of(rest); ok {
			return all.fill("{place}: ", map[string]string{"place": place}) + found, true
		}
	}
	// What a network said of itself stands behind a sentence of ours.
	for end := strings.LastIndex(english, ": "); end > 0; end = strings.LastIndex(english[:end], ": ") {
		if found, ok := all.of(english[:end]); ok {
			return found + all.fill(": {detail}", map[string]string{"detail": english[end+2:]}), true
		}
	}
	return "", false
}

func (c catalogue) of(english string) (string, bool) {
	if whole, ok := c.whole[english]; ok {
		return whole, true
	}
	for _, p := range c.patterns {
		if values, ok := p.match(english); ok {
			return c.fill(p.arabic, values), true
		}
	}
	return "", false
}

// Or returns the Arabic of an English sentence, or the sentence itself.
func Or(english string) string {
	if found, ok := Of(english); ok {
		return found
	}
	return english
}

type catalogue struct {
	whole    map[string]string
	patterns []pattern // those that say most first
}

// load reads the catalogue at the first need of it; it never changes afterwards.
var load = sync.OnceValue(func() catalogue {
	c := catalogue{whole: map[string]string{}}
	names, err := fs.Glob(files, "sentences/*.txt")
	if err != nil {
		return c // the pattern is a constant
	}
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			continue // it is embedded
		}
		for _, pair := range Parse(string(data)) {
			if hole.MatchString(pair.English) {
				c.patterns = append(c.patterns, newPattern(pair))
				continue
			}
			c.whole[pair.English] = pair.Arabic
		}
	}
	slices.SortStableFunc(c.patterns, func(a, b pattern) int { return b.written() - a.written() })
	return c
})

// Pair is one sentence in both languages.
type Pair struct{ English, Arabic string }

// Parse reads a catalogue: an English line and an Arabic one below it, again and again. Empty
// lines and those that begin with # mean nothing.
func Parse(text string) []Pair {
	var pairs []Pair
	english := ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		case english == "":
			english = line
		default:
			pairs = append(pairs, Pair{English: english, Arabic: line})
			english = ""
		}
	}
	return pairs
}
