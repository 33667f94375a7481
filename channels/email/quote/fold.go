package quote

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Class names the element that Fold wraps quoted history in.
const Class = "parley-quote"

// maxFold bounds the HTML that Fold takes apart, in bytes; longer mails stay as they are.
const maxFold = 4 << 20

// Fold wraps the quoted history of a mail's HTML in
//
//	<details class="parley-quote"><summary>label</summary>…</details>
//
// and returns the whole document. It works on HTML as it was received, before sanitising,
// because programs tell their quotes apart by class names and ids that a sanitiser removes;
// the sanitiser must let details, summary and this one class pass. Label is plain text and
// "…" when empty.
//
// A mail that is nothing but a quote (forwarded without a word) stays unfolded, and so do
// quotes with answers between them. Nothing is lost: without the label, the text is the
// same. What cannot be parsed is returned as it is.
func Fold(htmlText, label string) string {
	if len(htmlText) > maxFold || !mayQuote(htmlText) {
		return htmlText
	}
	doc, err := html.Parse(strings.NewReader(htmlText))
	if err != nil {
		return htmlText
	}
	s := newSheet(doc)
	if !s.fold(label) {
		return htmlText
	}
	var out strings.Builder
	if err := html.Render(&out, doc); err != nil {
		return htmlText
	}
	return out.String()
}

// mayQuote is the cheap test that leaves most mails alone.
func mayQuote(s string) bool {
	for _, mark := range []string{"blockquote", "BLOCKQUOTE", "Blockquote", "<hr", "<HR", "border-top", "BORDER-TOP", "quote", "QUOTE", ":", "&gt;"} {
		if strings.Contains(s, mark) {
			return true
		}
	}
	return false
}

// run is quoted history: siblings of one parent, first to last.
type run struct {
	first, last *html.Node
}

// fold wraps what is to be folded and reports whether there was anything.
func (s *sheet) fold(label string) bool {
	runs := s.find()
	kept := runs[:0]
	for _, r := range runs {
		if s.foldable(r) {
			kept = append(kept, r)
		}
	}
	kept = s.alone(kept)
	for _, r := range kept {
		wrap(r, label)
	}
	return len(kept) > 0
}

// alone drops the runs that have answers between them, and all if nothing else is there.
func (s *sheet) alone(runs []run) []run {
	if len(runs) == 0 {
		return nil
	}
	quoted := 0
	var apart []run
	for i, r := range runs {
		quoted += s.visible(r)
		if i+1 < len(runs) && s.wordsBetween(r, runs[i+1]) {
			continue // an answer follows, and then more of the quote
		}
		apart = append(apart, r)
	}
	if s.words(s.root) <= quoted {
		return nil
	}
	return apart
}

// wrap puts the nodes of r into a details element in their place.
func wrap(r run, label string) {
	if label == "" {
		label = "…"
	}
	details := &html.Node{Type: html.ElementNode, Data: "details", DataAtom: atom.Details,
		Attr: []html.Attribute{{Key: "class", Val: Class}}}
	summary := &html.Node{Type: html.ElementNode, Data: "summary", DataAtom: atom.Summary}
	summary.AppendChild(&html.Node{Type: html.TextNode, Data: label})
	details.AppendChild(summary)

	parent := r.first.Parent
	parent.InsertBefore(details, r.first)
	for n := r.first; n != nil; {
		next := n.NextSibling
		parent.RemoveChild(n)
		details.AppendChild(n)
		if n == r.last {
			break
		}
		n = next
	}
}

// flows reports whether an element's children may be wrapped: whether it takes any block.
func flows(a atom.Atom) bool {
	switch a {
	case atom.Body, atom.Div, atom.Td, atom.Th, atom.Blockquote, atom.Li, atom.Dd,
		atom.Section, atom.Article, atom.Main, atom.Center, atom.Font, atom.Span,
		atom.Header, atom.Footer, atom.Fieldset, atom.B, atom.I:
		return true
	}
	return false
}

// foldable reports whether a details element may stand in place of r: where a browser that
// parses the result again would move it, the quote had better stay open.
func (s *sheet) foldable(r run) bool {
	parent := r.first.Parent
	if parent == nil || parent.Type != html.ElementNode || !flows(parent.DataAtom) || s.visible(r) == 0 {
		return false
	}
	for n := parent; n != nil; n = n.Parent {
		switch n.DataAtom {
		case atom.P, atom.Button, atom.A, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Svg, atom.Math, atom.Select, atom.Pre:
			return false
		case atom.Details:
			return false
		}
	}
	return true
}
