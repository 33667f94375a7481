package letter_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/email/letter"
)

const (
	large     = 26 << 20 // bytes of a mail as large as servers let pass
	extraHeap = 32 << 20 // bytes that reading it may take at any moment
)

// TestLargeMailsStreamInLittleMemory reads mails of 26 MB and looks at the heap, garbage
// included, at every step. It is alone in the process while it does.
func TestLargeMailsStreamInLittleMemory(t *testing.T) { //nolint:paralleltest // it measures the whole heap
	line := strings.Repeat("QUJD", 19) + "\r\n"
	words := "Some words that make up a line of a very long text, as a log has many.\r\n"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const top = "From: a@example.org\r\nSubject: large\r\nMIME-Version: 1.0\r\n"
	for i, c := range []struct{ name, head, body string }{
		{"an attachment", top + "Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n", line},
		{"a plain text", top + "Content-Type: text/plain\r\n\r\n", words},
		{"an HTML text", top + "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", "<p>=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82=\r\n</p>"},
		{"a mail in a mail in a mail", top + "Content-Type: message/rfc822\r\n\r\n" + top + "Content-Type: message/rfc822\r\n\r\n" + top + "Content-Type: text/plain\r\n\r\n", words},
		{"a uuencoded file", top + "\r\nSee below.\r\n\r\nbegin 644 a.bin\r\n", "M" + strings.Repeat("0", 60) + "\r\n"},
		{"a text without lines", top + "Content-Type: text/plain\r\n\r\n", "words without end "},
		{"a quoted-printable file of one line", top + "Content-Type: image/png\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", "=00=01=02=ab"},
		{"a header without end", top, "X-Field: value\r\n"},
		{"a folded field without end", top + "X-Field: value\r\n", " value\r\n"},
		{"a multipart without parts", top + "Content-Type: multipart/mixed; boundary=b\r\n\r\n", words},
		{"parts without end", top + "Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"},
		{"texts without end", top + "Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\n\r\n" + strings.Repeat(words, 2000)},
		{"files without end", top + "Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\nContent-Type: image/png; name=a.png\r\n\r\n" + strings.Repeat("x", 50000) + "\r\n"},
		{"a winmail.dat that is none", top + "Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\n", line},
	} {
		t.Run(c.name, func(t *testing.T) {
			size := large
			if i >= 5 {
				size /= 4 // the odd ones show the same with less
			}
			files := &diskFiles{dir: t.TempDir()}
			meter := &heapMeter{r: io.LimitReader(io.MultiReader(strings.NewReader(c.head), &repeat{text: c.body}), int64(size))}
			start := heapBytes()
			began := time.Now()
			l, err := letter.Read(t.Context(), meter, files, letter.Bounds{})
			took := time.Since(began)
			if err != nil {
				t.Fatal(err)
			}
			checkInvariants(t, c.name, l, channels.MaxText)
			extra := int64(meter.most) - int64(start)
			t.Logf("%-36s %5.1f MB of heap, %4d ms, %d files", c.name, float64(extra)/(1<<20), took.Milliseconds(), len(l.Files))
			if meter.read != size {
				t.Errorf("%d of %d bytes were read", meter.read, size)
			}
			if extra > extraHeap && !raceEnabled {
				t.Errorf("reading takes %d bytes of heap", extra)
			}
			if took > time.Minute && !raceEnabled {
				t.Errorf("reading takes %v", took)
			}
		})
	}
	// What the heap was ever grown to also covers the moments between two reads.
	runtime.ReadMemStats(&after)
	grown := after.HeapSys - before.HeapSys
	t.Logf("the heap grew by %.1f MB in all", float64(grown)/(1<<20))
	if grown > extraHeap && !raceEnabled {
		t.Errorf("the heap grew by %d bytes", grown)
	}
}

// repeat gives the same text out for ever.
type repeat struct {
	text string
	rest string
}

func (r *repeat) Read(p []byte) (int, error) {
	if r.rest == "" {
		r.rest = r.text
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// heapMeter notes the largest heap seen while it is read.
type heapMeter struct {
	r     io.Reader
	most  uint64
	read  int
	calls int
}

func (m *heapMeter) Read(p []byte) (int, error) {
	if m.calls++; m.calls%16 == 0 {
		m.most = max(m.most, heapBytes())
	}
	n, err := m.r.Read(p)
	m.read += n
	return n, err
}

func heapBytes() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// diskFiles keeps files in a folder, so that the test's own memory stays small.
type diskFiles struct {
	dir string
	n   int
}

func (d *diskFiles) Put(_ context.Context, name, mediaType string, r io.Reader, most int64) (channels.File, error) {
	d.n++
	out, err := os.Create(filepath.Join(d.dir, fmt.Sprint(d.n)))
	if err != nil {
		return channels.File{}, err
	}
	defer out.Close()
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(out, sum), io.LimitReader(r, most+1))
	if err == nil && size > most {
		err = fmt.Errorf("more than %d bytes", most)
	}
	hash := hex.EncodeToString(sum.Sum(nil))
	if err == nil {
		err = os.Rename(out.Name(), filepath.Join(d.dir, hash))
	}
	return channels.File{Hash: hash, Name: name, Type: mediaType, Size: size}, err
}

func (d *diskFiles) Open(_ context.Context, f channels.File) (io.ReadCloser, error) {
	return os.Open(filepath.Join(d.dir, f.Hash))
}

// TestTimeIsLinear reads texts that make careless readers quadratic.
func TestTimeIsLinear(t *testing.T) {
	t.Parallel()
	const size = 1 << 20
	header := func(name, unit string) string {
		return name + ": " + strings.Repeat(unit, 250<<10/len(unit)) + "\r\nFrom: a@example.org\r\n\r\nText\r\n"
	}
	body := func(kind, unit string) string {
		return "Content-Type: " + kind + "\r\n\r\n" + strings.Repeat(unit, size/len(unit))
	}
	var deep strings.Builder
	for i := range 200 {
		fmt.Fprintf(&deep, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	for name, mail := range map[string]string{
		"words without end":       header("Subject", "=?utf-8?q?"),
		"words of no kind":        header("Subject", "=?a?x?") + "?=",
		"words":                   header("Subject", "=?utf-8?b?0K8=?= "),
		"quotes":                  header("To", `"\`),
		"brackets":                header("To", `(`),
		"bracket pairs":           header("To", `(\`),
		"angles":                  header("To", `<`),
		"angle pairs":             header("To", `<a@b`),
		"colons":                  header("To", `a:`),
		"encoded addresses":       header("To", "=?utf-8?q?a=2C?= "),
		"ids":                     header("References", "<a"),
		"brackets in ids":         header("References", "((("),
		"parameters":              header("Content-Type", `text/plain; a="`),
		"sections":                header("Content-Disposition", `attachment; filename*1*=a`),
		"a date":                  header("Date", "( 1 "),
		"lines that are no field": "Subject: x\r\n" + strings.Repeat("no field\r\n", size/10),
		"odd fields":              "Subject: x\r\n" + strings.Repeat("no field: x\r\n y\r\n", size/17),
		"folds":                   "Subject: x\r\n" + strings.Repeat(" y\r\n", size/4),
		"dashes":                  body("multipart/mixed; boundary=b", "--\r\n"),
		"guessed boundaries":      body("multipart/mixed", "--boundary\r\nno\r\n"),
		"boundaries":              body("multipart/mixed; boundary=b", "--b\r\n"),
		"closed boundaries":       body("multipart/mixed; boundary=b", "--b--\r\n"),
		"deep multiparts":         deep.String() + strings.Repeat("--b199\r\nx\r\n", size/11),
		"begins":                  body("text/plain", "begin 644 a\r\n#AAAA\r\n"),
		"flowed":                  body("text/plain; format=flowed", "a \r\n"),
		"flowed quotes":           body("text/plain; format=flowed", ">"),
		"tags":                    body("text/html", "<"),
		"open tags":               body("text/html", "<a href="),
		"attributes":              body("text/html", "<a b "),
		"quotations":              body("text/html", "<blockquote>a"),
		"lists":                   body("text/html", "<ul><li>a"),
		"links":                   body("text/html", "<a href=http://a>a"),
		"comments":                body("text/html", "<!--"),
		"entities":                body("text/html", "&amp"),
		"titles":                  body("text/html", "<title>"),
		"styles":                  body("text/html", "<style></styl"),
		"pre":                     body("text/html", "<pre>\n"),
		"cids":                    body("text/html", "cid:"),
		"breaks":                  body("text/html", "<br>"),
		"utf-7":                   body("text/plain; charset=utf-7", "+A"),
		"iso-2022":                body("text/plain; charset=iso-2022-jp", "\x1b$B"),
		"calendar":                body("text/calendar", "BEGIN:VEVENT\r\n"),
		"calendar parameters":     body("text/calendar", "BEGIN:VEVENT\r\nATTENDEE;A=\"\";"),
		"nul":                     body("text/plain", "\x00"),
		"high bytes":              body("text/plain", "\xd0\xff"),
		"soft breaks":             "Content-Transfer-Encoding: quoted-printable\r\n" + body("text/plain", "=\r\n"),
		"equals":                  "Content-Transfer-Encoding: quoted-printable\r\n" + body("text/plain", "="),
		"padding":                 "Content-Transfer-Encoding: base64\r\n" + body("text/plain", "QQ=="),
		"mails":                   strings.Repeat("Content-Type: message/rfc822\r\n\r\n", size/32),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, took := timed(t, []byte(mail), 2*time.Second)
			if took > 2*time.Second && !raceEnabled {
				t.Errorf("reading takes %v", took)
			}
			checkInvariants(t, name, l, channels.MaxText)
		})
	}
}

var _ channels.Files = (*diskFiles)(nil)

func TestCutMailsAreRead(t *testing.T) {
	t.Parallel()
	mail := []byte(strings.ReplaceAll(sampleMail, "\n", "\r\n"))
	for size := 0; size <= len(mail); size += 7 {
		l := read(t, mail[:size])
		checkInvariants(t, fmt.Sprint(size, " bytes"), l, channels.MaxText)
		if size > bytes.Index(mail, []byte("Hello,\r\n"))+8 && !strings.HasPrefix(l.Text, "Hello") {
			t.Errorf("%d bytes: the text is %q", size, l.Text)
		}
	}
}

// sampleMail has something of everything.
const sampleMail = `From: "Smith, Jane" <jane@Example.ORG>
To: =?utf-8?b?0J/QvtC00LTQtdGA0LbQutCw?= <help@example.com>, other@example.com
Subject: =?utf-8?q?=D0=97=D0=B0=D0=BA=D0=B0=D0=B7?= 42
Message-ID: <two@example.org>
In-Reply-To: <one@example.com>
References: <zero@example.com> <one@example.com>
Date: Mon, 02 Mar 2026 10:00:00 +0300
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

This is a multipart.
--outer
Content-Type: multipart/related; boundary="middle"

--middle
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain; charset=utf-8

Hello,
the picture is attached.
--inner
Content-Type: text/html; charset=utf-8

<p>Hello,</p><p>the picture is <img src="cid:pic@1">.</p>
--inner--
--middle
Content-Type: image/png
Content-ID: <pic@1>
Content-Disposition: inline; filename="a picture.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--middle--
--outer
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''%D0%B0%D0%BA%D1%82.pdf

%PDF
--outer--
`
