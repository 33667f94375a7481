package compose

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Plain returns an HTML text as plain text: paragraphs with a line between, lists with dashes, quotes
// behind ">", and the address of a link behind its words. It takes any bytes; lines end with LF.
func Plain(text string) string {
	p := plain{}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimRight(p.out.String(), " \n")
		case html.TextToken:
			if p.hidden == 0 {
				p.write(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			p.open(z.Token())
		case html.EndTagToken:
			p.close(z.Token().DataAtom)
		}
	}
}

// plain is the text so far, and where in the HTML it is.
type plain struct {
	out    strings.Builder
	gap    int  // line ends wanted before the next word
	space  bool // a space is wanted before the next word
	bullet string
	hidden int // depth of elements that nobody sees
	quotes int
	quoted int // quotes around the last line
	pre    int
	lists  int
	link   string // where the open link leads
	words  strings.Builder
}

// maxDepth bounds the marks before a line.
const maxDepth = 20

// write adds text, with white space folded unless it is preformatted.
func (p *plain) write(text string) {
	if p.pre > 0 {
		for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
			if i > 0 {
				p.breakLine(p.gap + 1)
			}
			if line != "" {
				p.word(line)
			}
		}
		return
	}
	for i, word := range strings.FieldsFunc(text, isSpace) {
		if i > 0 || isSpace(rune(text[0])) {
			p.space = true
		}
		p.word(word)
	}
	if text != "" && isSpace(rune(text[len(text)-1])) {
		p.space = true
	}
}

// isSpace is HTML's white space, which folds; a no-break space does not.
func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

// word puts a word down, with the line ends and marks that are due before it.
func (p *plain) word(word string) {
	if p.link != "" {
		p.words.WriteString(word)
	}
	switch {
	case p.out.Len() == 0 || p.gap > 0:
		mark := strings.Repeat("> ", min(p.quotes, maxDepth))
		if p.out.Len() > 0 {
			between := strings.Repeat("> ", min(p.quotes, p.quoted, maxDepth))
			p.out.WriteString(strings.Repeat("\n"+strings.TrimSpace(between), p.gap-1) + "\n")
		}
		p.quoted = p.quotes
		p.out.WriteString(mark + strings.Repeat("  ", min(max(p.lists-1, 0), maxDepth)) + p.bullet)
		p.bullet = ""
	case p.space:
		p.out.WriteByte(' ')
	}
	p.gap, p.space = 0, false
	p.out.WriteString(word)
}

// breakLine asks for n line ends before the next word.
func (p *plain) breakLine(n int) {
	if n == 0 {
		return
	}
	p.gap = min(max(p.gap, n), 3)
	p.space = false
}

func (p *plain) open(t html.Token) {
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		if t.Type == html.StartTagToken {
			p.hidden++
		}
	case atom.Br:
		p.breakLine(p.gap + 1)
	case atom.Hr:
		p.breakLine(2)
		p.word("---")
		p.breakLine(2)
	case atom.Li:
		p.breakLine(1)
		p.bullet = "- "
	case atom.Ul, atom.Ol:
		p.breakLine(1)
		if p.lists == 0 {
			p.breakLine(2)
		}
		p.lists++
	case atom.Blockquote:
		p.breakLine(2)
		p.quotes++
	case atom.Pre:
		p.breakLine(2)
		p.pre++
	case atom.Td, atom.Th:
		p.space = true
	case atom.Img:
		if alt := attribute(t, "alt"); alt != "" && p.hidden == 0 {
			p.write("[" + alt + "]")
		}
	case atom.A:
		p.link = attribute(t, "href")
		p.words.Reset()
	default:
		p.breakLine(lineEnds(t.DataAtom))
	}
}

func (p *plain) close(a atom.Atom) {
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		p.hidden = max(p.hidden-1, 0)
	case atom.Li:
		p.breakLine(1)
	case atom.Ul, atom.Ol:
		p.lists = max(p.lists-1, 0)
		p.breakLine(1)
		if p.lists == 0 {
			p.breakLine(2)
		}
	case atom.Blockquote:
		p.breakLine(2)
		p.quotes = max(p.quotes-1, 0)
	case atom.Pre:
		p.breakLine(2)
		p.pre = max(p.pre-1, 0)
	case atom.A:
		p.endLink()
	default:
		p.breakLine(lineEnds(a))
	}
}

// endLink puts the address behind a link's words, unless they say it already.
func (p *plain) endLink() {
	to, said := p.link, p.words.String()
	p.link = ""
	scheme, _, _ := strings.Cut(strings.ToLower(to), ":")
	bare := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(to, "mailto:"), "https://"), "/")
	if said == "" || bare == "" || strings.Contains(said, bare) || scheme != "http" && scheme != "https" && scheme != "mailto" {
		return
	}
	p.space = true
	p.word("<" + strings.Join(strings.Fields(to), "") + ">")
}

// lineEnds is how many line ends stand around an element: two for paragraphs, one for other blocks.
func lineEnds(a atom.Atom) int {
	switch a {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Dl, atom.Figure, atom.Details:
		return 2
	case atom.Div, atom.Tr, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Dt, atom.Dd, atom.Address, atom.Figcaption, atom.Summary:
		return 1
	default:
		return 0
	}
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}
