package inbox

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// twin is the text of HTML for those who read no HTML: paragraphs as lines, list items
// with dashes, quotes with ">", addresses of links behind their names. Its input was
// sanitised; whatever it is, the work is linear.
func twin(source string) string {
	t := textWriter{}
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return t.finished()
		case html.TextToken:
			if !t.hidden {
				t.write(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			t.begin(&token)
		case html.EndTagToken:
			token := z.Token()
			t.end(token.DataAtom)
		}
	}
}

type textWriter struct {
	out   strings.Builder
	line  strings.Builder
	quote int
	item  bool
	links []link

	hidden bool // within what is not to be read, such as a script
}

// link is where an open link leads, and how long the line was before its words.
type link struct {
	href string
	from int
}

func (t *textWriter) write(text string) {
	for _, word := range strings.SplitAfter(strings.NewReplacer("\n", " ", "\t", " ", "\u00a0", " ").Replace(text), " ") {
		if word == " " && (t.line.Len() == 0 || strings.HasSuffix(t.line.String()[t.line.Len()-1:], " ")) {
			continue
		}
		t.line.WriteString(word)
	}
}

// feed ends the line; an empty one is kept once.
func (t *textWriter) feed() {
	text := strings.TrimSpace(t.line.String())
	t.line.Reset()
	if text == "" {
		return
	}
	t.out.WriteString(strings.Repeat("> ", t.quote))
	if t.item {
		t.out.WriteString("- ")
		t.item = false
	}
	t.out.WriteString(text + "\n")
}

func (t *textWriter) begin(token *html.Token) {
	switch token.DataAtom {
	case atom.Script, atom.Style, atom.Title, atom.Textarea:
		t.hidden = token.Type == html.StartTagToken
	case atom.Br:
		if strings.TrimSpace(t.line.String()) == "" {
			t.out.WriteByte('\n')
		}
		t.feed()
	case atom.Li:
		t.feed()
		t.item = true
	case atom.Blockquote:
		t.feed()
		t.quote = min(t.quote+1, maxQuoting)
	case atom.A:
		href := ""
		for _, a := range token.Attr {
			if a.Key == "href" {
				href = a.Val
			}
		}
		if len(t.links) < maxQuoting {
			t.links = append(t.links, link{href, t.line.Len()})
		}
	case atom.P, atom.Div, atom.Tr, atom.Ul, atom.Ol, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.Hr:
		t.feed()
	}
}

// maxQuoting is how deep quotes and links are followed.
const maxQuoting = 10

func (t *textWriter) end(tag atom.Atom) {
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Textarea:
		t.hidden = false
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.Ul, atom.Ol, atom.Pre:
		t.feed()
		t.out.WriteByte('\n')
	case atom.Div, atom.Tr, atom.Li:
		t.feed()
	case atom.Blockquote:
		t.feed()
		t.quote = max(0, t.quote-1)
	case atom.A:
		if n := len(t.links); n > 0 {
			l := t.links[n-1]
			t.links = t.links[:n-1]
			words := t.line.String()[min(l.from, t.line.Len()):]
			if l.href != "" && !strings.Contains(words, strings.TrimPrefix(l.href, "mailto:")) {
				t.line.WriteString(" (" + l.href + ")")
			}
		}
	}
}

func (t *textWriter) finished() string {
	t.feed()
	text := strings.TrimSpace(t.out.String())
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	return text
}
