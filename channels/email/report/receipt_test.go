package report_test

import (
	"slices"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/email/report"
)

const readNotice = `Return-Path: <>
From: Ann <ann@example.org>
To: us@example.com
Subject: Read: Re: Order 5
Message-ID: <mdn@example.org>
Content-Type: multipart/report; report-type=disposition-notification; boundary="b"

--b
Content-Type: text/plain

Your message was displayed.

--b
Content-Type: message/disposition-notification
Content-Disposition: attachment; filename=details.txt

Reporting-UA: mail.example.org; Mailer 5
Final-Recipient: rfc822;ann@example.org
Original-Message-ID: <first@example.com>
Disposition: manual-action/MDN-sent-manually; displayed

--b--
`

func TestReadReceipts(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		from, to string // changed in the notice
		want     channels.DeliveryState
	}{
		"read":              {"", "", channels.Read},
		"with a modifier":   {"; displayed", ";Displayed/warning", channels.Read},
		"by a program":      {"manual-action/MDN-sent-manually", "automatic-action/MDN-sent-automatically", channels.Read},
		"taken in":          {"; displayed", "; processed", channels.Delivered},
		"deleted unread":    {"; displayed", "; deleted", ""},
		"denied":            {"; displayed", "; denied", ""},
		"says nothing":      {"\nDisposition: ", "\nPosition: ", ""},
		"a person forwards": {"Return-Path: <>\nFrom: Ann <ann@example.org>\nTo: us@example.com\nSubject: Read", "From: Ann <ann@example.org>\nSubject: FW", ""},
		"without its part":  {"message/disposition-notification", "text/plain", ""},
	} {
		v := report.Judge(load(t, strings.Replace(readNotice, tt.from, tt.to, 1)))
		if v.Nature != channels.NatureAutoReply || v.Reached != tt.want || v.Outcome != report.None {
			t.Errorf("%s: of %q, reached %q, outcome %q", name, v.Nature, v.Reached, v.Outcome)
		}
		if got := v.Receipts(5); (tt.want == "") != (len(got) == 0) {
			t.Errorf("%s: receipts %+v", name, got)
		}
	}
	v := report.Judge(load(t, readNotice))
	want := []channels.Receipt{{MessageID: 5, State: channels.Read, Recipient: "ann@example.org"}}
	if got := v.Receipts(5); !slices.Equal(v.Originals, []string{"first@example.com"}) || !slices.Equal(got, want) {
		t.Errorf("of %q: %+v", v.Originals, got)
	}
	attached := person + "Subject: what is this?\nContent-Type: multipart/mixed; boundary=outer\n\n--outer\n\nHello\n--outer\nContent-Type: message/rfc822\n\n" + readNotice + "\n--outer--\n"
	if v := report.Judge(load(t, attached)); v.Nature != channels.NaturePerson || v.Reached != "" {
		t.Errorf("a receipt that somebody attaches is of %q, reached %q", v.Nature, v.Reached)
	}
}
