package whatsapp

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxDepth bounds how deep HTML may be nested; deeper is not looked into.
const maxDepth = 100

// plainMarkup writes HTML in WhatsApp's own signs: *bold*, _italic_, ~struck~, `code`, ```block```, "> " before a
// quote and "- " before an item. What has no sign becomes plain text; a link's address stands behind it.
func plainMarkup(source string) string {
	root, err := nethtml.Parse(strings.NewReader(source))
	if err != nil {
		return ""
	}
	var w writer
	w.children(root, 0)
	return strings.TrimSpace(w.text.String())
}

// writer writes the text of HTML, line by line.
type writer struct {
	text    strings.Builder
	prefix  string // of the line, within quotes and lists
	pre     int    // > 0 within a block of code
	pending int    // line feeds owed before the next text
	space   bool   // a space owed before the next text
	fresh   bool   // just behind a sign or a bullet, where neither is owed
}

// signs are what inline tags become.
var signs = map[atom.Atom]string{
	atom.B: "*", atom.Strong: "*", atom.I: "_", atom.Em: "_", atom.S: "~", atom.Strike: "~", atom.Del: "~", atom.Code: "`",
}

func (w *writer) children(n *nethtml.Node, depth int) {
	for c := n.FirstChild; c != nil && depth < maxDepth; c = c.NextSibling {
		w.node(c, depth+1)
	}
}

func (w *writer) node(n *nethtml.Node, depth int) {
	if n.Type == nethtml.TextNode {
		w.write(n.Data)
		return
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template:
	case atom.Br:
		w.pending = min(w.pending+1, 2)
		w.space = false
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.block(2)
		w.children(n, depth)
		w.block(2)
	case atom.Div, atom.Li, atom.Tr, atom.Table:
		w.block(1)
		w.children(n, depth)
		w.block(1)
	case atom.Blockquote:
		w.quoted(n, depth)
	case atom.Pre:
		w.block(1)
		w.pre++
		w.raw("```" + strings.Trim(flat(n, 0), "\n") + "```")
		w.pre--
		w.block(1)
	case atom.Ul, atom.Ol:
		w.list(n, depth)
	case atom.A:
		w.link(n, depth)
	default:
		w.inline(n, depth)
	}
}

// inline writes a tag's signs close to its text: "* bold*" would be shown as it is.
func (w *writer) inline(n *nethtml.Node, depth int) {
	sign := signs[n.DataAtom]
	inner := strings.TrimSpace(flat(n, 0))
	if sign == "" || inner == "" || strings.Contains(inner, "\n") || strings.Contains(inner, sign) {
		w.children(n, depth)
		return
	}
	if first := leading(n); first != "" && unicode.IsSpace([]rune(first)[0]) {
		w.space = true
	}
	w.raw(sign)
	w.fresh = true
	start := w.text.Len()
	w.children(n, depth)
	space := w.space
	w.space, w.pending, w.fresh = false, 0, false
	if w.text.Len() > start {
		w.raw(sign)
	}
	w.space = space
}

func leading(n *nethtml.Node) string {
	for n != nil && n.Type != nethtml.TextNode {
		n = n.FirstChild
	}
	if n == nil {
		return ""
	}
	return n.Data
}

func (w *writer) quoted(n *nethtml.Node, depth int) {
	var inner writer
	inner.children(n, depth)
	w.block(1)
	for i, line := range strings.Split(strings.TrimSpace(inner.text.String()), "\n") {
		if i > 0 {
			w.pending = 1
		}
		w.raw("> " + line)
	}
	w.block(1)
}

func (w *writer) list(n *nethtml.Node, depth int) {
	w.block(1)
	before, number := w.prefix, 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li || depth >= maxDepth {
			continue
		}
		number++
		bullet := "- "
		if n.DataAtom == atom.Ol {
			bullet = strconv.Itoa(number) + ". "
		}
		w.block(1)
		w.raw(bullet)
		w.fresh = true
		w.prefix = before + strings.Repeat(" ", len(bullet))
		w.children(c, depth+1)
		w.prefix, w.fresh = before, false
		w.block(1)
	}
}

func (w *writer) link(n *nethtml.Node, depth int) {
	w.children(n, depth)
	text := strings.TrimSpace(flat(n, 0))
	for _, a := range n.Attr {
		address := strings.TrimPrefix(strings.TrimPrefix(a.Val, "mailto:"), "tel:")
		if a.Key != "href" || address == "" || address == text || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
			continue
		}
		if text != "" {
			address = " (" + address + ")"
		}
		w.raw(address)
	}
}

// block asks for at least n line feeds before what follows.
func (w *writer) block(n int) {
	if w.fresh {
		return
	}
	w.pending, w.space = max(w.pending, n), false
}

// write adds running text, whose white space is folded.
func (w *writer) write(s string) {
	words := strings.Fields(s)
	if len(words) == 0 {
		w.space = w.space || s != "" && !w.fresh && w.text.Len() > 0 && w.pending == 0
		return
	}
	if first, _ := utf8.DecodeRuneInString(s); unicode.IsSpace(first) && !w.fresh {
		w.space = true
	}
	w.raw(strings.Join(words, " "))
	last, _ := utf8.DecodeLastRuneInString(s)
	w.space = unicode.IsSpace(last)
}

// raw adds text as it is, behind what is owed.
func (w *writer) raw(s string) {
	switch {
	case w.text.Len() == 0:
	case w.pending > 0:
		w.text.WriteString(strings.Repeat("\n", w.pending) + w.prefix)
	case w.space:
		w.text.WriteByte(' ')
	}
	w.pending, w.space, w.fresh = 0, false, false
	w.text.WriteString(s)
}

// flat is the text of a node, as it stands.
func flat(n *nethtml.Node, depth int) string {
	if n.Type == nethtml.TextNode {
		return n.Data
	}
	switch n.DataAtom {
	case atom.Br:
		return "\n"
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template:
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil && depth < maxDepth; c = c.NextSibling {
		b.WriteString(flat(c, depth+1))
	}
	return b.String()
}
