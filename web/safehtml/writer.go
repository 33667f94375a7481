package safehtml

import (
	"strings"

	"golang.org/x/net/html"

	"parley/web/safehtml/css"
)

// Bounds of what is written.
const (
	maxDepth      = 200      // open elements; what is nested deeper loses its tags
	maxReopenTags = 8        // elements opened again after one around them was closed
	maxReopened   = 64 << 10 // bytes of such tags in one text
)

// writer writes the harmless part of a text, properly nested.
type writer struct {
	rules   *rules
	options Options

	out    strings.Builder
	sheets strings.Builder
	open   []element
	opened map[string]int // how many of a name are open
	over   map[string]int // open elements by name whose tags were dropped as too deep

	quiet    string // the foreign or silent element whose content is passed over
	nested   int    // how many of its kind are open
	media    string // the media query of the style sheet being read
	sheet    bool   // the next text is a style sheet
	hidden   bool   // the next text belongs to a silent element
	body     bool   // the body has begun
	remote   int
	coloured bool
	reopened int
	data     int // bytes of pictures within the text
}

// element is an open element.
type element struct {
	name  string
	start string // its start tag
	end   string
}

func (w *writer) read(text string) {
	w.opened, w.over = map[string]int{}, map[string]int{}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			w.closeTo(0)
			return
		case html.TextToken:
			w.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken: // the slash means nothing in HTML
			name, more := z.TagName()
			w.startTag(string(name), readAttributes(z, more))
		case html.EndTagToken:
			name, _ := z.TagName()
			w.endTag(string(name))
		}
	}
}

func (w *writer) text(text string) {
	switch {
	case w.sheet:
		w.addSheet(text)
	case w.hidden || w.quiet != "":
	case w.out.Len() == 0 && strings.TrimSpace(text) == "":
		return // what a document has before its body
	default:
		w.out.WriteString(escapeText.Replace(text))
	}
	w.sheet, w.hidden = false, false
}

var (
	escapeText      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	escapeAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")
)

// addSheet keeps a style sheet for the end.
func (w *writer) addSheet(text string) {
	if !w.options.Sheets || w.sheets.Len()+len(text) > css.MaxSheet {
		return
	}
	switch query, ok := css.MediaQuery(w.media); {
	case w.media == "":
		w.sheets.WriteString(text + "\n")
	case ok:
		// printed first: a brace too many must not end the query
		w.sheets.WriteString("@media " + query + "{" + css.Sheet(text, names) + "}\n")
	}
}

func (w *writer) startTag(name string, attrs attributes) {
	w.sheet, w.hidden = false, false
	if w.quiet != "" {
		switch {
		case name == w.quiet:
			w.nested++
			return
		case foreign[w.quiet] && breakout[name]:
			w.quiet = ""
		default:
			w.hidden = silent[name]
			return
		}
	}
	switch {
	case name == "style":
		w.sheet, w.media = true, strings.TrimSpace(attrs.get("media"))
		return
	case foreign[name] || name == "template":
		w.quiet, w.nested = name, 1
		return
	case silent[name]:
		w.hidden = true
		return
	case name == "body":
		w.startBody(attrs)
		return
	case name == "image":
		name = "img"
	}
	w.element(name, attrs)
}

// element writes the start of an element that may be kept.
func (w *writer) element(name string, attrs attributes) {
	if !w.rules.elements[name] || tableParts[name] && w.opened["table"] == 0 {
		return
	}
	if blocks[name] {
		w.closeParagraph()
	}
	if name == "table" {
		w.closeBetween()
	}
	if ended, walls := closes(name); ended != nil {
		w.closeEnded(ended, walls)
	}
	start, ok := w.startOf(name, attrs)
	switch {
	case void[name]:
		w.out.WriteString(start)
	case !ok:
	case len(w.open) >= maxDepth:
		w.over[name]++
	default:
		w.push(element{name, start, "</" + name + ">"})
	}
}

// startOf is the start tag of an element with what may be kept of its attributes; false
// when nothing may.
func (w *writer) startOf(name string, attrs attributes) (string, bool) {
	kept := w.clean(name, attrs)
	if name == "img" {
		p := w.lookAt(attrs, kept)
		if !w.rules.picture(w, p) {
			return "", false
		}
		kept = p.attrs
	}
	var b strings.Builder
	b.WriteString("<" + name)
	for _, a := range kept {
		b.WriteString(" " + a.name + `="` + escapeAttribute.Replace(a.value) + `"`)
	}
	b.WriteString(">")
	return b.String(), true
}

// startBody writes an element in the place of the body, which cannot stand within another
// page.
func (w *writer) startBody(attrs attributes) {
	if !w.rules.styles || w.body || len(w.open) > 0 {
		return
	}
	w.body = true
	attrs = bodyAttributes(attrs)
	start, _ := w.startOf("div", attrs)
	// not to be closed by a stray </div>
	w.push(element{"body", start, "</div>"})
}

func (w *writer) push(e element) {
	w.open = append(w.open, e)
	w.opened[e.name]++
	w.out.WriteString(e.start)
}

// closeTo ends elements until n are open.
func (w *writer) closeTo(n int) {
	for len(w.open) > n {
		last := w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		w.opened[last.name]--
		w.out.WriteString(last.end)
	}
}
