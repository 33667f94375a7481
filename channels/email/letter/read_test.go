package letter_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/email/letter"
)

func TestSampleIsRead(t *testing.T) {
	t.Parallel()
	l := read(t, []byte(sampleMail))
	if l.Text != "Hello,\nthe picture is attached." || !strings.HasPrefix(l.HTML, "<p>Hello,</p>") {
		t.Errorf("the text is %q, the HTML %q", l.Text, l.HTML)
	}
	if want := []letter.Address{{Name: "Smith, Jane", Address: "jane@example.org"}}; !slices.Equal(l.From, want) {
		t.Errorf("from %v", l.From)
	}
	if want := []letter.Address{{Name: "Поддержка", Address: "help@example.com"}, {Address: "other@example.com"}}; !slices.Equal(l.To, want) {
		t.Errorf("to %v", l.To)
	}
	if l.Subject != "Заказ 42" || l.MessageID != "two@example.org" || !l.Date.Equal(time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)) {
		t.Errorf("subject %q, id %q, date %v", l.Subject, l.MessageID, l.Date)
	}
	if !slices.Equal(l.InReplyTo, []string{"one@example.com"}) || !slices.Equal(l.References, []string{"zero@example.com", "one@example.com"}) {
		t.Errorf("in reply to %q, references %q", l.InReplyTo, l.References)
	}
	if len(l.Files) != 2 {
		t.Fatalf("files %+v", l.Files)
	}
	picture, document := l.Files[0], l.Files[1]
	if picture.Name != "a picture.png" || picture.ContentID != "pic@1" || !picture.Inline || picture.Size != 8 {
		t.Errorf("the picture is %+v", picture)
	}
	if document.Name != "акт.pdf" || document.Type != "application/pdf" || document.Inline || document.Size != 4 {
		t.Errorf("the document is %+v", document)
	}
	var tree []string
	for _, p := range l.Parts {
		tree = append(tree, fmt.Sprint(p.Depth, p.Type))
	}
	if got := strings.Join(tree, " "); got != "0multipart/mixed 1multipart/related 2multipart/alternative 3text/plain 3text/html 2image/png 1application/pdf" {
		t.Errorf("the parts are %s", got)
	}
	if len(l.Problems) != 0 {
		t.Errorf("problems %q", l.Problems)
	}
}

// TestBodies reads many ways to say the same and to say it wrongly.
func TestBodies(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, mail string
		text, html string
		files      []string
	}{
		{name: "nothing at all"},
		{name: "no header", mail: "just text\nmore", text: "just text\nmore"},
		{name: "a field that was broken in the middle", mail: "Subject: a\nb\nFrom: a@b.org\n\ntext", text: "text"},
		{name: "no empty line behind the header", mail: "From: a@b.org\nhello there\nhow are you\nregards", text: "hello there\nhow are you\nregards"},
		{name: "a mailbox's line in front", mail: "From a@b Mon Jan 1\nSubject: x\n\ntext", text: "text"},
		{name: "HTML alone", mail: "Content-Type: text/html\n\n<b>Hi</b> <a href=\"https://x.org/a\">there</a>", text: "Hi there <https://x.org/a>", html: "<b>Hi</b> <a href=\"https://x.org/a\">there</a>"},
		{name: "an empty plain twin", mail: mixed("alternative", "Content-Type: text/plain\n\n \n", "Content-Type: text/html\n\n<p>Hi</p>"), text: "Hi", html: "<p>Hi</p>"},
		{name: "HTML before plain", mail: mixed("alternative", "Content-Type: text/html\n\n<p>Hi</p>", "Content-Type: text/plain\n\nhi"), text: "hi", html: "<p>Hi</p>"},
		{name: "two texts", mail: mixed("mixed", "\none", "\ntwo"), text: "one\n\ntwo"},
		{name: "a text and HTML side by side", mail: mixed("mixed", "\none & two", "Content-Type: text/html\n\n<p>three</p>"), text: "one & two\n\nthree", html: "<div style=\"white-space:pre-wrap\">one &amp; two</div>\n<hr>\n<p>three</p>"},
		{name: "a named text behind another", mail: mixed("mixed", "\none", "Content-Type: text/plain; name=notes.txt\n\ntwo"), text: "one", files: []string{"notes.txt text/plain 3"}},
		{name: "an attached text", mail: "Content-Disposition: attachment; filename=a.txt\n\ntext", files: []string{"a.txt text/plain 4"}},
		{name: "no boundary named", mail: "Content-Type: multipart/mixed\n\n--x1\n\none\n--x1\nContent-Type: text/plain\n\ntwo\n--x1--", text: "one\n\ntwo"},
		{name: "a wrong boundary named", mail: "Content-Type: multipart/mixed; boundary=a\n\n--other\nContent-Type: text/plain\n\none\n--other\n\ntwo\n--other--", text: "one\n\ntwo"},
		{name: "a multipart that is a text", mail: "Content-Type: multipart/mixed; boundary=a\n\njust text", text: "just text"},
		{name: "an inner multipart never closed", mail: "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\none\n--a\n\ntwo\n--a--", text: "one\n\ntwo"},
		{name: "the same boundary within itself", mail: "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=a\n\n--a\n\none\n--a--\n--a\n\ntwo\n--a--", text: "one\n\ntwo"},
		{name: "parts behind the end", mail: "Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a--\n--a\n\ntwo\n--a--", text: "one\n\ntwo"},
		{name: "boundaries that begin alike", mail: "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=a-b\n\n--a-b\n\none\n--a-b--\n--a\n\ntwo\n--a--", text: "one\n\ntwo"},
		{name: "an encoded multipart", mail: "Content-Type: multipart/mixed; boundary=a\nContent-Transfer-Encoding: base64\n\nLS1hCgpvbmUKLS1hLS0=", text: "one"},
		{name: "no base64", mail: "Content-Transfer-Encoding: base64\n\nThis is, in fact, a text.", text: "This is, in fact, a text."},
		{name: "base64 with foreign lines and no end", mail: "Content-Transfer-Encoding: BASE64\n\nSGVs\n!\nbG8gd29yb\nGQ", text: "Hello world"},
		{name: "base64 in pieces", mail: "Content-Transfer-Encoding: base64\n\nSGVsbG8=\nIHdvcmxk", text: "Hello world"},
		{name: "broken quoted-printable", mail: "Content-Transfer-Encoding: quoted-printable\n\na=3Db =ZZ 100= % =\nc=", text: "a=b =ZZ 100= % c"},
		{name: "an unknown encoding", mail: "Content-Transfer-Encoding: spam\n\ntext", text: "text"},
		{name: "flowed", mail: "Content-Type: text/plain; format=flowed\n\n> a \n> b\nc \nd\n-- \nme", text: "> a b\nc d\n-- \nme"},
		{name: "flowed without spaces", mail: "Content-Type: text/plain; format=flowed; delsp=yes\n\nhttps://ex \nample.org", text: "https://example.org"},
		{name: "uuencoded", mail: "\nbefore\nbegin 644 a.txt\n#8F%R\n`\nend\nafter", text: "before\nafter", files: []string{"a.txt application/octet-stream 3"}},
		{name: "a line that only begins so", mail: "\nbegin 644 the work\nThen go on with it.", text: "begin 644 the work\nThen go on with it."},
		{name: "an invitation", mail: "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Tea\nDTSTART:20260302T100000Z\nLOCATION:Room\\, 5\nEND:VEVENT\nEND:VCALENDAR", text: "Tea\n2026-03-02 10:00 UTC\nRoom, 5", files: []string{"invite.ics text/calendar 123"}},
		{name: "lines of an old Mac", mail: "From: a@b.org\rSubject: x\r\rone\rtwo", text: "one\ntwo"},
		{name: "control signs", mail: "\na\x00b\x1bc\rd", text: "abc\nd"},
		{name: "a file of unknown kind", mail: "Content-Type: application/octet-stream\n\n\x89PNG\r\n\x1a\n", files: []string{"image.png image/png 8"}},
		{name: "only a report", mail: "Content-Type: message/delivery-status\n\nStatus: 5.1.1", text: "Status: 5.1.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := read(t, []byte(c.mail))
			checkInvariants(t, c.name, l, channels.MaxText)
			if l.Text != c.text || l.HTML != c.html {
				t.Errorf("the text is %q, the HTML %q\nwant %q and %q", l.Text, l.HTML, c.text, c.html)
			}
			var files []string
			for _, f := range l.Files {
				files = append(files, fmt.Sprint(f.Name, " ", f.Type, " ", f.Size))
			}
			if !slices.Equal(files, c.files) {
				t.Errorf("the files are %q, not %q", files, c.files)
			}
		})
	}
}

// mixed makes a multipart of parts, each with its header.
func mixed(kind string, parts ...string) string {
	return "Content-Type: multipart/" + kind + "; boundary=b\n\n--b\n" + strings.Join(parts, "\n--b\n") + "\n--b--\n"
}

func TestForwardedMailsAreReadable(t *testing.T) {
	t.Parallel()
	inner := "From: Jane <jane@example.org>\nSubject: The inner one\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nInner text\n--i\nContent-Type: application/pdf; name=a.pdf\n\n%PDF\n--i--"
	l := read(t, []byte(mixed("mixed", "\nSee below.", "Content-Type: message/rfc822\n\n"+inner)))
	if want := "See below.\n\n----------\nFrom: Jane <jane@example.org>\nSubject: The inner one\n\nInner text"; l.Text != want {
		t.Errorf("the text is %q", l.Text)
	}
	if len(l.Files) != 2 || l.Files[0].Name != "message.eml" || l.Files[0].Type != "message/rfc822" || l.Files[0].Size != int64(len(inner)) || l.Files[1].Name != "a.pdf" {
		t.Errorf("the files are %+v", l.Files)
	}
	l = read(t, []byte(mixed("report; report-type=delivery-status", "\nSorry.", "Content-Type: message/delivery-status\n\nStatus: 5.1.1", "Content-Type: message/rfc822\n\n"+inner)))
	if l.Text != "Sorry." || len(l.Files) != 1 {
		t.Errorf("a report: the text is %q, the files %+v", l.Text, l.Files)
	}
	if got := string(l.Parts[2].Bytes); got != "Status: 5.1.1" || !strings.HasPrefix(string(l.Parts[3].Bytes), "From: Jane") {
		t.Errorf("a report: the parts are %+v", l.Parts)
	}
}

func TestLongTextsAreCutAndKept(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("слово ", 500)
	page := "<p>" + strings.Repeat("<b>word</b> ", 300) + "</p>"
	for _, c := range []struct {
		name, mail string
		whole      []string
	}{
		{"plain", "\n" + long, []string{long}},
		{"HTML", "Content-Type: text/html\n\n" + page, []string{page}},
		{"both", mixed("alternative", "Content-Type: text/plain\n\n"+long[:1800], "Content-Type: text/html\n\n"+page[:1800]), []string{"", page[:1800]}},
		{"latin that grows", "Content-Type: text/plain; charset=windows-1251\n\n" + strings.Repeat("\xcf", 1500), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := &channeltest.Files{}
			l, err := letter.Read(t.Context(), strings.NewReader(c.mail), files, letter.Bounds{Text: 2000})
			if err != nil {
				t.Fatal(err)
			}
			checkInvariants(t, c.name, l, 2001)
			if l.Text == "" || len(l.Problems) == 0 {
				t.Errorf("the text is %q, the problems %q", l.Text, l.Problems)
			}
			for _, whole := range c.whole {
				if whole != "" && !slices.ContainsFunc(l.Files, func(f channels.File) bool { return stored(t, files, f) == whole }) {
					t.Errorf("the whole is in none of %+v", l.Files)
				}
			}
		})
	}
}

func stored(t *testing.T, files channels.Files, f channels.File) string {
	t.Helper()
	r, err := files.Open(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestTroubleOfReaderAndFilesIsReported(t *testing.T) {
	t.Parallel()
	trouble := errors.New("the disk is gone")
	for size := 0; size < len(sampleMail); size += 11 {
		_, err := letter.Read(t.Context(), io.MultiReader(strings.NewReader(sampleMail[:size]), iotest.ErrReader(trouble)), &channeltest.Files{}, letter.Bounds{})
		if !errors.Is(err, trouble) {
			t.Errorf("after %d bytes: %v", size, err)
		}
	}
	if _, err := letter.Read(t.Context(), strings.NewReader(sampleMail), brokenFiles{trouble}, letter.Bounds{}); !errors.Is(err, trouble) {
		t.Errorf("broken files: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := letter.Read(ended, strings.NewReader(sampleMail), &channeltest.Files{}, letter.Bounds{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

type brokenFiles struct{ err error }

func (b brokenFiles) Put(_ context.Context, _, _ string, r io.Reader, _ int64) (channels.File, error) {
	_, _ = io.CopyN(io.Discard, r, 3)
	return channels.File{}, b.err
}

func (b brokenFiles) Open(context.Context, channels.File) (io.ReadCloser, error) { return nil, b.err }
