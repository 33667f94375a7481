package safehtml

import (
	"strings"

	"golang.org/x/net/html"
)

// maxBuilt is how many elements a tree of a text may come to have.
const maxBuilt = 1 << 20

// formatting are the elements that a tree builder opens again in every block after the
// one they were left open in.
var formatting = words(`a b big code em font i nobr s small strike strong tt u`)

// Buildable tells whether a text may be given to something that builds a tree of it, as
// browsers do. In a text of a megabyte a thousand <b> that are never closed, before as
// many paragraphs as fit, make a tree of hundreds of millions.
func Buildable(text string) bool {
	if len(text) > MaxBytes {
		return false
	}
	z := html.NewTokenizer(strings.NewReader(text))
	tags, open, most := 0, 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return tags*(most+1) <= maxBuilt
		case html.StartTagToken, html.SelfClosingTagToken:
			tags++
			if name, _ := z.TagName(); formatting[string(name)] {
				open++
				most = max(most, open)
			}
		case html.EndTagToken:
			tags++
			if name, _ := z.TagName(); formatting[string(name)] && open > 0 {
				open--
			}
		}
	}
}
