package quote

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// wholeQuotes are classes of elements that hold nothing but the quote and its introduction,
// by the programs that write them: Gmail, Yahoo, Proton, Tuta, Zoho, Outlook for phones,
// Apple, Thunderbird's forwards, Roundcube, Fastmail.
var wholeQuotes = []string{
	"gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "tutanota_quote", "zmail_extra",
	"mail-editor-reference-message-container", "ms-outlook-mobile-reference-message", "moz-forward-container",
	"quote-container", "replyforwardcontainer", "quoted-mail", "mailru-blockquote", "mail-quote-collapse",
}

// wholeIDs are the ids of such elements.
var wholeIDs = []string{"olk_src_body_section", "mail-editor-reference-message-container", "yiv_quote", "replysection", "isforwardcontent"}

// startIDs are the ids of elements from which on the rest of their surroundings is history:
// Outlook on the web, Hotmail, Zimbra.
var startIDs = []string{"divrplyfwdmsg", "appendonsend", "stopspelling", "zwchr", "replysplit"}

// find collects the outermost runs of quoted history in reading order.
func (s *sheet) find() []run {
	var runs []run
	for i := 0; i < len(s.order); i++ {
		n := s.order[i]
		if n.DataAtom == atom.Details && hasAny(attr(n, "class"), []string{Class}) {
			return nil // folded before
		}
		if n.Type == html.TextNode && !originalText(n) {
			continue
		}
		r, ok := s.runAt(n)
		if !ok {
			continue
		}
		// A run may start at an ancestor, but not before the previous one ends.
		if len(runs) > 0 && s.place[r.first] < s.end[runs[len(runs)-1].last] {
			continue
		}
		runs = append(runs, r)
		i = max(i, s.end[r.last]-1)
	}
	return runs
}

// runAt returns the quoted history that starts with n.
func (s *sheet) runAt(n *html.Node) (run, bool) {
	switch {
	case n.Type == html.TextNode:
		return s.toEnd(n), true
	case n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Html:
		return run{}, false
	case hasAny(attr(n, "class"), wholeQuotes) || hasAny(attr(n, "id"), wholeIDs):
		if n.DataAtom != atom.Blockquote && s.answered(n) {
			return run{}, false // its parts are looked at one by one
		}
		return run{n, n}, true
	case n.DataAtom == atom.Blockquote:
		return s.blockquote(n)
	case hasAny(attr(n, "class"), []string{"moz-cite-prefix"}):
		next := s.nextSeen(n)
		if next != nil && next.DataAtom == atom.Blockquote {
			return run{n, next}, true
		}
		return run{}, false
	case hasAny(attr(n, "id"), startIDs):
		return s.toEnd(n), true
	case n.DataAtom == atom.Hr || ruledAbove(n):
		// Below a line that a program drew, names without an address are a header, too.
		lines := strings.Split(s.headAfter(n), "\n")
		if headerBlockAt(lines, 0) || blockAt(lines, 0).seen&(fromField|dateField|toField) == fromField|dateField|toField {
			return s.toEnd(n), true
		}
	case headed(n):
		if headerBlockAt(strings.Split(s.headAfter(n), "\n"), 0) {
			return s.toEnd(n), true
		}
	}
	return run{}, false
}

// blockquote takes a block that a program marked as a citation or that follows an
// introduction; any other may be the author's own way to set a text apart.
func (s *sheet) blockquote(n *html.Node) (run, bool) {
	prev := s.prevSeen(n)
	introduced := prev != nil && introducesHTML(s.textOf(prev))
	switch {
	case introduced && s.isWholly(prev):
		return run{prev, n}, true
	case introduced, strings.EqualFold(attr(n, "type"), "cite"), attr(n, "cite") != "":
		return run{n, n}, true
	}
	return run{}, false
}

// maxIntroText bounds the text that is read before a block in search of an introduction.
const maxIntroText = 2 << 10

// introducesHTML reports whether a text ends with the introduction of a quote.
func introducesHTML(text string) bool {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i := max(0, len(lines)-maxIntroLines); i < len(lines); i++ {
		if n := introductionAt(lines, i); n > 0 && i+n == len(lines) {
			return true
		}
	}
	return false
}

// isWholly reports whether n is the introduction alone, without words of the author.
func (s *sheet) isWholly(n *html.Node) bool {
	lines := strings.Split(strings.TrimSpace(s.textOf(n)), "\n")
	return introductionAt(lines, 0) == len(lines)
}

// textOf is the text of n, bounded.
func (s *sheet) textOf(n *html.Node) string {
	var b strings.Builder
	for i := s.place[n]; i < s.end[n] && b.Len() < maxIntroText; i++ {
		m := s.order[i]
		switch {
		case m.Type == html.TextNode:
			b.WriteString(oneLine(m.Data, maxIntroText))
		case breaks(m):
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// answered reports whether words of the author stand within the quote n: anything seen
// outside of citations after the first one.
func (s *sheet) answered(n *html.Node) bool {
	i, _ := slices.BinarySearch(s.cites, s.place[n]+1)
	if i == len(s.cites) || s.cites[i] >= s.end[n] {
		return false
	}
	return s.bare[s.end[n]] > s.bare[s.end[s.order[s.cites[i]]]]
}

// toEnd is the run from n to the last sibling, n moved up for as long as it is the first
// thing seen in its parent and the parent is not the whole mail.
func (s *sheet) toEnd(n *html.Node) run {
	for n.Parent != nil && n.Parent.Type == html.ElementNode {
		p := n.Parent
		if p.DataAtom == atom.Body || p.DataAtom == atom.Td || p.DataAtom == atom.Html {
			break
		}
		if s.sums[s.place[n]] > s.sums[s.place[p]] {
			break
		}
		if s.words(p) == s.words(s.root) {
			break
		}
		n = p
	}
	r := run{n, n}
	if n.Parent != nil {
		r.last = n.Parent.LastChild
	}
	return r
}

// headAfter is the text that starts with n, or after it where n is a ruler.
func (s *sheet) headAfter(n *html.Node) string {
	return strings.TrimSpace(s.head(n, maxIntroText))
}

// ruledAbove reports whether n is drawn with a line above it, as Outlook does for the
// header of the mail that is answered.
func ruledAbove(n *html.Node) bool {
	if n.DataAtom != atom.Div {
		return false
	}
	style := strings.ToLower(attr(n, "style"))
	return len(style) < 2000 && strings.Contains(style, "border-top")
}

// headed reports whether the first words below n are in bold and name a header field.
func headed(n *html.Node) bool {
	if n.DataAtom != atom.P && n.DataAtom != atom.Div && n.DataAtom != atom.B && n.DataAtom != atom.Strong {
		return false
	}
	bold := n.DataAtom == atom.B || n.DataAtom == atom.Strong
	for depth := 0; depth < 8; depth++ {
		c := n.FirstChild
		for c != nil && c.Type == html.TextNode && blank(c.Data) {
			c = c.NextSibling
		}
		if c == nil {
			return false
		}
		if c.Type == html.TextNode {
			f, _ := labelled(strings.TrimSpace(c.Data))
			return bold && f != noField && f != otherField
		}
		bold = bold || c.DataAtom == atom.B || c.DataAtom == atom.Strong
		n = c
	}
	return false
}

// originalText reports whether a text announces a whole other mail.
func originalText(n *html.Node) bool {
	return len(n.Data) < 300 && originalMark(strings.TrimSpace(n.Data)) && n.Parent != nil && n.Parent.DataAtom != atom.P
}

// prevSeen and nextSeen are the nearest siblings that show something.
func (s *sheet) prevSeen(n *html.Node) *html.Node {
	for c, i := n.PrevSibling, 0; c != nil && i < 20; c, i = c.PrevSibling, i+1 {
		if s.words(c) > 0 {
			return c
		}
	}
	return nil
}

func (s *sheet) nextSeen(n *html.Node) *html.Node {
	for c, i := n.NextSibling, 0; c != nil && i < 20; c, i = c.NextSibling, i+1 {
		if s.words(c) > 0 {
			return c
		}
	}
	return nil
}

// hasAny reports whether one of the words in value, a class or id, is among names. A mail
// that was answered again has its names prefixed ("x_", "yiv123", "ecx").
func hasAny(value string, names []string) bool {
	if value == "" || len(value) > 1000 {
		return false
	}
	for w := range strings.FieldsSeq(strings.ToLower(value)) {
		for _, n := range names {
			if w == n || strings.HasSuffix(w, "_"+n) || w == "ecx"+n || strings.HasPrefix(w, "yiv") && strings.HasSuffix(w, n) {
				return true
			}
		}
	}
	return false
}
