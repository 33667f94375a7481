package letter_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/email/letter"
)

// FuzzRead checks what holds for any bytes: no panic, no error, bounded time, bounded
// and valid results.
func FuzzRead(f *testing.F) {
	f.Add([]byte(sampleMail))
	f.Add([]byte(strings.ReplaceAll(sampleMail, "\n", "\r\n")))
	for _, seed := range seeds() {
		f.Add(seed)
	}
	if _, err := os.Stat(corpora); err == nil {
		for _, corpus := range corpusNames {
			for _, raw := range corpusMails(f, corpus) {
				if len(raw) < 20<<10 {
					f.Add(raw)
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		began := time.Now()
		bounds := letter.Bounds{Text: 4 << 10, Part: 1 << 10, Parts: 50, Files: 20, Depth: 5, Messages: 2, Header: 8 << 10, Addresses: 20, File: 64 << 10}
		for _, b := range []letter.Bounds{{}, bounds} {
			l, err := letter.Read(t.Context(), bytes.NewReader(raw), &channeltest.Files{}, b)
			if err != nil {
				t.Fatal(err)
			}
			most := channels.MaxText
			if b.Text > 0 {
				most = b.Text + 1
			}
			checkInvariants(t, "fuzzed", l, most)
			if b.Files > 0 && len(l.Files) > b.Files {
				t.Errorf("%d files", len(l.Files))
			}
			if b.Parts > 0 && len(l.Parts) > b.Parts {
				t.Errorf("%d parts", len(l.Parts))
			}
		}
		if took := time.Since(began); took > 5*time.Second && !raceEnabled {
			t.Errorf("%d bytes take %v", len(raw), took)
		}
	})
}

// seeds are mails of our own, one per thing that Read understands.
func seeds() [][]byte {
	list := [][]byte{
		nil,
		[]byte("\r\n\r\n"),
		[]byte("no header at all"),
		[]byte("From x@y Mon Jan 1\nSubject: =?koi8-r?B?8NLJ18XU?= =?koi8-r?Q?_=D7?=\n\nbegin 644 a.txt\n#8F%R\n`\nend\nafter\n"),
		[]byte("Content-Type: text/plain; format=flowed; delsp=yes\n\n> a \n> b\nc \nd\n-- \nme\n"),
		[]byte("Content-Type: text/plain; charset=utf-7\nTo: a: b@c, d@e; (x) <@r:f@g>\n\n+BB8EQAQ4- \xff"),
		[]byte("Content-Type: multipart/report; boundary=b\n\n--b\n\nsorry\n--b\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\ny\n--b--"),
		[]byte("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\ny\n--b\n\nSubject: z\n\n--b--"),
		[]byte("Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\\, b\nDTSTART;TZID=Europe/Moscow:20260302T100000\nORGANIZER;CN=\"J\":mailto:j@k.org\nEND:VEVENT\n"),
		[]byte("Content-Type: text/html; charset=windows-1251\n\n<p>\xcf\xf0\xe8\xe2\xe5\xf2 <a href='http://x'>y</a><blockquote>z<ul><li>1</ul></blockquote>"),
		append([]byte("Content-Type: application/ms-tnef; name=winmail.dat\n\n"), sampleContainer()...),
	}
	return list
}
