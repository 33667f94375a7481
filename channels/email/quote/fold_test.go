package quote_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"parley/channels/email/quote"
)

const open = `<details class="parley-quote"><summary>…</summary>`

func TestFold(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, mail string
		folded     string // text within the folds, "" = nothing is folded
	}{
		{"empty", "", ""},
		{"no quote", "<p>Hello: world</p>", ""},
		{"gmail", `<div>Yes</div><br><div class="gmail_quote"><div class="gmail_attr">On 5 Feb 2024 at 10:00 Ann &lt;a@example.org&gt; wrote:<br></div><blockquote class="gmail_quote">Old</blockquote></div>`,
			"On 5 Feb 2024 at 10:00 Ann <a@example.org> wrote: Old"},
		{"gmail, answered between", `<div class="gmail_quote">On 5 Feb 2024 at 10:00 Ann &lt;a@example.org&gt; wrote:<br><blockquote class="gmail_quote">one</blockquote><div>first</div><blockquote class="gmail_quote">two</blockquote><div>second</div></div>`,
			"two"},
		{"gmail, only a forward", `<div class="gmail_quote">---------- Forwarded message ---------<br>From: a<br><br>Old</div>`, ""},
		{"cite", `Yes<blockquote type="cite">Old</blockquote>`, "Old"},
		{"thunderbird", `Yes<div class="moz-cite-prefix">On 05.02.2024 10:00, Ann wrote:<br></div><blockquote type="cite" cite="mid:1@a">Old</blockquote>`,
			"On 05.02.2024 10:00, Ann wrote: Old"},
		{"yandex", `<div>Да</div><div>05.02.2024, 10:00, "Анна" &lt;a@example.org&gt;:</div><blockquote><p>Старое</p></blockquote>`,
			`05.02.2024, 10:00, "Анна" <a@example.org>: Старое`},
		{"mail.ru", `<div>Да<br>Понедельник, 5 февраля 2024, 10:00 +03:00 от Анна &lt;a@example.org&gt;:<br></div><blockquote>Старое</blockquote>`, "Старое"},
		{"a set text", `<p>As the poet says</p><blockquote>Roses</blockquote><p>so it is</p>`, ""},
		{"outlook web", `<div>Yes</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Ann<br><b>Sent:</b> Monday<br></div><div>Old</div>`,
			"From: Ann Sent: Monday Old"},
		{"outlook", `<div class="WordSection1"><p>Yes</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>Von:</b> Ann &lt;a@example.org&gt;<br><b>Gesendet:</b> Montag<br><b>An:</b> Bob<br><b>Betreff:</b> Hallo</p></div></div><p>Alt</p></div>`,
			"Von: Ann <a@example.org> Gesendet: Montag An: Bob Betreff: Hallo Alt"},
		{"outlook, russian", `<p>Да</p><p><b>От:</b> Анна<br><b>Отправлено:</b> 5 февраля<br><b>Кому:</b> Борис<br><b>Тема:</b> Привет</p><p>Старое</p>`,
			"От: Анна Отправлено: 5 февраля Кому: Борис Тема: Привет Старое"},
		{"original message", `<div>Yes<br><br>-----Original Message-----<br>From: Ann<br>Old</div>`, "-----Original Message----- From: Ann Old"},
		{"a box with a line above", `<p>Hello</p><div style="border-top:1px solid">Total: 5</div>`, ""},
		{"bold words", `<p>Hello</p><p><b>From:</b> Moscow</p><p><b>To:</b> Berlin</p>`, ""},
		{"answered again", `<div>Yes</div><div class="x_gmail_quote">Old</div>`, "Old"},
		{"within a table", `<table><tr><td>Yes<blockquote type="cite">Old</blockquote></td></tr></table>`, "Old"},
		{"rows", `<table><tr class="gmail_quote"><td>Old</td></tr></table><p>Yes</p>`, ""},
		{"answer below", `<blockquote type="cite">Old</blockquote><p>Yes</p>`, "Old"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := quote.Fold(tt.mail, "")
			same(t, tt.mail, got)
			if text := foldedText(t, got); text != tt.folded {
				t.Errorf("folded %q, want %q\nin %s", text, tt.folded, got)
			}
			if again := quote.Fold(got, ""); strings.Count(again, open) != strings.Count(got, open) {
				t.Errorf("folded again: %s", again)
			}
		})
	}
}

func TestFoldLabel(t *testing.T) {
	t.Parallel()
	got := quote.Fold(`Yes<blockquote type="cite">Old</blockquote>`, "<b>Earlier")
	if want := `<summary>&lt;b&gt;Earlier</summary>`; !strings.Contains(got, want) {
		t.Errorf("no %s in %s", want, got)
	}
}

// TestFoldCorpus folds the answers of the usual programs: their quotes say "How are you",
// or stand for it, and their answers do not.
func TestFoldCorpus(t *testing.T) {
	t.Parallel()
	dir := corpus(t, "talon/tests/fixtures")
	files, _ := filepath.Glob(filepath.Join(dir, "html_replies", "*.html"))
	files = append(files, filepath.Join(dir, "OLK_SRC_BODY_SECTION.html"), filepath.Join(dir, "reply-separated-by-hr.html"))
	agree := 0
	for _, f := range files {
		mail := read(t, f)
		got := quote.Fold(mail, "")
		same(t, mail, got)
		folded := foldedText(t, got)
		answer, old := "fine", "Hello"
		if filepath.Base(filepath.Dir(f)) != "html_replies" {
			answer, old = "Reply there", "Hi Hello"
		}
		holds := func(words string) bool {
			for w := range strings.FieldsSeq(words) {
				if strings.Contains(folded, w) {
					return true
				}
			}
			return false
		}
		if holds(old) && !holds(answer) {
			agree++
		} else {
			t.Logf("%s: folded %q", filepath.Base(f), short(folded))
		}
	}
	report(t, "talon, html", agree, len(files), 1)
}

func TestFoldLarge(t *testing.T) {
	t.Parallel()
	for name, mail := range map[string]string{
		"rulers":  "x" + strings.Repeat("<hr>", 1<<19),
		"quotes":  "x" + strings.Repeat("<blockquote type=cite>", 1<<16),
		"deep":    "x" + strings.Repeat("<div class=gmail_quote>", 400) + "<blockquote></blockquote>" + strings.Repeat("<br>", 1<<18) + strings.Repeat("y</div>", 400),
		"open":    strings.Repeat("<b><p>", 1<<12),
		"headers": strings.Repeat("<p><b>From:</b> a@b<br><b>To:</b> c", 1<<14),
		"answers": strings.Repeat("<blockquote type=cite>a</blockquote>b", 1<<15),
		"too big": strings.Repeat("<blockquote type=cite>", 1<<18),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			quote.Fold(mail, "")
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
			t.Log(time.Since(start))
		})
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{
		`Yes<div class="moz-cite-prefix">On 05.02.2024 10:00, Ann wrote:<br></div><blockquote type="cite">Old</blockquote>`,
		`<p>a<hr><b>From:</b> a@b<br><b>To:</b> c<br><b>Subject:</b> d</p>e`,
		`<table><tr><td>x<div class=gmail_quote>y<tr>z`, `<b>x<blockquote type=cite><p>y</b>z<p>w`,
		`x<svg><desc><blockquote type=cite>y`, `x<!-- --><div id=divRplyFwdMsg>y<template>z`, `x<select><blockquote type=cite>y<textarea>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, mail string) {
		got := quote.Fold(mail, "")
		same(t, mail, got)
	})
}

// same fails the test unless both documents show the same text.
func same(t *testing.T, before, after string) {
	t.Helper()
	a, b := text(t, before, false), text(t, after, false)
	if a != b {
		t.Errorf("the text changed:\n%q\n%q\nin %q", short(a), short(b), short(after))
	}
}

func foldedText(t *testing.T, mail string) string {
	t.Helper()
	return text(t, mail, true)
}

// text is what a document shows, without the summaries of folds; of the folds alone where
// asked.
func text(t *testing.T, doc string, folds bool) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(doc))
	if err != nil {
		return ""
	}
	var b strings.Builder
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		ours := n.Parent != nil && n.Parent.Data == "details" && n.Parent.FirstChild == n
		switch {
		case n.Type == html.ElementNode && (n.Data == "summary" && ours || n.Data == "style" || n.Data == "script"):
			return
		case n.Type == html.TextNode && in:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && in && (n.Data == "br" || n.Data == "p" || n.Data == "div" || n.Data == "blockquote"):
			b.WriteByte(' ')
		case n.Type == html.ElementNode && n.Data == "details":
			in = true
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(root, !folds)
	return strings.Join(strings.Fields(b.String()), " ")
}
