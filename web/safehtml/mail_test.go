package safehtml_test

import (
	"strings"
	"testing"

	"parley/web/safehtml"
)

var options = safehtml.Options{
	Sheets: true,
	Images: map[string]string{"logo@shop": "/api/v1/files/12", "a b": "/api/v1/files/13"},
}

// png is a picture of one red dot.
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="

// TestForwarded has a mail that is sent on: it looks as it did, with its pictures where they are.
func TestForwarded(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`<style>.a{color:red}</style><p style="color:red;position:fixed" class=a onclick=x>Hi`:                        `<p style="color:red" class="m-a">Hi</p>`,
		`<table bgcolor=#eee><tr><td width=50%>Cell</table>`:                                                          `<table bgcolor="#eee"><tr><td width="50%">Cell</td></tr></table>`,
		`<img src="https://shop.example/a.png" width=9 alt=A>`:                                                        `<img width="9" alt="A" src="https://shop.example/a.png">`,
		`<img src="https://t.example/open?u=1" width=1 height=1><img src="https://x.org/b.png" style="display:none">`: ``,
		`<img src="CID:logo@shop"><img src="cid:a b"><img src="cid:">`:                                                `<img src="cid:logo@shop">`,
		`<img src="/api/v1/files/7"><img src="file:///etc/passwd" alt="P"><img src="javascript:x">`:                   `P`,
		`<img data-parley-src="https://x.org/a.png" class="parley-picture">`:                                          `<img class="parley-picture" src="https://x.org/a.png">`,
		`<a href="javascript:x">a</a><script>x</script><form><input>`:                                                 `<a>a</a>`,
	} {
		got := safehtml.Forward(in)
		if got != want {
			t.Errorf("%s becomes\n%s, want\n%s", in, got, want)
		}
		if again := safehtml.Forward(got); again != got {
			t.Errorf("%s becomes %s, then %s", in, got, again)
		}
	}
}

func TestMail(t *testing.T) {
	t.Parallel()
	const out = ` target="_blank" rel="noopener noreferrer nofollow"`
	for name, c := range map[string]struct{ in, want string }{
		"text":                   {`a < b & "c"`, `a &lt; b &amp; &#34;c&#34;`},
		"nothing":                {"", ""},
		"emphasis":               {`<B>x</B><i>y`, `<b>x</b><i>y</i>`},
		"stray ends":             {`a</div></p></td>b`, `ab`},
		"end of the line":        {`a</br>b<br/>c`, `a<br>b<br>c`},
		"unknown elements":       {`<o:p>x</o:p><blink>y</blink>`, `xy`},
		"comments":               {`a<!-- x --><!--[if mso]><table><![endif]--><![if !mso]>b<![endif]>`, `ab`},
		"scripts":                {`a<script>alert(1)</script>b<script/>c</script>d`, `abd`},
		"handlers":               {`<p onclick="x" ONLOAD=y>z</p>`, `<p>z</p>`},
		"frames and objects":     {`<iframe src=x>in</iframe><object data=x><embed src=y>o</object>a`, `oa`},
		"forms":                  {`<form action=x><input name=y>a<button>b</button><select><option>c</select><textarea>d</textarea></form>`, `abcd`},
		"head":                   {`<!doctype html><html><head><title>t</title><meta http-equiv=refresh content="0;url=x"><base href=x><link rel=stylesheet href=x></head>a`, `a`},
		"templates":              {`a<template><p>b<template>c</template>d</template>e`, `ae`},
		"noscript":               {`a<noscript><img src=x></noscript>b`, `ab`},
		"pictures of lines":      {`a<svg><style><img src=x onerror=y></style><p>b</svg>c<math><mi>d</mi></math>e`, `a<p>bce</p>`},
		"table":                  {`<table width=600 bgcolor="#fff" cellpadding=0><tr><td align=center valign=top width="50%">x</table>`, `<table width="600" bgcolor="#fff" cellpadding="0"><tr><td align="center" valign="top" width="50%">x</td></tr></table>`},
		"cells one after other":  {`<table><tr><td>a<td>b<tr><th>c</table>`, `<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>`},
		"cells without a table":  {`<td>a</td><tr>b`, `ab`},
		"list":                   {`<ul><li>a<li>b<ol start=3 type=a><li>c</ol></ul>`, `<ul><li>a</li><li>b<ol start="3" type="a"><li>c</li></ol></li></ul>`},
		"paragraphs":             {`<p>a<p>b<div>c</div>`, `<p>a</p><p>b</p><div>c</div>`},
		"block in bold":          {`<b><div>a</b>b</div>`, `<b><div>a</div></b><div>b</div>`},
		"bold beyond its cell":   {`<b><table><tr><td>a</b>b</td></tr></table>c`, `<b><table><tr><td>ab</td></tr></table>c</b>`},
		"folded quote":           {`<details class="parley-quote"><summary>…</summary>x</details>`, `<details class="parley-quote"><summary>…</summary>x</details>`},
		"directions":             {`<div dir=rtl>x</div><p dir=evil>y</p>`, `<div dir="rtl">x</div><p>y</p>`},
		"font":                   {`<font color=red face="Arial, 'Segoe UI'" size="+1">x</font>`, `<font color="red" face="Arial, &#39;Segoe UI&#39;" size="+1">x</font>`},
		"link":                   {`<a href="https://x.org/?a=1&amp;b=2" target=_top rel=opener ping=y download>x</a>`, `<a href="https://x.org/?a=1&amp;b=2"` + out + `>x</a>`},
		"link with blanks":       {`<a href=" http://x.org/a b ">x</a>`, `<a href="http://x.org/a%20b"` + out + `>x</a>`},
		"link by name":           {`<a href="www.x.org">x</a><a href="//y.org/z">y</a>`, `<a href="http://www.x.org"` + out + `>x</a><a href="https://y.org/z"` + out + `>y</a>`},
		"mail and telephone":     {`<a href="MAILTO:a@x.org?subject=b">x</a><a href="tel:+7(495)1">y</a>`, `<a href="MAILTO:a@x.org?subject=b"` + out + `>x</a><a href="tel:+7(495)1"` + out + `>y</a>`},
		"dangerous links":        {"<a href=javascript:x>1</a><a href='java\nscript:x'>2</a><a href='&#1;javascript:x'>3</a><a href=data:text/html,x>4</a><a href=vbscript:x>5</a><a href=/api/v1/session>6</a><a href='\\\\x'>7</a><a href='http:x'>8</a>", `<a>1</a><a>2</a><a>3</a><a>4</a><a>5</a><a>6</a><a>7</a><a>8</a>`},
		"within the mail":        {`<a href="#top">x</a><p id=top>y</p><a name=end>z</a>`, `<a href="#m-top">x</a><p id="m-top">y</p><a id="m-end">z</a>`},
		"clobbering":             {`<img name=body id=cookie src=cid:logo@shop><p name=x>y`, `<img id="m-cookie" src="/api/v1/files/12"><p>y</p>`},
		"own picture":            {`<img src="cid:logo@shop" alt="Logo" width=10><img src="CID:a%20b"><img src="cid:none">`, `<img alt="Logo" width="10" src="/api/v1/files/12"><img src="/api/v1/files/13">`},
		"picture in the text":    {`<img src="data:image/png;base64,` + png + `">`, `<img src="data:image/png;base64,` + png + `">`},
		"no picture in the text": {`<img src="data:image/svg+xml;base64,` + png + `"><img src="data:image/png;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+PC9zdmc+" alt=x>`, `x`},
		"our addresses":          {`<img src="/api/v1/files/99" alt="a"><img src="x.png">`, `a`},
		"styles":                 {`<p style="COLOR: Red; width:expression(1);background:url(x);position:fixed; font:12px/1.5 'Segoe UI',sans-serif !important">x</p>`, `<p style="color:Red;font:12px/1.5 &#34;Segoe UI&#34;,sans-serif !important">x</p>`},
		"body":                   {` <html> <body bgcolor=eeeeee text="#000" style="margin:0"> <p>x`, `<div class="parley-body" style="background-color:#eeeeee;color:#000;margin:0"> <p>x</p></div>`},
		"sheet":                  {`<style media=print>p{color:red}</style><style>.a>b,#c{width:1px}</style><p class="a x y">z`, "<style>\n@media print{\np{color:red}\n}\n.m-a>b,#m-c{width:1px}\n</style><p class=\"m-a m-x m-y\">z</p>"},
		"sheet that ends early":  {`<style media=print>}p{color:red}</style>`, "<style>\n@media print{\np{color:red}\n}\n</style>"},
		"map":                    {`<img usemap="#m" src=cid:logo@shop><map name=m><area shape=rect coords="0,0,1,1" href="https://x.org"></map>`, `<img usemap="#m-m" src="/api/v1/files/12"><map name="m-m"><area shape="rect" coords="0,0,1,1" href="https://x.org"` + out + `></map>`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := safehtml.Mail(c.in, options).HTML
			if got != c.want {
				t.Errorf("%s\nbecomes %s\n   want %s", c.in, got, c.want)
			}
			if again := safehtml.Mail(got, options).HTML; !strings.Contains(got, "/api/") && again != got {
				t.Errorf("%s\nbecomes %s\nand %s the second time", c.in, got, again)
			}
			for _, wrong := range strict(t, got) {
				t.Error(wrong)
			}
		})
	}
}

func TestRemotePictures(t *testing.T) {
	t.Parallel()
	const mail = `<img src="https://x.org/a.png?b&amp;c" alt=A width=100 class=k><img src="//y.org/b.gif">` +
		`<img src="https://t.org/1" width=1 height=1><img src="https://t.org/2" style="width:0;height:0"><img src="https://t.org/3" style="display:none">` +
		`<img src="https://x.org/line.gif" width=1 height=40>`
	hidden := safehtml.Mail(mail, safehtml.Options{})
	want := `<img alt="A" width="100" class="m-k parley-picture" data-parley-src="https://x.org/a.png?b&amp;c">` +
		`<img class="parley-picture" data-parley-src="https://y.org/b.gif">` +
		`<img width="1" height="40" class="parley-picture" data-parley-src="https://x.org/line.gif">`
	if hidden.HTML != want || hidden.RemoteImages != 3 {
		t.Errorf("%d pictures: %s", hidden.RemoteImages, hidden.HTML)
	}
	var asked []string
	show := safehtml.Options{RemoteImages: func(address string) string {
		asked = append(asked, address)
		return "/api/v1/pictures/p"
	}}
	for _, from := range []string{mail, hidden.HTML} {
		asked = nil
		shown := safehtml.Mail(from, show)
		if got := strings.Join(asked, " "); got != "https://x.org/a.png?b&c https://y.org/b.gif https://x.org/line.gif" || shown.RemoteImages != 3 {
			t.Errorf("%d pictures: %s", shown.RemoteImages, got)
		}
		if strings.Contains(shown.HTML, "https:") || strings.Count(shown.HTML, `src="/api/v1/pictures/p"`) != 3 {
			t.Error(shown.HTML)
		}
	}
}

func TestSheetsOnlyWhereAsked(t *testing.T) {
	t.Parallel()
	const mail = `<style>p{color:red}</style><p>x</p>`
	if got := safehtml.Mail(mail, safehtml.Options{}); got.HTML != `<p>x</p>` || got.Coloured {
		t.Errorf("%+v", got)
	}
	if got := safehtml.Mail(mail, options); !strings.Contains(got.HTML, "p{color:red}") || !got.Coloured {
		t.Errorf("%+v", got)
	}
}

func TestColoured(t *testing.T) {
	t.Parallel()
	for mail, want := range map[string]bool{
		`<p style="margin:0">x</p>`: false, `<b>x</b>`: false, `<p style="color:red">x</p>`: true, `<table bgcolor=red></table>`: true,
		`<body bgcolor=white>x`: true, `<font color=red>x</font>`: true, `<div style="background:#fff">x</div>`: true,
	} {
		if got := safehtml.Mail(mail, options).Coloured; got != want {
			t.Errorf("%s: %v", mail, got)
		}
	}
}

func TestSignature(t *testing.T) {
	t.Parallel()
	const in = `<p><b>Ann</b><img src="cid:7"><img src="/api/v1/files/7"><a href="https://x.org">x</a><script>x</script></p>`
	const want = `<p><b>Ann</b><a href="https://x.org" target="_blank" rel="noopener noreferrer nofollow">x</a></p>`
	if got := safehtml.Signature(in); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestCompose(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`<p>a<br><strong>b</strong> <em>c</em></p><ul><li><p>d</p></li></ul>`:              `<p>a<br><strong>b</strong> <em>c</em></p><ul><li><p>d</p></li></ul>`,
		`<p style="color:red" class=x id=y title=z>a</p>`:                                  `<p>a</p>`,
		`<a href="https://x.org">a</a><a href="#b">b</a><a href="javascript:x">c</a>`:      `<a href="https://x.org" target="_blank" rel="noopener noreferrer nofollow">a</a><a>b</a><a>c</a>`,
		`<img src="cid:p1@x" alt=P width=10><img src="https://x.org/a.png"><img src=cid:>`: `<img alt="P" width="10" src="cid:p1@x">`,
		`<img src="/api/v1/files/71"><img src="/api/v1/files/72?download=1" alt=a><img src="/api/v1/files/"><img src="https://x.org/api/v1/files/7"><img src="//x.org/api/v1/files/7">`: `<img src="cid:71"><img alt="a" src="cid:72">`,
		`<table><tr><td>a</td></tr></table><style>p{}</style><script>x</script>`:                                                                                                        `a`,
		`<details class="parley-quote">a</details>`: `a`,
	} {
		got := safehtml.Compose(in)
		if got != want {
			t.Errorf("%s\nbecomes %s\n   want %s", in, got, want)
		}
		if again := safehtml.Compose(got); again != got {
			t.Errorf("%s\nbecomes %s the second time", got, again)
		}
		for _, wrong := range strict(t, got) {
			t.Error(wrong)
		}
	}
}
