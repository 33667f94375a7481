package quote

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// sheet is a parsed document with the places of its nodes in reading order and running
// sums, so that no question about a stretch of it needs another walk.
type sheet struct {
	root  *html.Node
	order []*html.Node       // in reading order
	place map[*html.Node]int // in order
	end   map[*html.Node]int // place after the node's last descendant
	sums  []int              // by place: how much is seen before it
	bare  []int              // the same, of what is outside any blockquote
	cites []int              // places of blockquotes
}

func newSheet(doc *html.Node) *sheet {
	s := &sheet{root: doc, place: map[*html.Node]int{}, end: map[*html.Node]int{}}
	w := walk{sheet: s}
	w.visit(doc, false, false)
	s.sums = append(s.sums, w.seen)
	s.bare = append(s.bare, w.bare)
	return s
}

// walk is the one pass over a document that fills a sheet.
type walk struct {
	*sheet
	seen, bare int
}

// visit recurs; the parser bounds the depth of what it returns.
func (w *walk) visit(n *html.Node, hidden, cited bool) {
	place := len(w.order)
	w.place[n] = place
	w.order = append(w.order, n)
	w.sums = append(w.sums, w.seen)
	w.sheet.bare = append(w.sheet.bare, w.bare)

	shown := 0
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript:
		hidden = true
	case atom.Blockquote:
		cited = true
		w.cites = append(w.cites, place)
	case atom.Img:
		shown = 1
	}
	if n.Type == html.TextNode && !hidden {
		shown = count(n.Data)
	}
	w.seen += shown
	if !cited {
		w.bare += shown
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.visit(c, hidden, cited)
	}
	w.end[n] = len(w.order)
}

// words is how much is seen of n.
func (s *sheet) words(n *html.Node) int { return s.sums[s.end[n]] - s.sums[s.place[n]] }

// count is the number of characters in s that are seen.
func count(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) && r != '\u00a0' && r != '\u200b' && r != '\ufeff' {
			n++
		}
	}
	return n
}

// visible is how much is seen of r.
func (s *sheet) visible(r run) int {
	return s.sums[s.end[r.last]] - s.sums[s.place[r.first]]
}

// wordsBetween reports whether anything is seen between the end of a and the start of b.
func (s *sheet) wordsBetween(a, b run) bool {
	return s.sums[s.place[b.first]] > s.sums[s.end[a.last]]
}

// head is the visible text at the start of n and what follows it in reading order, at most
// limit bytes, one line per block or <br>. It looks at a bounded number of nodes.
func (s *sheet) head(n *html.Node, limit int) string {
	var b strings.Builder
	const maxNodes = 80
	from := s.place[n]
	for i := from; i < len(s.order) && i < from+maxNodes && b.Len() < limit; i++ {
		m := s.order[i]
		switch {
		case m.Type == html.TextNode && s.words(m) > 0:
			b.WriteString(oneLine(m.Data, limit-b.Len()))
		case m.Type == html.TextNode && strings.ContainsAny(m.Data, " \n\t"):
			b.WriteByte(' ')
		case breaks(m) && b.Len() > 0:
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// oneLine is s without line ends of its own, cut to about limit bytes.
func oneLine(s string, limit int) string {
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "")
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
}

// breaks reports whether n starts a new line.
func breaks(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Br, atom.P, atom.Div, atom.Tr, atom.Li, atom.Hr, atom.Blockquote, atom.Table, atom.Pre:
		return true
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
