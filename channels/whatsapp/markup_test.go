package whatsapp_test

import (
	"strings"
	"testing"
	"time"

	"parley/channels/whatsapp"
)

func TestPlainMarkup(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                              "",
		"plain":                         "plain",
		"<p>one</p><p>two</p>":          "one\n\ntwo",
		"one<br>two":                    "one\ntwo",
		"<b>bold</b> and <i>thin</i>":   "*bold* and _thin_",
		"a<b> bold </b>b":               "a *bold* b",
		"<s>gone</s> <u>line</u>":       "~gone~ line",
		"<b><i>both</i></b>":            "*_both_*",
		"<code>x := 1</code>":           "`x := 1`",
		"<pre>a\n  b\n</pre>":           "```a\n  b```",
		"<b>2*2</b>":                    "2*2",
		"<b></b>x":                      "x",
		`<a href="https://x.org">x</a>`: "x (https://x.org)",
		`<a href="https://x.org">https://x.org</a>`: "https://x.org",
		`<a href="javascript:alert(1)">x</a>`:       "x",
		`<a href="mailto:a@x.org">write</a>`:        "write (a@x.org)",
		"<ul><li>a</li><li>b</li></ul>":             "- a\n- b",
		"<ol><li>a</li><li><p>b</p></li></ol>":      "1. a\n2. b",
		"<blockquote>a<br>b</blockquote>c":          "> a\n> b\nc",
		"<blockquote><p>a</p></blockquote><p>c</p>": "> a\n\nc",
		"<script>x</script><style>y</style>z":       "z",
		"a &amp; b &lt;c&gt;":                       "a & b <c>",
		"  a \n  b  ":                               "a b",
	} {
		if got := whatsapp.PlainMarkup(in); got != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}

func TestMarkupHTML(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                     "",
		"plain <b>":            "",
		"*bold*":               "<b>bold</b>",
		"*bold* _thin_ ~gone~": "<b>bold</b> <i>thin</i> <s>gone</s>",
		"_*both*_":             "<i><b>both</b></i>",
		"`a*b*c` <":            "<code>a*b*c</code> &lt;",
		"2*3*4":                "",
		"snake_case_name":      "",
		"* no *":               "",
		"**":                   "",
		"*one\ntwo*":           "",
		"```a\n<b>```":         "<pre>a\n&lt;b&gt;</pre>",
		"```never closed":      "",
		"> said\nanswer":       "<blockquote>said</blockquote><br>answer",
		"(*x*), ок":            "(<b>x</b>), ок",
	} {
		if got := whatsapp.MarkupHTML(in); got != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}

// TestMarkupOfMuchIsQuick feeds what costs a careless reader the most.
func TestMarkupOfMuchIsQuick(t *testing.T) {
	t.Parallel()
	const n = 200_000
	start := time.Now()
	for _, in := range []string{
		strings.Repeat("*", n), strings.Repeat("*_", n), strings.Repeat("*a ", n), strings.Repeat("> ", n), strings.Repeat("```", n), strings.Repeat("*a*b", n), "*" + strings.Repeat("a", n),
	} {
		whatsapp.MarkupHTML(in)
		whatsapp.PlainMarkup(in)
	}
	for _, in := range []string{strings.Repeat("<b>", 5000), strings.Repeat("<ul><li>", 2000), strings.Repeat("<blockquote>", 5000)} {
		whatsapp.PlainMarkup(in)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %s", took)
	}
}
