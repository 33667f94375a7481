package plaintext_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"parley/internal/plaintext"
)

func TestTyped(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"<b>bold</b> and <em>so</em><br><s>no</s> <code>x &lt; y</code>":  "*bold* and _so_\n~no~ `x < y`",
		`<a href="https://x.example">words</a>`:                           "[words](https://x.example)",
		`<a href="https://x.example">https://x.example</a>`:               "https://x.example",
		`<a href="javascript:x">words</a>`:                                "words",
		"<p>one</p><p>two</p>":                                            "one\ntwo",
		"<b> </b>plain":                                                   "plain",
		"<b><i>both</i></b>":                                              "*_both_*",
		"<b>never closed":                                                 "*never closed*",
		"<b><i>crossed</b> over</i>":                                      "*_crossed_* over",
		"</b>closed alone":                                                "closed alone",
		strings.Repeat("<b>", 100) + "deep" + strings.Repeat("</b>", 100): strings.Repeat("*", 16) + "deep" + strings.Repeat("*", 16),
	} {
		if got := plaintext.Typed(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func FuzzTyped(f *testing.F) {
	f.Add("<b>one<br><i>two</b></i><a href=https://x>y")
	f.Add(strings.Repeat("<code>", 50) + "deep</p></b>")
	f.Fuzz(func(t *testing.T, in string) {
		got := plaintext.Typed(in)
		if len(got) > 200*len(in)+200 {
			t.Errorf("%d bytes become %d", len(in), len(got))
		}
		if utf8.ValidString(in) && !utf8.ValidString(got) {
			t.Errorf("%q is not valid UTF-8 any more", got)
		}
	})
}
