package plaintext

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FromHTML renders HTML as a person would type it: paragraphs with an empty line between, "- "
// and numbers for lists, "> " for quotations, links behind their words. It takes any bytes
// and returns valid UTF-8 whose lines end in "\n". It reads tokens, not a tree, so that no
// nesting costs more than its length.
func FromHTML(source string) string {
	z := html.NewTokenizer(strings.NewReader(source))
	t := writer{atStart: true}
	for {
		switch z.Next() {
		case html.ErrorToken:
			return t.finish()
		case html.TextToken:
			if t.skipping == 0 {
				t.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			t.open(atom.Lookup(name), attributes(z, more))
		case html.EndTagToken:
			name, _ := z.TagName()
			t.close(atom.Lookup(name))
		}
	}
}

// tagAttributes are those that the text needs.
type tagAttributes struct{ href, alt string }

func attributes(z *html.Tokenizer, more bool) (a tagAttributes) {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "href":
			a.href = oneLine(string(value))
		case "alt":
			a.alt = oneLine(string(value))
		}
	}
	return a
}

// writer writes lines with their quotation marks. White space collapses, as in a browser.
type writer struct {
	out      strings.Builder
	quote    int  // depth of quotations
	quoted   int  // the depth of the last word
	pre      int  // within <pre>
	skipping int  // within what is not shown
	newlines int  // owed before the next word
	space    bool // owed before the next word
	atStart  bool // of a line
	href     string
	linkFrom int // where the words of the open link begin
	lists    []int
}

const (
	maxQuote = 10 // marks in front of a line
	maxLists = 10
)

func (t *writer) open(tag atom.Atom, a tagAttributes) {
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Template, atom.Noscript:
		t.skipping = 1
	case atom.Br:
		t.newlines++
		t.space = false
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table:
		t.block(2)
	case atom.Div, atom.Tr, atom.Dt, atom.Dd, atom.Address, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Center, atom.Form, atom.Figure:
		t.block(1)
	case atom.Td, atom.Th:
		t.space = true
	case atom.Hr:
		t.block(1)
		t.word("---")
		t.block(1)
	case atom.Blockquote:
		t.block(1)
		t.quote++
	case atom.Pre:
		t.block(1)
		t.pre++
	case atom.Ul, atom.Ol, atom.Menu:
		t.block(1)
		number := 0
		if tag == atom.Ol {
			number = 1
		}
		t.lists = append(t.lists, number)
	case atom.Li:
		t.item()
	case atom.Img:
		if a.alt != "" && t.skipping == 0 {
			t.word("[" + a.alt + "]")
		}
	case atom.A:
		t.endLink()
		t.href, t.linkFrom = a.href, t.out.Len()
	}
}

func (t *writer) close(tag atom.Atom) {
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Template, atom.Noscript:
		t.skipping = 0
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table:
		t.block(2)
	case atom.Div, atom.Tr, atom.Dt, atom.Dd, atom.Address, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Center, atom.Form, atom.Figure, atom.Li:
		t.block(1)
	case atom.Blockquote:
		t.block(1)
		t.quote = max(t.quote-1, 0)
	case atom.Pre:
		t.block(1)
		t.pre = max(t.pre-1, 0)
	case atom.Ul, atom.Ol, atom.Menu:
		t.block(1)
		t.lists = t.lists[:max(len(t.lists)-1, 0)]
	case atom.A:
		t.endLink()
	}
}
