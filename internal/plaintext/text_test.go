package plaintext_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"parley/internal/plaintext"
)

func TestFromHTML(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                     "",
		"just text":            "just text",
		"<p>one</p><p>two</p>": "one\n\ntwo",
		"<div>one</div>\n<div>two<br>three</div>":                                              "one\ntwo\nthree",
		"<p>a  lot\n of <b>white</b> <i>space</i>!</p>":                                        "a lot of white space!",
		"Fish &amp; chips &lt;b&gt; &amp;lt;":                                                  "Fish & chips <b> &lt;",
		"<ul><li>one</li><li>two<ul><li>inner</li></ul></li></ul><p>end</p>":                   "- one\n- two\n  - inner\n\nend",
		"<p>hi</p><blockquote><p>said</p><p>more</p></blockquote><p>bye</p>":                   "hi\n\n> said\n>\n> more\n\nbye",
		`see <a href="https://example.org/x?a=1&amp;b=2">the page</a>.`:                        "see the page <https://example.org/x?a=1&b=2>.",
		`<a href="https://example.org/">example.org</a>`:                                       "example.org",
		`<a href="mailto:a@example.org">a@example.org</a>`:                                     "a@example.org",
		`<a href="javascript:alert(1)">no</a>`:                                                 "no",
		`<p>logo: <img src="cid:1" alt="Our logo"></p>`:                                        "logo: [Our logo]",
		"<head><title>t</title><style>p{}</style></head><body>text<script>x()</script></body>": "text",
		"<pre>a\n  b\n\nc</pre>":                                                               "a\n  b\n\nc",
		"<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>":                      "1 2\n3",
		"<ol><li>one</li><li>two</li></ol>":                                                    "1. one\n2. two",
		"<div>Bye</div><div><br></div><div>-- </div><div>Anna</div>":                           "Bye\n\n-- \nAnna",
		"Bye<br>-- <br>Anna":                                                                   "Bye\n-- \nAnna",
		"<p>Bye</p><p>--&nbsp;</p><p>Anna</p>":                                                 "Bye\n\n-- \n\nAnna",
		"<blockquote>Bye<br>-- <br>Anna</blockquote>":                                          "> Bye\n> -- \n> Anna",
		"a -- b<br>---":    "a -- b\n---",
		"above<hr>below":   "above\n---\nbelow",
		"Привет,&nbsp;мир": "Привет, мир",
	} {
		if got := plaintext.FromHTML(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func FuzzFromHTML(f *testing.F) {
	f.Add("<p>one<br>two</p><ul><li>x<blockquote>y</blockquote></ul>")
	f.Add(strings.Repeat("<blockquote><ul><li>", 50) + "deep<a href=http://x>")
	f.Add("<pre>a\r\nb</a></pre></pre></ul>")
	f.Fuzz(func(t *testing.T, in string) {
		got := plaintext.FromHTML(in)
		if len(got) > 200*len(in)+200 {
			t.Errorf("%d bytes become %d", len(in), len(got))
		}
		if utf8.ValidString(in) && !utf8.ValidString(got) {
			t.Errorf("%q is not valid UTF-8 any more", got)
		}
	})
}
