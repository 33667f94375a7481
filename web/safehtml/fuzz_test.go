package safehtml_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/web/safehtml"
)

// seeds are attacks of our own; those of others are too many and not ours to keep.
var seeds = []string{
	`<p>x</p>`, `<b><div></b>x</div>`, `<table><b><tr><td></b><table><li><td>`, `<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`, `<a href="jav&#x09;ascript:x" id=a name=b>`,
	`<style>p{color:red}</style><style media="screen,print">}a{width:1px</style>`, `<body bgcolor=red style="a:b"><body>`, `<p style="font:1px 'a&quot;b'">`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<plaintext><p>`, `<!--><img src=x>-->`, `<![CDATA[><img src=x>]]>`, `</br></p><image src=cid:x>`,
	`<img src="https://x/" width=1 height=2><img src=//x style="width:1px">`, `<img src=cid:logo@shop usemap=#x><map name=x><area href=//x>`,
	`<a><p><a></p></a><ul><li><div><li></ul></div>`, "<p title='&#0;\x00\xff'>&#128;&nbsp;&nosuch;&ampx", `<details open><summary><details></summary>`,
	`<frameset><frame src=x>`, `<textarea><p></textarea><title><p></title><xmp><p></xmp>`, `<select><option><p></select><form><input></form>`,
}

// elsewhere is a picture that a mail sent on leaves where it is.
var elsewhere = regexp.MustCompile(`src="(?i:https?)://[^" ]+"`)

// FuzzMail wants what comes out to be harmless by another judge's eyes, and to stay as it
// is when it is put in again.
func FuzzMail(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		remote := safehtml.Options{Sheets: true}
		for range 2 {
			out := safehtml.Mail(in, remote)
			for _, wrong := range strict(t, out.HTML) {
				t.Errorf("%q leaves %s in %q", in, wrong, out.HTML)
			}
			again := safehtml.Mail(out.HTML, remote)
			if again.HTML != out.HTML || again.RemoteImages != out.RemoteImages {
				t.Errorf("%q becomes\n%q, then\n%q", in, out.HTML, again.HTML)
			}
			remote.Sheets = false
		}
		forwarded := safehtml.Forward(in)
		for _, wrong := range strict(t, elsewhere.ReplaceAllString(forwarded, `src="cid:x"`)) {
			t.Errorf("%q leaves %s in %q to be sent on", in, wrong, forwarded)
		}
		if again := safehtml.Forward(forwarded); again != forwarded {
			t.Errorf("%q becomes %q, then %q to be sent on", in, forwarded, again)
		}
		written := safehtml.Compose(in)
		for _, wrong := range strict(t, written) {
			t.Errorf("%q leaves %s in %q", in, wrong, written)
		}
		if again := safehtml.Compose(written); again != written {
			t.Errorf("%q becomes %q, then %q", in, written, again)
		}
	})
}

// TestBounded feeds what could make a careless parser slow or its output huge. What grows
// with the square of the input takes hours of it; the limit is far from both.
func TestBounded(t *testing.T) {
	t.Parallel()
	fill := func(piece string) string { return strings.Repeat(piece, 1<<19/len(piece)) }
	for name, in := range map[string]string{
		"deep": fill("<div>"), "deep tables": fill("<table><tr><td>"), "ends": fill("</div>"), "misnested": fill("<b><div><i><p></b></i>"),
		"bold paragraphs": strings.Repeat("<b><i><u>", 60) + fill("<p>x"), "attributes": "<p " + fill("a=b "), "names": "<p " + fill("style=x "),
		"entities": fill("&amp;&lt"), "open tags": fill("<a <"), "comments": fill("<!--"), "sheet": "<style>" + fill("a{b:c{"), "brackets": "<style>" + fill("(["),
		"media": "<style>" + fill("@media print{"), "selectors": "<style>" + fill("a,b>"), "address": `<a href="http://` + fill("%20"), "address blanks": `<a href="http://x/` + fill("\u00a0"),
		"style": `<p style="` + fill("color:red;") + `">`, "styles": fill(`<p style="color:red;x:y(((">`), "svg": fill("<svg>"), "template": fill("<template>"), "picture": `<img src="data:image/png;base64,` + fill("A"),
		"pictures": fill(`<img src="data:image/png;base64,` + png + `">`), "alternatives": fill(`<img src=x alt="&quot;">`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			out := safehtml.Mail(in, options)
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %s", took)
			}
			if most := 8 * len(in); len(out.HTML) > most {
				t.Errorf("%d bytes became %d", len(in), len(out.HTML))
			}
			for _, wrong := range strict(t, out.HTML) {
				t.Error(wrong)
			}
		})
	}
	if out := safehtml.Mail(strings.Repeat("x", safehtml.MaxBytes+1), options); !out.Cut || len(out.HTML) != safehtml.MaxBytes {
		t.Errorf("%d bytes are left, cut %v", len(out.HTML), out.Cut)
	}
}

func BenchmarkMail(b *testing.B) {
	row := `<tr><td style="padding:10px;font-family:Arial,sans-serif;color:#333333" width="50%"><a href="https://shop.example/x?y=z">Some words about a thing</a>` +
		`<img src="https://shop.example/p.png" width="200" height="100" alt="A thing"></td></tr>`
	mail := `<style>.a{color:red}</style><body><table>` + strings.Repeat(row, 80) + `</table></body>`
	b.SetBytes(int64(len(mail)))
	for b.Loop() {
		safehtml.Mail(mail, options)
	}
}
