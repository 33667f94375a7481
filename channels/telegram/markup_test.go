package telegram_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"
	"golang.org/x/net/html"

	"parley/channels/telegram"
)

func TestFromHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ source, text, entities string }{
		{"plain", "plain", ""},
		{"a &lt;b&gt; &amp; c", "a <b> & c", ""},
		{"<p>one</p><p>two</p>", "one\n\ntwo", ""},
		{"<p>one<br>two</p>", "one\ntwo", ""},
		{"<p>one</p>\n  <p>two</p>\n", "one\n\ntwo", ""},
		{"a  b\n c", "a b c", ""},
		{"<b>bold</b> <i>it</i>", "bold it", "bold 0+4, italic 5+2"},
		{"👋 <b>bold</b>", "👋 bold", "bold 3+4"},
		{"<b>👋</b>!", "👋!", "bold 0+2"},
		{"<b>a <i>b</i></b>", "a b", "bold 0+3, italic 2+1"},
		{"<u>a</u><s>b</s><del>c</del>", "abc", "underline 0+1, strikethrough 1+1, strikethrough 2+1"},
		{"<code>x &lt; y</code>", "x < y", "code 0+5"},
		{"<pre>a\n  b</pre>c", "a\n  b\nc", "pre 0+5"},
		{"<pre><code>a</code></pre>", "a", "pre 0+1"},
		{`<a href="https://a.example/?x=1&amp;y">here</a>`, "here", "text_link 0+4 https://a.example/?x=1&y"},
		{"<a>here</a>", "here", ""},
		{"<blockquote>q1<br>q2</blockquote>answer", "q1\nq2\nanswer", "blockquote 0+5"},
		{"<ul><li>a</li><li><p>b</p></li></ul>", "• a\n• b", ""},
		{"<ul>\n <li> a</li>\n <li>b</li>\n</ul>after", "• a\n• b\n\nafter", ""},
		{"<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "1. a\n2. b\n   • c", ""},
		{"<p><b>end </b></p>", "end", "bold 0+3"},
		{"<b></b><i> </i>", "", ""},
		{"a<script>alert(1)</script>b", "ab", ""},
		{"<h1>Head</h1>text", "Head\n\ntext", "bold 0+4"},
		{"a<b>b", "ab", "bold 1+1"},
		{"</b>a</p>", "a", ""},
		{"<b>a<i>b</b>c</i>", "abc", "bold 0+2, italic 1+1"},
		{"a<hr>b", "a\n———\nb", ""},
	} {
		text, entities := telegram.FromHTML(c.source)
		var said []string
		for _, e := range entities {
			said = append(said, strings.TrimSpace(fmt.Sprintf("%s %d+%d %s", e.Type, e.Offset, e.Length, e.URL)))
		}
		if got := strings.Join(said, ", "); text != c.text || got != c.entities {
			t.Errorf("%s\n got %q with %q\nwant %q with %q", c.source, text, got, c.text, c.entities)
		}
	}
}

func entity(kind models.MessageEntityType, offset, length int) models.MessageEntity {
	return models.MessageEntity{Type: kind, Offset: offset, Length: length}
}

func TestToHTML(t *testing.T) {
	t.Parallel()
	link := entity("text_link", 0, 4)
	link.URL = `javascript:alert("1")`
	for _, c := range []struct {
		text     string
		entities []models.MessageEntity
		want     string
	}{
		{"plain <b>", nil, ""},
		{"@anna #tag", []models.MessageEntity{entity("mention", 0, 5), entity("hashtag", 6, 4)}, ""},
		{"see a.example", []models.MessageEntity{entity("url", 4, 9)}, ""},
		{"see a.example", []models.MessageEntity{entity("bold", 0, 3), entity("url", 4, 9)}, `<b>see</b> <a href="http://a.example">a.example</a>`},
		{"a<b\nc", []models.MessageEntity{entity("bold", 0, 3)}, "<b>a&lt;b</b><br>c"},
		{"👨‍👩‍👧 x", []models.MessageEntity{entity("italic", 9, 1)}, "👨‍👩‍👧 <i>x</i>"},
		{"abc", []models.MessageEntity{entity("italic", 1, 1), entity("bold", 0, 3)}, "<b>a<i>b</i>c</b>"},
		{"abcd", []models.MessageEntity{entity("bold", 0, 3), entity("italic", 1, 3)}, "<b>a<i>bc</i></b><i>d</i>"},
		{"x\ny", []models.MessageEntity{entity("pre", 0, 3)}, "<pre>x\ny</pre>"},
		{"link", []models.MessageEntity{link}, ""},
		{"ab", []models.MessageEntity{entity("bold", 1, 99)}, "a<b>b</b>"},
		{"ab", []models.MessageEntity{entity("bold", -1, 2), entity("bold", 5, 2), entity("bold", 0, 0)}, ""},
		{"q", []models.MessageEntity{entity("expandable_blockquote", 0, 1)}, "<blockquote>q</blockquote>"},
	} {
		if got := telegram.ToHTML(c.text, c.entities); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// FuzzFromHTML holds offsets to the text, whatever the HTML is.
func FuzzFromHTML(f *testing.F) {
	for _, s := range []string{"<b>👋</b>", "<ul><li><p>x", "<pre> \n </pre>", "<ol><li><ol><li>", "<a href=x>y</a><br><br>", "</i><b><i></b>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		text, entities := telegram.FromHTML(source)
		size := telegram.Units(text)
		for _, e := range entities {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > size {
				t.Fatalf("%s %d+%d lies outside of %d units", e.Type, e.Offset, e.Length, size)
			}
		}
	})
}

// FuzzToHTML holds the result to be well-formed, and to say what the text says.
func FuzzToHTML(f *testing.F) {
	f.Add("a 👋 b", 0, 3, 2, 5, uint8(3))
	f.Add("<b>&amp;\n", 1, 9, 0, 2, uint8(7))
	types := []models.MessageEntityType{"bold", "italic", "pre", "code", "blockquote", "text_link", "url", "email"}
	f.Fuzz(func(t *testing.T, text string, o1, l1, o2, l2 int, kind uint8) {
		text = strings.ToValidUTF8(strings.ReplaceAll(strings.ReplaceAll(text, "\x00", ""), "\r", ""), "")
		a, b := entity(types[int(kind)%len(types)], o1, l1), entity(types[int(kind/16)%len(types)], o2, l2)
		a.URL, b.URL = "https://a.example", "tg://user?id=1"
		got := telegram.ToHTML(text, []models.MessageEntity{a, b})
		if got == "" {
			return
		}
		var said strings.Builder
		var open []string
		z := html.NewTokenizer(strings.NewReader(got))
		for z.Next() != html.ErrorToken {
			switch tok := z.Token(); tok.Type {
			case html.TextToken:
				said.WriteString(tok.Data)
			case html.StartTagToken:
				if tok.Data == "br" {
					said.WriteString("\n")
				} else {
					open = append(open, tok.Data)
				}
			case html.EndTagToken:
				if len(open) == 0 || open[len(open)-1] != tok.Data {
					t.Fatalf("%s: </%s> closes nothing", got, tok.Data)
				}
				open = open[:len(open)-1]
			}
		}
		if said.String() != text || len(open) > 0 {
			t.Fatalf("%q became %q", text, got)
		}
	})
}

func TestUnits(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "abc", "жук", "👋", "👨‍👩‍👧", "e\u0301", "𝕏y"} {
		if got, want := telegram.Units(s), len(utf16.Encode([]rune(s))); got != want {
			t.Errorf("%q has %d units, want %d", s, got, want)
		}
	}
}
