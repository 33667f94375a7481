package email_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"parley/channels/channeltest"
	"parley/channels/email/imap"
)

// BenchmarkEvent makes events of an ordinary mail of 21 KB.
func BenchmarkEvent(b *testing.B) {
	html := "<html><body><p>I ordered a lamp and it has not arrived.</p>"
	for n := 0; len(html) < 14<<10; n++ {
		html += fmt.Sprintf("<p>Line %d of the order: one lamp, and a shade that goes with it.</p>\r\n", n)
	}
	var mail strings.Builder
	mail.WriteString("From: Ann <ann@example.org>\r\nTo: support@shop.example\r\nSubject: My order\r\nMessage-ID: <1@example.org>\r\n" +
		"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\nI ordered a lamp and it has not arrived.\r\n" +
		"\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	encoded := base64.StdEncoding.EncodeToString([]byte(html))
	for len(encoded) > 76 {
		mail.WriteString(encoded[:76] + "\r\n")
		encoded = encoded[76:]
	}
	mail.WriteString(encoded + "\r\n--x--\r\n")
	raw := []byte(mail.String())
	files := &channeltest.Files{}
	a := account(b, files, nil)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.Event(b.Context(), imap.Mail{}, bytes.NewReader(raw)); err != nil {
			b.Fatal(err)
		}
	}
}
