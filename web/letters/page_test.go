package letters_test

import (
	"strings"
	"testing"

	"parley/inbox"
)

// policy is the law of the page, as the design has it. It is said here again, so that a
// change of the one in the program is seen.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"

func TestPageHeaders(t *testing.T) {
	t.Parallel()
	p := open(t, shelf{5: mail(5, "<p>x</p>")})
	header, _ := p.get("ada", "/api/v1/messages/5/html", 200)
	for name, want := range map[string]string{
		"Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store", "X-Frame-Options": "",
	} {
		if got := header.Values(name); strings.Join(got, "|") != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestPageIsForThoseWhoMaySeeTheMessage(t *testing.T) {
	t.Parallel()
	p := open(t, shelf{5: mail(5, "<p>secret</p>")})
	for _, c := range []struct {
		who, address string
		want         int
	}{
		{"", "/api/v1/messages/5/html", 401}, {"nobody", "/api/v1/messages/5/html", 401}, {"tom", "/api/v1/messages/5/html", 404},
		{"ada", "/api/v1/messages/6/html", 404}, {"ada", "/api/v1/messages/x/html", 404}, {"ada", "/api/v1/messages/5/html?theme=evil", 422},
	} {
		if header, body := p.get(c.who, c.address, c.want); strings.Contains(body, "secret") || strings.Contains(header.Get("Content-Type"), "html") {
			t.Errorf("%s sees %s", c.who, body)
		}
	}
}

func TestPage(t *testing.T) {
	t.Parallel()
	plain := inbox.Message{ID: 2, Text: "a < b\nc"}
	plain.Quoted, plain.Subject = "> <old>", "</title><script>"
	p := open(t, shelf{
		1: mail(1, `<p onclick=x>Hello</p><script>alert(1)</script><img src="cid:logo@x"><img src="cid:doc@x">`,
			inbox.File{ID: 12, Type: "image/png", ContentID: "logo@x", Inline: true}, inbox.File{ID: 13, Type: "image/png", ContentID: "logo@x"},
			inbox.File{ID: 14, Type: "image/svg+xml", ContentID: "doc@x"}),
		2: plain,
		3: mail(3, `<p>New</p><div class="gmail_quote">On Monday Ann wrote:<blockquote class="gmail_quote"><p>Old</p></blockquote></div>`),
		4: mail(4, `<p style="color:#333">x</p>`),
		5: mail(5, `<style>.a{color:red}</style><p class=a>x</p>`),
	})
	for _, c := range []struct {
		address  string
		has, not []string
	}{
		{"1/html", []string{`<p>Hello</p><img src="/api/v1/files/12"></body>`, `<html lang="en" class="">`, `<body dir="auto">`, "<title>Message</title>"},
			[]string{"alert", "onclick", "cid:", "/14", "/13"}},
		{"2/html", []string{"a &lt; b\nc", `<details class="parley-quote"><summary>Quoted text</summary><div class="parley-text">&gt; &lt;old&gt;`, "&lt;/title&gt;"},
			[]string{"<script", "<old"}},
		{"3/html", []string{`<p>New</p>`, `<details class="parley-quote"><summary>Quoted text</summary>`, `<p>Old</p>`}, nil},
		{"4/html?theme=dark", []string{`class="paper"`, `style="color:#333"`}, nil},
		{"1/html?theme=dark", []string{`class="dark"`}, []string{`class="paper"`}},
		{"5/html", []string{".m-a{color:red}", `class="paper"`}, nil},
	} {
		_, body := p.get("ada", "/api/v1/messages/"+c.address, 200)
		_, content, _ := strings.Cut(body, "</style>") // after our own
		head, _, _ := strings.Cut(body, "<style>")
		for _, want := range c.has {
			if !strings.Contains(head+content, want) {
				t.Errorf("%s lacks %s: %s", c.address, want, content)
			}
		}
		for _, not := range c.not {
			if strings.Contains(head+content, not) {
				t.Errorf("%s has %s: %s", c.address, not, content)
			}
		}
	}
}

func TestPicturesOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	p := open(t, shelf{1: mail(1, `<img src="https://shop.example/a.png?who=ann">`)})
	_, hidden := p.get("ada", "/api/v1/messages/1/html", 200)
	if !strings.Contains(hidden, `data-parley-src="https://shop.example/a.png?who=ann"`) || strings.Contains(hidden, ` src="`) {
		t.Error(hidden)
	}
	if !strings.Contains(hidden, `class="parley-picture"`) || !strings.Contains(hidden, `.parley-picture{`) || !strings.Contains(hidden, `url("data:image/svg+xml,`) {
		t.Error("nothing is drawn in the picture's place: " + hidden)
	}
	first, again := p.pictureOf("1"), p.pictureOf("1")
	if first != again || !strings.HasPrefix(first, "/api/v1/pictures/") || strings.Contains(first, "shop") {
		t.Errorf("%s, then %s", first, again)
	}
}

// TestTreeBombIsNotFolded gives a page whose tree would have forty million elements.
func TestTreeBombIsNotFolded(t *testing.T) {
	t.Parallel()
	var bomb strings.Builder
	for i := range 150 {
		bomb.WriteString("<b id=" + strings.Repeat("x", i) + ">")
	}
	bomb.WriteString(strings.Repeat("<p>x", 250_000) + "<blockquote>quote</blockquote>")
	p := open(t, shelf{1: mail(1, bomb.String())})
	if _, body := p.get("ada", "/api/v1/messages/1/html", 200); !strings.Contains(body, "quote</blockquote>") || strings.Contains(body, "<details") {
		t.Error("the end is missing, or it was folded")
	}
}
