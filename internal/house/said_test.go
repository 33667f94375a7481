package house_test

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// saidFile says in the reader's language what adapters write down in two.
const saidFile = "web/app/text/said.ts"

// outward are sentences in two languages that go out to contacts, whose language nobody knows.
var outward = []string{"Выбрать · Choose"}

var saidKey = regexp.MustCompile(`'([^']+ · [^']+)':\s*'said\.`)

// TestPageKnowsWhatAdaptersSay: what an adapter writes down in two languages is read in one, so the page has to know it
// word for word; and it knows nothing that no adapter says any more.
func TestPageKnowsWhatAdaptersSay(t *testing.T) {
	t.Parallel()
	var known []string
	for _, m := range saidKey.FindAllStringSubmatch(string(read(t, saidFile)), -1) {
		known = append(known, m[1])
	}
	known = append(known, outward...)
	used := map[string]bool{}
	for _, p := range goPackages(t) {
		if !strings.HasPrefix(p.dir, "channels/") {
			continue
		}
		names := constants(p)
		for _, f := range p.sources {
			for _, said := range inTwoLanguages(f, names) {
				i := slices.IndexFunc(known, func(pair string) bool {
					rest, found := strings.CutPrefix(said.text, pair)
					return found && (rest == "" || strings.HasPrefix(rest, ": "))
				})
				if i < 0 {
					t.Errorf("%s: the page does not know %q: add it to %s", said.at, said.text, saidFile)
					continue
				}
				used[known[i]] = true
			}
		}
	}
	for _, pair := range known {
		if !used[pair] {
			t.Errorf("no adapter says %q", pair)
		}
	}
}

// inTwoLanguages are the texts of a file that say a thing in Russian and, after a dot, in English.
func inTwoLanguages(f goFile, names map[string]string) (list []loose) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		if _, named := e.(*ast.Ident); !ok || named {
			return true
		}
		text, ok := textOf(e, names)
		ru, en, two := strings.Cut(text, " · ")
		if !ok || !two || !has(ru, unicode.Cyrillic) || !has(en, unicode.Latin) {
			return true
		}
		list = append(list, loose{file: f.path, at: f.fset.Position(e.Pos()).String(), text: text})
		return false // its parts are no texts of their own
	})
	return list
}
