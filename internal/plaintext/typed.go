package plaintext

import (
	"strings"

	"golang.org/x/net/html"
)

// mostMarks is how many marks may stand in each other: nobody types more, and each is copied once by every one around it.
const mostMarks = 16

// mark is an element whose end is yet to come: what stands around its words, and where they begin.
type mark struct {
	tag, sign, href string
	from            int
}

// signs are what people type around words in a chat.
var signs = map[string]string{"b": "*", "strong": "*", "i": "_", "em": "_", "s": "~", "del": "~", "strike": "~", "code": "`"}

// Typed is the formatted text of a chat as somebody would type it: *bold*, _italic_, ~struck~, `code` and
// [words](https://address). What cannot be typed is left as its words.
func Typed(source string) string {
	z := html.NewTokenizer(strings.NewReader(source))
	var out []byte
	var open []mark
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			for len(open) > 0 {
				out, open = closeMark(out, open)
			}
			return strings.TrimSpace(string(out))
		case html.TextToken:
			out = append(out, printable(string(z.Text()))...)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			m := mark{tag: string(name), from: len(out)}
			if m.tag == "br" {
				out = append(out, '\n')
				continue
			}
			if m.tag == "a" {
				m.href = attributes(z, more).href
			}
			m.sign = signs[m.tag]
			if kind == html.StartTagToken && len(open) < mostMarks && (m.sign != "" || m.tag == "a" || m.tag == "p" || m.tag == "div") {
				open = append(open, m)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			at := len(open) - 1
			for at >= 0 && open[at].tag != string(name) {
				at--
			}
			for at >= 0 && len(open) > at {
				out, open = closeMark(out, open)
			}
		}
	}
}

// closeMark puts around the last open element's words what stands there when they are typed.
func closeMark(out []byte, open []mark) ([]byte, []mark) {
	m := open[len(open)-1]
	inside := string(out[m.from:])
	switch {
	case m.sign != "" && strings.TrimSpace(inside) != "":
		out = append(out[:m.from], m.sign+inside+m.sign...)
	case m.tag == "a" && m.href != inside && (strings.HasPrefix(m.href, "https:") || strings.HasPrefix(m.href, "http:")):
		out = append(out[:m.from], "["+inside+"]("+m.href+")"...)
	case m.tag == "p" || m.tag == "div":
		out = append(out, '\n')
	}
	return out, open[:len(open)-1]
}
