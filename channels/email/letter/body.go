package letter

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"parley/internal/plaintext"
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
	if len(plain) == 0 && len(rich) == 0 {
		plain, rich = w.packed, w.packed
		if len(w.packed) > 1 && !w.packed[0].html && w.packed[1].html { // one text, twice
			plain, rich = append(w.packed[:1:1], w.packed[2:]...), w.packed[1:]
		}
	} else if joinRich(rich) == "" && joinRich(w.packed) != "" {
		rich = w.packed // the mail's own text is the plain twin of the packed one
		if !w.packed[0].html {
			rich = w.packed[1:]
		}
	}
	text, derived := joinPlain(plain)
	rendered := joinRich(rich)
	if strings.TrimSpace(text) == "" && rendered != "" {
		text, derived = plaintext.FromHTML(rendered), true
	}
	for _, f := range w.forwards {
		quoted := forwarded(f)
		text = strings.TrimRight(text, "\n") + "\n\n" + quoted
		if rendered != "" {
			rendered += "\n<hr>\n" + asHTML(quoted)
		}
	}
	if strings.TrimSpace(text) == "" && rendered == "" {
		text = w.reports()
	}
	if strings.TrimSpace(text) == "" && w.letter.Calendar != nil && rendered == "" {
		text = w.letter.Calendar.text()
	}
	text = strings.Trim(text, "\n")
	if strings.TrimSpace(text) == "" {
		text = ""
	}
	w.inline(rendered)
	return w.fit(text, rendered, plain, rich, derived)
}

// joinPlain joins the parts of the plain body. derived tells that nothing in it was
// plain to begin with.
func joinPlain(list []*leaf) (text string, derived bool) {
	var pieces []string
	derived = true
	for _, l := range list {
		piece := l.text
		if l.html {
			piece = plaintext.FromHTML(piece)
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
func (w *walk) fit(text, rendered string, plain, rich []*leaf, derived bool) error {
	l, limit := w.letter, w.bounds.Text
	if len(text)+len(rendered) > limit {
		w.note("the text is too long and was cut; the whole is attached")
		share := max(limit/4, limit-len(rendered))
		if len(text) > share {
			if !derived && !anyCut(plain) {
				if err := w.spill("text.txt", "text/plain", text); err != nil {
					return err
				}
			}
			text = cut(text, share)
		}
		if len(text)+len(rendered) > limit {
			if !anyCut(rich) {
				if err := w.spill("page.html", "text/html", rendered); err != nil {
					return err
				}
			}
			rendered = cutHTML(rendered, limit-len(text))
		}
	}
	l.Text, l.HTML = clean(text), rendered
	return nil
}

func anyCut(list []*leaf) bool {
	return slices.ContainsFunc(list, func(l *leaf) bool { return l.cut })
}

// reports is what the parts for machines say, for a mail that says nothing to people.
func (w *walk) reports() string {
	var out []string
	for _, p := range w.letter.Parts {
		if machineRead(p.Type) && !isMessage(p.Type) {
			out = append(out, strings.Trim(lines(decodeBytes(p.Bytes, p.Params["charset"])), "\n"))
		}
	}
	return strings.Join(out, "\n\n")
}

// inline marks the files that the HTML shows.
func (w *walk) inline(rendered string) {
	shown := map[string]bool{}
	for rest := rendered; ; {
		_, after, ok := strings.Cut(rest, "cid:")
		if !ok {
			break
		}
		id := after[:min(len(after), maxID)]
		if end := strings.IndexAny(id, "\"'<> \t\r\n)"); end >= 0 {
			id = id[:end]
		}
		shown[strings.ToLower(string(unpercent(html.UnescapeString(id))))] = true
		rest = after[len(id):]
	}
	for i := range w.letter.Files {
		f := &w.letter.Files[i]
		f.Inline = f.ContentID != "" && shown[strings.ToLower(f.ContentID)]
	}
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
