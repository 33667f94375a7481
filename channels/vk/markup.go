package vk

import (
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// style is how a stretch of text looks. VK has no more (reference/objects/message, format_data).
type style struct {
	bold, italic, underline bool
	url                     string
}

// run is a stretch of text of one style.
type run struct {
	text string
	style
}

// formatItem marks a stretch of a text, counted in UTF-16 units.
type formatItem struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	URL    string `json:"url,omitempty"`
}

// formatData is how VK writes the formatting of a text.
type formatData struct {
	Version string       `json:"version"`
	Items   []formatItem `json:"items"`
}

// Bounds of what is formatted; beyond, a text stays plain.
const (
	maxStyled = 1 << 16 // bytes
	maxItems  = 200
)

// mention is how VK writes the name of somebody: [id1|Ivan].
var mention = regexp.MustCompile(`\[((?:id|club|public|event)\d{1,19})\|([^\[\]]{1,300})\]`)

// unescaped undoes what VK does to the characters of HTML in texts.
var unescaped = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&")

// runsOf divides a text of VK's into stretches of one style, with mentions as links.
func runsOf(text string, format json.RawMessage) []run {
	text = unescaped.Replace(text)
	var f formatData
	if len(format) > 0 && (json.Unmarshal(format, &f) != nil || len(f.Items) > maxItems) || len(text) > maxStyled {
		f.Items = nil
	}
	names := mention.FindAllStringSubmatchIndex(text, -1)
	var runs []run
	unit := 0 // of UTF-16, where the walk stands
	for i, r := range text {
		if len(names) > 0 && i >= names[0][1] {
			names = names[1:]
		}
		s := styleAt(f.Items, unit)
		unit++
		if r > 0xFFFF {
			unit++
		}
		if len(names) > 0 && i >= names[0][0] {
			if m := names[0]; i == m[0] {
				s.url = "https://vk.com/" + text[m[2]:m[3]]
				runs = append(runs, run{text: text[m[4]:m[5]], style: s})
			}
			continue
		}
		if n := len(runs); n > 0 && runs[n-1].style == s {
			runs[n-1].text += string(r)
			continue
		}
		runs = append(runs, run{text: string(r), style: s})
	}
	return runs
}

func styleAt(items []formatItem, unit int) (s style) {
	for _, it := range items {
		if unit < it.Offset || unit-it.Offset >= it.Length {
			continue
		}
		switch it.Type {
		case "bold":
			s.bold = true
		case "italic":
			s.italic = true
		case "underline":
			s.underline = true
		case "url":
			if isWeb(it.URL) {
				s.url = it.URL
			}
		}
	}
	return s
}

func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(address) <= 2000
}

// page is a message's text in the making, plain and as HTML side by side.
type page struct {
	text, html strings.Builder
	formatted  bool // the HTML says more than the text
}

// runs adds stretches as they follow one another.
func (p *page) runs(list []run) {
	for _, r := range list {
		p.text.WriteString(r.text)
		before, after := "", ""
		for _, tag := range []struct {
			on   bool
			name string
		}{{r.bold, "b"}, {r.italic, "i"}, {r.underline, "u"}} {
			if tag.on {
				before, after = before+"<"+tag.name+">", "</"+tag.name+">"+after
			}
		}
		if r.url != "" {
			before, after = before+`<a href="`+html.EscapeString(r.url)+`">`, "</a>"+after
		}
		p.formatted = p.formatted || r.style != style{}
		p.html.WriteString(before + escaped(r.text) + after)
	}
}

// line adds words of ours on a line of their own.
func (p *page) line(text string) {
	if text == "" {
		return
	}
	p.gap()
	p.text.WriteString(text)
	p.html.WriteString(escaped(text))
}

// quote adds somebody else's words, set off.
func (p *page) quote(inner *page) {
	if inner.text.Len() == 0 {
		return
	}
	p.gap()
	p.text.WriteString("> " + strings.ReplaceAll(inner.text.String(), "\n", "\n> "))
	p.html.WriteString("<blockquote>" + inner.html.String() + "</blockquote>")
	p.formatted = true
}

// gap begins a new line unless one has just begun.
func (p *page) gap() {
	if p.text.Len() == 0 {
		return
	}
	p.text.WriteString("\n")
	if !strings.HasSuffix(p.html.String(), "</blockquote>") {
		p.html.WriteString("<br>")
	}
}

// markup is the HTML, "" when the text says as much.
func (p *page) markup() string {
	if !p.formatted {
		return ""
	}
	return p.html.String()
}

func escaped(text string) string {
	return strings.ReplaceAll(html.EscapeString(text), "\n", "<br>")
}
