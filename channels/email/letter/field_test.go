package letter_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels/email/letter"
)

func TestSubjects(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"plain":                                                      "plain",
		"=?utf-8?B?0JfQsNC60LDQtw==?=":                               "Заказ",
		"=?utf-8?B?0JfQsNC60LDQtw?=":                                 "Заказ",
		"=?UTF-8?Q?a_b=20c?= d":                                      "a b c d",
		"=?utf-8?q?one?= =?utf-8?q?two?=":                            "onetwo",
		"=?utf-8?q?one?=\r\n =?utf-8?q?two?=":                        "onetwo",
		"=?utf-8?q?one?= and =?utf-8?q?two?=":                        "one and two",
		"=?utf-8?b?0Jc=?=\r\n =?utf-8?b?0LA=?=":                      "За",
		"=?utf-8?b?0A==?= =?utf-8?b?lw==?=":                          "З",
		"=?koi8-r?B?+sHLwdo=?=":                                      "Заказ",
		"=?windows-1251?Q?=C7=E0=EA=E0=E7?=":                         "Заказ",
		"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=":                         "日本",
		"=?gb2312?B?1tDOxA==?=":                                      "中文",
		"=?utf-8*en?q?x?=":                                           "x",
		"=?utf-8?q?with spaces in it?=":                              "with spaces in it",
		"=?utf-8?q?never ended":                                      "never ended",
		"=?nonsense?q?=D0=97?=":                                      "З",
		"=?utf-7?Q?+BBcEMA-?=":                                       "За",
		"=??q?x?=":                                                   "=??q?x?=",
		"=?utf-8?x?y?=":                                              "=?utf-8?x?y?=",
		"a\r\n folded\r\n\tline":                                     "a folded line",
		"\xc7\xe0\xea\xe0\xe7 \xed\xee\xec\xe5\xf0 \xef\xff\xf2\xfc": "Заказ номер пять",
		"\xfa\xc1\xcb\xc1\xda \xce\xcf\xcd\xc5\xd2 \xd0\xd1\xd4\xd8": "Заказ номер пять",
		"Zahlung f\xfcr M\xe4rz":                                     "Zahlung für März",
		"Forma\xe7\xe3o Ver\xe3o":                                    "Formação Verão",
		"Заказ в UTF-8":                                              "Заказ в UTF-8",
		"with \x00 NUL and \x07 bell":                                "with NUL and bell",
	} {
		l := read(t, []byte("Subject: "+raw+"\r\n\r\n"))
		if l.Subject != want {
			t.Errorf("%q is %q, not %q", raw, l.Subject, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	one := func(name, address string) []letter.Address {
		return []letter.Address{{Name: name, Address: address}}
	}
	for raw, want := range map[string][]letter.Address{
		"":                                    nil,
		"a@Example.ORG":                       one("", "a@example.org"),
		"<a@b.org>":                           one("", "a@b.org"),
		"Jane <Jane.Smith@b.org>":             one("Jane", "Jane.Smith@b.org"),
		`"Smith, \"J\"" <a@b.org>`:            one(`Smith, "J"`, "a@b.org"),
		"a@b.org (Jane (of) Smith)":           one("Jane (of) Smith", "a@b.org"),
		"Jane a@b.org":                        one("Jane", "a@b.org"),
		"'Jane' <a@b.org>":                    one("Jane", "a@b.org"),
		"\"a@b.org\" <a@b.org>":               one("a@b.org", "a@b.org"),
		"=?utf-8?q?Smith=2C_Jane?= <a@b.org>": one("Smith, Jane", "a@b.org"),
		"=?utf-8?q?Smith, Jane?= <a@b.org>":   one("Smith, Jane", "a@b.org"),
		`"=?utf-8?b?0K8=?=" <a@b.org>`:        one("Я", "a@b.org"),
		"Smith, Jane <a@b.org>":               one("Jane", "a@b.org"),
		"Jane <a@b.org":                       one("Jane", "a@b.org"),
		"Jane \"never closed <a@b.org>":       one("Jane never closed", "a@b.org"),
		"<@relay.org:a@b.org>":                one("", "a@b.org"),
		"mailto:a@b.org":                      one("", "a@b.org"),
		`"quoted local"@b.org`:                one("", `"quoted local"@b.org`),
		"a@b.org, c@d.org; e@f.org":           {{Address: "a@b.org"}, {Address: "c@d.org"}, {Address: "e@f.org"}},
		"<a@b.org> <c@d.org>":                 {{Address: "a@b.org"}, {Address: "c@d.org"}},
		"friends: a@b.org, Jo <c@d.org>;":     {{Address: "a@b.org"}, {Name: "Jo", Address: "c@d.org"}},
		"undisclosed-recipients:;":            nil,
		"nobody":                              nil,
		"почта@пример.рф":                     one("", "почта@пример.рф"),
	} {
		l := read(t, []byte("To: "+raw+"\r\n\r\n"))
		if !slices.Equal(l.To, want) {
			t.Errorf("%q is %q, not %q", raw, l.To, want)
		}
	}
	l := read(t, []byte("Return-Path: <>\r\nSender: Jo <jo@b.org>\r\nReply-To: r@b.org\r\nCc: c@b.org\r\nCc: d@b.org\r\n\r\n"))
	if l.ReturnPath != "" || !l.Header.Has("return-path") || l.Sender == nil || *l.Sender != one("Jo", "jo@b.org")[0] || len(l.ReplyTo) != 1 || len(l.Cc) != 2 {
		t.Errorf("the envelope is %+v", l)
	}
	many := read(t, []byte("To: "+strings.Repeat("a@b.org, ", 600)+"\r\n\r\n"))
	if len(many.To) != 500 || len(many.Problems) == 0 {
		t.Errorf("%d addresses, problems %q", len(many.To), many.Problems)
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string][]string{
		"<a@b>":                         {"a@b"},
		"<a@b> <c@d>":                   {"a@b", "c@d"},
		"<a@b><c@d>,<a@b>":              {"a@b", "c@d"},
		"a@b c@d":                       {"a@b", "c@d"},
		"Your message of today <a@b>":   {"a@b"},
		"<a\r\n @b>":                    {"a@b"},
		"<a@b":                          {"a@b"},
		"<> < >":                        nil,
		"yesterday":                     nil,
		"<" + strings.Repeat("x", 2000): nil,
	} {
		l := read(t, []byte("References: "+raw+"\r\n\r\n"))
		if !slices.Equal(l.References, want) {
			t.Errorf("%q is %q, not %q", raw, l.References, want)
		}
	}
	var long strings.Builder
	for i := range 300 {
		long.WriteString("<" + strings.Repeat("i", i+1) + "@b> ")
	}
	l := read(t, []byte("References: "+long.String()+"\r\n\r\n"))
	if n := len(l.References); n != 100 || l.References[0] != "i@b" || len(l.References[99]) != 302 {
		t.Errorf("%d references, the last %q", n, l.References[len(l.References)-1])
	}
	if l := read(t, []byte("Message-ID: without-brackets\r\n\r\n")); l.MessageID != "without-brackets" {
		t.Errorf("the id is %q", l.MessageID)
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for raw, want := range map[string]time.Time{
		"Mon, 02 Mar 2026 15:00:00 +0300":                noon,
		"Mon, 2 Mar 2026 12:00 GMT":                      noon,
		"2 Mar 2026 15:00:00 MSK":                        noon,
		"Monday, 02 March 2026 12:00:00 (a comment)":     noon,
		"Mon, 02 Mar 26 12:00:00 +0000":                  noon,
		"Mon Mar  2 12:00:00 2026":                       noon,
		"2026-03-02T12:00:00Z":                           noon,
		"2026-03-02 12:00:00":                            noon,
		"02.03.2026 12:00":                               noon,
		"2-Mar-2026 12:00:00":                            noon,
		"Mon, 02 Mar 2026 07:00:00 EST":                  noon,
		"Mon, 02 Mar 2026 12:00:00 +0000 (UTC) and more": noon,
		"":                                {},
		"yesterday":                       {},
		"Mon, 02 Mar 0001 12:00:00 +0000": {},
		"Mon, 99 Mar 2026 12:00:00 +0000": {},
		"nonsense\r\nReceived: by x; 2 Mar 2026 12:00:00 GMT": noon,
	} {
		l := read(t, []byte("Date: "+raw+"\r\n\r\n"))
		if !l.Date.Equal(want) {
			t.Errorf("%q is %v, not %v", raw, l.Date, want)
		}
	}
}

func TestFileNamesAreHarmless(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`filename="a.txt"`:                                                "a.txt",
		`filename=a file.txt`:                                             "a file.txt",
		`filename*=utf-8''%D0%B0%D0%BA%D1%82.pdf`:                         "акт.pdf",
		`filename*=koi8-r'ru'%C1%CB%D4.pdf`:                               "акт.pdf",
		`filename*0="a "; filename*1="b.txt"`:                             "a b.txt",
		`filename*1*=%D1%82.pdf; filename*0*=utf-8''%D0%B0%D0%BA`:         "акт.pdf",
		`filename="=?utf-8?b?0LDQutGCLnBkZg==?="`:                         "акт.pdf",
		"filename=\"\xe0\xea\xf2 \xef\xee \xe7\xe0\xea\xe0\xe7\xf3.pdf\"": "акт по заказу.pdf",
		`filename="../../etc/passwd"`:                                     "passwd",
		`filename="/etc/passwd"`:                                          "passwd",
		`filename="C:\\Users\\me\\a.doc"`:                                 "a.doc",
		`filename="C:\Users\me\a.doc"`:                                    "a.doc",
		`filename="bill 1/2.pdf"`:                                         "bill 1_2.pdf",
		"filename=\"fdp\u202etxt.exe\"":                                   "fdptxt.exe",
		"filename=\"a\u200b\u2066b\x01.txt\"":                             "ab.txt",
		`filename="...hidden."`:                                           "hidden",
		`filename="NUL.txt"`:                                              "_NUL.txt",
		`filename="a:b|c?.txt"`:                                           "a_b_c_.txt",
		`filename="` + strings.Repeat("ж", 300) + `.docx"`:                strings.Repeat("ж", 97) + ".docx",
		`filename="x`:                                                     "x",
		`filename=""`:                                                     "attachment.zip",
	} {
		l := read(t, []byte("Content-Type: application/zip\r\nContent-Disposition: attachment; "+raw+"\r\n\r\ndata"))
		if len(l.Files) != 1 || l.Files[0].Name != want {
			t.Errorf("%s is %+v, not %q", raw, l.Files, want)
		}
	}
}

func TestCharsets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ charset, raw, want string }{
		{"utf-8", "Привет", "Привет"},
		{"windows-1251", "\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"},
		{"cp1251", "\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"},
		{"KOI8-R", "\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"},
		{"cp866", "\x8f\xe0\xa8\xa2\xa5\xe2", "Привет"},
		{"iso-8859-1", "Gr\xfc\xdfe \x80", "Grüße €"},
		{"iso-8859-1", "Привет", "Привет"},
		{"us-ascii", "Привет", "Привет"},
		{"utf-8", "\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0?", "Привет, как дела?"},
		{"", "\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0?", "Привет, как дела?"},
		{"", "\xf0\xd2\xc9\xd7\xc5\xd4, \xcb\xc1\xcb \xc4\xc5\xcc\xc1?", "Привет, как дела?"},
		{"", "\x8f\xe0\xa8\xa2\xa5\xe2, \xaa\xa0\xaa \xa4\xa5\xab\xa0?", "Привет, как дела?"},
		{"", "Fa\xe7ade d\xe9j\xe0 vu", "Façade déjà vu"},
		{"", "\x1b$BF|K\\\x1b(B", "日本"},
		{"", "\x93\xfa\x96\x7b\x8c\xea\x82\xcc\x83\x81\x81\x5b\x83\x8b\x82\xc5\x82\xb7", "日本語のメールです"},
		{"iso-2022-kr", "\x1b$)C\x0eGQ1[\x0f ok", "한글 ok"},
		{"gb2312", "\xd6\xd0\xce\xc4", "中文"},
		{"big5", "\xa4\xa4\xa4\xe5", "中文"},
		{"hz-gb-2312", "~{VPND~}", "中文"},
		{"utf-7", "+BB8EQAQ4BDIENQRC-, 1 +- 1", "Привет, 1 + 1"},
		{"utf-16", "\xff\xfe\x1f\x04\x40\x04", "Пр"},
		{"utf-8", "\xef\xbb\xbftext", "text"},
		{"no-such-charset", "Привет", "Привет"},
		{"utf-8", "mostly fine \xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2 \xd0", "mostly fine Приветприв \uFFFD"},
	} {
		l := read(t, []byte("Content-Type: text/plain; charset=\""+c.charset+"\"\r\n\r\n"+c.raw))
		if l.Text != c.want {
			t.Errorf("%s: %q is %q, not %q", c.charset, c.raw, l.Text, c.want)
		}
	}
	l := read(t, []byte("Content-Type: text/html\r\n\r\n<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xe5\xf2"))
	if l.Text != "Привет" {
		t.Errorf("a page that names its charset: %q", l.Text)
	}
}
