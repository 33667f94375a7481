package compose_test

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"mime"
	"runtime"
	"slices"
	"strings"
	"testing"

	"parley/channels/email/compose"
)

func TestShapes(t *testing.T) {
	t.Parallel()
	picture, pdf := file("a.png", "image/png", "\x89PNG"), file("b.pdf", "application/pdf", "%PDF")
	for _, c := range []struct {
		name  string
		edit  func(*compose.Mail)
		shape string
	}{
		{"text", func(m *compose.Mail) {}, "text/plain"},
		{"nothing", func(m *compose.Mail) { m.Text = "" }, "text/plain"},
		{"html", func(m *compose.Mail) { m.HTML = "<p>x</p>" }, "alternative(text/plain text/html)"},
		{"attachment", func(m *compose.Mail) { m.Files = []compose.File{pdf} }, "mixed(text/plain application/pdf)"},
		{"picture", func(m *compose.Mail) {
			m.HTML, m.Files = `<img src="cid:1@x">`, []compose.File{inline(picture, "1@x")}
		}, "alternative(text/plain related(text/html image/png))"},
		{"all", func(m *compose.Mail) {
			m.HTML, m.Files = `<img src="cid:1">`, []compose.File{pdf, inline(picture, "<1>")}
		}, "mixed(alternative(text/plain related(text/html image/png)) application/pdf)"},
		{"a picture that the text does not show", func(m *compose.Mail) {
			m.HTML, m.Files = `<p>see below</p>`, []compose.File{inline(picture, "1")}
		}, "mixed(alternative(text/plain text/html) image/png)"},
		{"a mail within the mail", func(m *compose.Mail) {
			m.Files = []compose.File{file("x.eml", "message/rfc822", "Subject: x\r\n\r\n")}
		}, "mixed(text/plain application/octet-stream)"},
		{"a type that is none", func(m *compose.Mail) {
			m.Files = []compose.File{file("x", "evil\r\nBcc: all@example.org", "x")}
		}, "mixed(text/plain application/octet-stream)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := simple()
			c.edit(&m)
			if _, tree := read(t, write(t, m)); tree.shape() != c.shape {
				t.Errorf("the mail is %s, want %s", tree.shape(), c.shape)
			}
		})
	}
}

func TestTextsSurvive(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"short":        "one\ntwo\n",
		"cyrillic":     "Здравствуйте!\n\nВаш заказ № 5 — в пути.\n",
		"some accents": strings.Repeat("plain words and one é. ", 40) + "\n",
		"long line":    strings.Repeat("x", 5000) + "\n",
		"dots":         ".\n..\n.x\nFrom me\n",
		"spaces":       "ends in a space \n\ttab\t\n",
		"emoji":        strings.Repeat("👩‍👩‍👧‍👦", 100) + "\n",
		"equals":       "a=b =20 =\n",
	} {
		m := simple()
		m.Text, m.HTML = text, "<p>"+strings.ReplaceAll(text, "\n", "<br>\n")+"</p>"
		_, tree := read(t, write(t, m))
		if got := strings.ReplaceAll(tree.parts[0].body, "\r\n", "\n"); got != text {
			t.Errorf("%s: the text became %q", name, got)
		}
		if got := strings.ReplaceAll(tree.parts[1].body, "\r\n", "\n"); !strings.Contains(got, m.HTML) || !strings.Contains(got, "charset=utf-8") {
			t.Errorf("%s: the HTML became %q", name, got)
		}
	}
}

func TestTwinIsMadeFromHTML(t *testing.T) {
	t.Parallel()
	m := simple()
	m.Text, m.HTML = "", "<p>Good <b>day</b></p><div>-- </div><div>Ann</div>"
	_, tree := read(t, write(t, m))
	if tree.parts[0].body != "Good day\r\n\r\n-- \r\nAnn\r\n" {
		t.Errorf("the twin is %q", tree.parts[0].body)
	}
}

func TestHeader(t *testing.T) {
	t.Parallel()
	m := simple()
	m.From.Name = "ООО «Ромашка», отдел \"заботы\""
	m.Cc = []compose.Address{{Name: `O'Neil, "Bob" \`, Address: "bob@пример.рф"}, {Address: `"two words"@example.org`}}
	m.ReplyTo = []compose.Address{{Address: "support+abc@example.org"}}
	m.Subject = "Re: " + strings.Repeat("длинная тема ", 20) + "конец"
	m.InReplyTo, m.References = "<parent@x>", []string{"root@x", "<mid@x>", "parent@x", "bad id"}
	m.Automatic = true
	m.Extra = []compose.Field{{"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"}}
	raw := write(t, m)
	h, _ := read(t, raw)
	for name, want := range map[string]string{
		"Date": "Wed, 04 Mar 2026 12:00:00 +0000", "Message-ID": "<p.abc@example.org>", "In-Reply-To": "<parent@x>",
		"References": "<root@x> <mid@x> <parent@x>", "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All",
		"Reply-To": "support+abc@example.org", "Mime-Version": "1.0", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Bcc": "",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject")); err != nil || got != m.Subject {
		t.Errorf("the subject is %q, %v", got, err)
	}
	from, err := h.AddressList("From")
	if err != nil || from[0].Name != m.From.Name || from[0].Address != m.From.Address {
		t.Errorf("From is %v, %v", from, err)
	}
	cc, err := h.AddressList("Cc")
	if err != nil || len(cc) != 2 || cc[0].Name != m.Cc[0].Name || cc[0].Address != "bob@xn--e1afmkfd.xn--p1ai" || cc[1].Address != "two words@example.org" {
		t.Errorf("Cc is %v, %v", cc, err)
	}
	head, _, _ := strings.Cut(string(raw), "\r\n\r\n")
	for line := range strings.SplitSeq(head, "\r\n") {
		if len(line) > 78 {
			t.Errorf("a line of the header has %d characters: %s", len(line), line)
		}
	}
}

func TestWithoutPublicRecipients(t *testing.T) {
	t.Parallel()
	m := simple()
	m.To = nil
	if h, _ := read(t, write(t, m)); h.Get("To") != "undisclosed-recipients:;" {
		t.Errorf("To is %q", h.Get("To"))
	}
}

func TestReferencesAreBounded(t *testing.T) {
	t.Parallel()
	m := simple()
	for i := range 500 {
		m.References = append(m.References, strings.Repeat("x", i%150)+string(rune('a'+i%26))+"@example.org")
	}
	m.InReplyTo = "parent@example.org"
	h, _ := read(t, write(t, m))
	got := strings.Fields(h.Get("References"))
	if got[0] != "<a@example.org>" || got[len(got)-1] != "<parent@example.org>" || len(got) > 40 || len(h.Get("References")) > 4200 {
		t.Errorf("%d references of %d bytes, from %s to %s", len(got), len(h.Get("References")), got[0], got[len(got)-1])
	}
	if got[len(got)-2] != "<"+m.References[499]+">" {
		t.Errorf("the one before the parent is %s", got[len(got)-2])
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "x", "@x", "x@", "a b@x.org", "a@b@c", "a@x.org\r\nBcc: b@x.org", "a@x..org", "a@-\x00", "Ann <a@x.org>", "a@x.org, b@x.org",
		strings.Repeat("x", 65) + "@x.org", "a@" + strings.Repeat("x", 64) + ".org", "a@x.org>", "<a@x.org", "a@x org", "a@" + strings.Repeat("abc.", 80) + "org",
	} {
		m := simple()
		m.To = []compose.Address{{Address: address}}
		_, err := compose.New(m)
		if bad, ok := errors.AsType[*compose.AddressError](err); !ok {
			t.Errorf("%q is taken for an address: %v", address, err)
		} else if strings.ContainsAny(bad.Address, "\r\n") {
			t.Errorf("the error's address has several lines: %q", bad.Address)
		}
	}
}

func TestWideAddressesWantSMTPUTF8(t *testing.T) {
	t.Parallel()
	m := simple()
	if message, err := compose.New(m); err != nil || message.UTF8() {
		t.Errorf("a plain mail wants SMTPUTF8, %v", err)
	}
	m.To[0].Address = "почта@пример.рф"
	message, err := compose.New(m)
	if err != nil || !message.UTF8() {
		t.Errorf("a wide address wants no SMTPUTF8, %v", err)
	}
	h, _ := read(t, write(t, m))
	if got := h.Get("To"); got != "Ann <почта@xn--e1afmkfd.xn--p1ai>" {
		t.Errorf("To is %q", got)
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	content := make([]byte, 100_003)
	for i := range content {
		content[i] = byte(rand.IntN(256))
	}
	for name, want := range map[string]string{
		"report.pdf":       "report.pdf",
		"Отчёт за май.pdf": "Отчёт за май.pdf",
		"../../etc/passwd": ".._.._etc_passwd",
		"a\r\nBcc: x@y":    "a  Bcc: x@y",
		`"quoted"; x=y`:    `'quoted'; x=y`,
		"":                 "attachment",
		"..":               "attachment",
	} {
		m := simple()
		m.Files = []compose.File{file(name, "application/pdf", string(content))}
		_, tree := read(t, write(t, m))
		got := tree.parts[1]
		_, params, err := mime.ParseMediaType(got.header["Content-Disposition"][0])
		if err != nil || params["filename"] != want || got.params["name"] != want {
			t.Errorf("%q is called %q and %q, %v", name, params["filename"], got.params["name"], err)
		}
		if got.body != string(content) {
			t.Errorf("%q has changed on the way", name)
		}
	}
	m := simple()
	m.Files = []compose.File{file(strings.Repeat("имя", 200)+".xlsx", "application/pdf", "x")}
	_, tree := read(t, write(t, m))
	if got := tree.parts[1].params["name"]; !strings.HasSuffix(got, ".xlsx") || len(got) > 240 {
		t.Errorf("the long name became %q", got)
	}
}

func TestFilesThatFail(t *testing.T) {
	t.Parallel()
	boom := errors.New("disk is gone")
	for name, open := range map[string]func(context.Context) (io.ReadCloser, error){
		"cannot be opened": func(context.Context) (io.ReadCloser, error) { return nil, boom },
		"breaks off": func(context.Context) (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(strings.NewReader("abc"), failing{boom})), nil
		},
		"is too short": func(context.Context) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("abc")), nil },
		"is too long": func(context.Context) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(strings.Repeat("x", 2000))), nil
		},
	} {
		m := simple()
		m.Files = []compose.File{{Name: "x", Type: "text/plain", Size: 1000, Open: open}}
		message, err := compose.New(m)
		if err != nil {
			t.Fatal(err)
		}
		if bad, ok := errors.AsType[*compose.FileError](message.Stream(t.Context(), io.Discard)); !ok || bad.Name != "x" {
			t.Errorf("a file that %s: %v", name, bad)
		}
	}
	m := simple()
	m.Files = []compose.File{file("x", "text/plain", "abc")}
	message, err := compose.New(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := message.Stream(t.Context(), fullDisk{}); !errors.Is(err, errFull) {
		t.Errorf("a writer that fails: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

var errFull = errors.New("full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

// TestMemoryStaysBounded writes 25 MB and looks at how much was allocated on the way.
func TestMemoryStaysBounded(t *testing.T) {
	const size = 25 << 20
	m := simple()
	m.Files = []compose.File{{Name: "big.bin", Type: "application/zip", Size: size, Open: func(context.Context) (io.ReadCloser, error) {
		return io.NopCloser(io.LimitReader(zeroes{}, size)), nil
	}}}
	message, err := compose.New(m)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := message.Stream(t.Context(), io.Discard); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 1<<20 {
		t.Errorf("writing 25 MB allocated %d KB", got>>10)
	}
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// fields are the names that a header may have; a mail with others has been tampered with.
var fields = []string{"Date", "From", "Reply-To", "To", "Cc", "Subject", "Message-Id", "In-Reply-To", "References", "Mime-Version", "Content-Type", "Content-Transfer-Encoding"}

func FuzzHeader(f *testing.F) {
	f.Add("Hello", "Ann", "ann@example.org", "id@x", "report.pdf", "cid")
	f.Add("x\r\nBcc: all@example.org", "Ann\r\n\r\nbody", "a@x.org\nX: y", "id>\r\nX: y", "f\r\nX: y", "1\r\n2")
	f.Add("=?utf-8?Q?x?=", "\u2028", `"a b"@xn--a`, "a b", `"`, "<>")
	f.Add(strings.Repeat("слово ", 100), strings.Repeat("x", 300), "я@я.рф", strings.Repeat("i", 901), "..", "@")
	f.Fuzz(func(t *testing.T, subject, name, address, id, fileName, contentID string) {
		m := simple()
		m.Subject, m.From.Name, m.InReplyTo, m.References = subject, name, id, []string{id, "root@x"}
		m.HTML = "<img src=\"cid:" + contentID + "\">"
		m.Files = []compose.File{inline(file(fileName, name, "x"), contentID)}
		m.To = append(m.To, compose.Address{Name: name, Address: address})
		if _, err := compose.New(m); err != nil {
			m.To = m.To[:1]
		}
		h, tree := read(t, write(t, m))
		for name := range h {
			if !slices.Contains(fields, name) {
				t.Errorf("a field %q has appeared", name)
			}
		}
		to, err := h.AddressList("To")
		if err != nil || len(to) != len(m.To) {
			t.Errorf("To is %q: %v", h.Get("To"), err)
		}
		if from, err := h.AddressList("From"); err != nil || len(from) != 1 || from[0].Address != "support@example.org" {
			t.Errorf("From is %q: %v", h.Get("From"), err)
		}
		if shape := tree.shape(); !strings.Contains(shape, "text/plain") || !strings.Contains(shape, "text/html") {
			t.Errorf("the mail is %s", shape)
		}
	})
}
