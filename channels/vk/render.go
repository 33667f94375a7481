package vk

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxMarkup is how deep an answer's HTML is followed.
const maxMarkup = 64

// written is a text with the formatting that VK knows.
type written struct {
	text  strings.Builder
	units int
	items []formatItem
}

// render turns the HTML of an answer into a text and its formatting. Tags that VK has nothing for
// keep their words: quotes begin with ">", list items with a dot or a number.
func render(source string) (text string, format formatData) {
	root := &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}
	nodes, err := html.ParseFragment(strings.NewReader(source), root)
	if err != nil {
		return "", formatData{}
	}
	w := &written{}
	for _, n := range nodes {
		w.node(n, layout{}, 0)
	}
	text = strings.TrimRight(w.text.String(), "\n ")
	end := units(text)
	format.Version = "1"
	for _, it := range w.items {
		if it.Length = min(it.Length, end-it.Offset); it.Length > 0 {
			format.Items = append(format.Items, it)
		}
	}
	slices.SortStableFunc(format.Items, func(a, b formatItem) int { return a.Offset - b.Offset })
	return text, format
}

// layout is what surrounds a node.
type layout struct {
	prefix string // of every line
	pre    bool
}

func (w *written) node(n *html.Node, l layout, depth int) {
	if depth > maxMarkup {
		return
	}
	switch n.Type {
	case html.TextNode:
		w.words(n.Data, l)
		return
	case html.ElementNode:
	default:
		return
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Title:
		return
	case atom.Br:
		w.write("\n" + l.prefix)
		return
	case atom.P, atom.Div, atom.Ul, atom.Ol, atom.Pre, atom.Blockquote, atom.H1, atom.H2, atom.H3:
		w.block(l)
		if n.DataAtom == atom.Pre {
			l.pre = true
		}
		if n.DataAtom == atom.Blockquote {
			l.prefix += "> "
			w.write("> ")
		}
		w.children(n, l, depth)
		w.block(layout{prefix: strings.TrimSuffix(l.prefix, "> ")})
		return
	case atom.Li:
		w.block(l)
		w.write(marker(n))
	}
	from := w.units
	w.children(n, l, depth)
	w.style(n, from)
}

func (w *written) children(n *html.Node, l layout, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, l, depth+1)
	}
}

// style notes the formatting of what an element wrote.
func (w *written) style(n *html.Node, from int) {
	it := formatItem{Offset: from, Length: w.units - from}
	switch n.DataAtom {
	case atom.B, atom.Strong:
		it.Type = "bold"
	case atom.I, atom.Em:
		it.Type = "italic"
	case atom.U, atom.Ins:
		it.Type = "underline"
	case atom.A:
		for _, a := range n.Attr {
			if a.Key == "href" && isWeb(a.Val) {
				it.Type, it.URL = "url", a.Val
			}
		}
	}
	if it.Type != "" && it.Length > 0 && len(w.items) < maxItems {
		w.items = append(w.items, it)
	}
}

// marker begins an item of a list.
func marker(li *html.Node) string {
	if li.Parent == nil || li.Parent.DataAtom != atom.Ol {
		return "• "
	}
	n := 1
	for s := li.PrevSibling; s != nil; s = s.PrevSibling {
		if s.DataAtom == atom.Li {
			n++
		}
	}
	return strconv.Itoa(n) + ". "
}

// words writes text, with blanks as HTML understands them.
func (w *written) words(text string, l layout) {
	if l.pre {
		w.write(strings.ReplaceAll(text, "\n", "\n"+l.prefix))
		return
	}
	joined := strings.Join(strings.FieldsFunc(text, blank), " ")
	if joined == "" {
		if text != "" && !w.fresh() {
			w.write(" ")
		}
		return
	}
	if blank(rune(text[0])) && !w.fresh() {
		joined = " " + joined
	}
	if blank(rune(text[len(text)-1])) {
		joined += " "
	}
	w.write(joined)
}

func blank(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }

// fresh tells whether nothing has been written on the line yet.
func (w *written) fresh() bool {
	s := w.text.String()
	return s == "" || strings.HasSuffix(s, "\n") || strings.HasSuffix(s, " ")
}

// block begins a new line unless one has just begun.
func (w *written) block(l layout) {
	s := w.text.String()
	if s != "" && !strings.HasSuffix(s, "\n"+l.prefix) && s != l.prefix {
		w.write("\n" + l.prefix)
	}
}

func (w *written) write(text string) {
	w.text.WriteString(text)
	w.units += units(text)
}

func units(text string) int {
	n := 0
	for _, r := range text {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}
