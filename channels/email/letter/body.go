package letter

import (
	"fmt"
	"html"
	"strings"
)

// choice collects which leaves make the plain and which the rich body, as JMAP defines
// it (RFC 8621, 4.1.4). A list that is nil is not wanted in an alternative's branch.
type choice struct{ plain, rich *[]*leaf }

func choose(nodes []*node, within string, alternative bool, c choice) {
	plainBefore, richBefore := -1, -1
	if c.plain != nil {
		plainBefore = len(*c.plain)
	}
	if c.rich != nil {
		richBefore = len(*c.rich)
	}
	for _, n := range nodes {
		if len(n.children) > 0 {
			choose(n.children, n.kind, alternative || n.kind == "multipart/alternative", c)
			continue
		}
		if n.leaf == nil {
			continue
		}
		switch {
		case within == "multipart/alternative" && n.leaf.html:
			push(c.rich, n.leaf)
			continue
		case within == "multipart/alternative":
			push(c.plain, n.leaf)
			continue
		case alternative && n.leaf.html:
			c.plain = nil
		case alternative:
			c.rich = nil
		}
		push(c.plain, n.leaf)
		push(c.rich, n.leaf)
	}
	if within == "multipart/alternative" && c.plain != nil && c.rich != nil {
		if plainBefore == len(*c.plain) && richBefore != len(*c.rich) {
			*c.plain = append(*c.plain, (*c.rich)[richBefore:]...)
		} else if richBefore == len(*c.rich) && plainBefore != len(*c.plain) {
			*c.rich = append(*c.rich, (*c.plain)[plainBefore:]...)
		}
	}
}

func push(list *[]*leaf, l *leaf) {
	if list != nil {
		*list = append(*list, l)
	}
}

// assemble makes Text and HTML of what was read.
func (w *walk) assemble(root *node) error {
	var plain, rich []*leaf
	if root != nil {
		choose([]*node{root}, "", false, choice{&plain, &rich})
	}
	text, derived := joinPlain(plain)
	rendered := joinRich(rich)
	if strings.TrimSpace(text) == "" && rendered != "" {
		text, derived = htmlText(rendered), true
	}
	for _, f := range w.forwards {
		quoted := forwarded(f)
		text = strings.TrimRight(text, "\n") + "\n\n" + quoted
		if rendered != "" {
			rendered += "\n<hr>\n" + asHTML(quoted)
		}
	}
	if strings.TrimSpace(text) == "" && w.letter.Calendar != nil && rendered == "" {
		text = w.letter.Calendar.text()
	}
	text = strings.Trim(text, "\n")
	if strings.TrimSpace(text) == "" {
		text = ""
	}
	return w.fit(text, rendered, derived)
}

// joinPlain joins the parts of the plain body. derived tells that nothing in it was
// plain to begin with.
func joinPlain(list []*leaf) (text string, derived bool) {
	var pieces []string
	derived = true
	for _, l := range list {
		piece := l.text
		if l.html {
			piece = htmlText(piece)
		} else {
			derived = false
		}
		if piece = strings.Trim(piece, "\n"); strings.TrimSpace(piece) != "" {
			pieces = append(pieces, piece)
		}
	}
	return strings.Join(pieces, "\n\n"), derived
}

// joinRich joins the parts of the rich body; "" where none of them is HTML.
func joinRich(list []*leaf) string {
	var pieces []string
	found := false
	for _, l := range list {
		piece := l.text
		if !l.html {
			piece = asHTML(piece)
		} else if strings.TrimSpace(piece) != "" {
			found = true
		}
		if strings.TrimSpace(piece) != "" {
			pieces = append(pieces, piece)
		}
	}
	if !found {
		return ""
	}
	return clean(strings.Join(pieces, "\n<hr>\n"))
}

func asHTML(text string) string {
	return `<div style="white-space:pre-wrap">` + html.EscapeString(strings.Trim(text, "\n")) + "</div>"
}

// fit cuts both bodies to the bound on them together. What is cut and was not stored yet
// is stored whole.
func (w *walk) fit(text, rendered string, derived bool) error {
	l, limit := w.letter, w.bounds.Text
	if len(text)+len(rendered) > limit {
		w.note("the text is too long and was cut; the whole is attached")
		share := max(limit/4, limit-len(rendered))
		if len(text) > share {
			if !derived {
				if err := w.spill("text.txt", "text/plain; charset=utf-8", text); err != nil {
					return err
				}
			}
			text = cut(text, share)
		}
		if len(text)+len(rendered) > limit {
			if err := w.spill("page.html", "text/html; charset=utf-8", rendered); err != nil {
				return err
			}
			rendered = cutHTML(rendered, limit-len(text))
		}
	}
	l.Text, l.HTML = clean(text), rendered
	return nil
}

func (w *walk) spill(name, kind, text string) error {
	if _, err := w.put(name, kind, strings.NewReader(text)); err != nil {
		return fmt.Errorf("keep the whole text: %w", err)
	}
	return nil
}

// cutHTML cuts without leaving half a tag.
func cutHTML(s string, size int) string {
	s = cut(s, size)
	if open := strings.LastIndexByte(s, '<'); open > strings.LastIndexByte(s, '>') {
		s = s[:open]
	}
	return s
}
