package letter_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"parley/channels/channeltest"
	"parley/channels/email/letter"
)

// TestAttachedReportsAreRead has a mail system that sends its status as a file.
func TestAttachedReportsAreRead(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"message/delivery-status", "message/disposition-notification", "message/feedback-report", "text/rfc822-headers"} {
		l := read(t, []byte(mixed("report", "\nSorry.", "Content-Type: "+kind+"\nContent-Disposition: attachment; filename=details.txt\nContent-Transfer-Encoding: quoted-printable\n\nStatus: 5=2E1.1")))
		if got := string(l.Parts[2].Bytes); got != "Status: 5.1.1" {
			t.Errorf("%s says %q", kind, got)
		}
		if len(l.Files) != 1 || l.Files[0].Name != "details.txt" || l.Files[0].Size != 13 {
			t.Errorf("%s: the files are %+v", kind, l.Files)
		}
	}
	long := letter.Bounds{Part: 5}
	l, err := letter.Read(t.Context(), strings.NewReader("Content-Type: message/delivery-status\nContent-Disposition: attachment\n\nStatus: 5.1.1"), &channeltest.Files{}, long)
	if err != nil || string(l.Parts[0].Bytes) != "Statu" || len(l.Files) != 1 || l.Files[0].Size != 13 {
		t.Errorf("cut: %v, %q, %+v", err, l.Parts[0].Bytes, l.Files)
	}
}

func TestDamage(t *testing.T) {
	t.Parallel()
	encoded := "Content-Type: application/pdf; name=b.pdf\nContent-Transfer-Encoding: base64\n\n"
	file := "Content-Type: application/pdf; name=a.pdf\n\n%PDF-1.4"
	for name, c := range map[string]struct {
		mail   string
		bounds letter.Bounds
		want   bool
	}{
		"whole":           {mixed("mixed", "\nHello", file), letter.Bounds{}, false},
		"broken off":      {"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello", letter.Bounds{}, true},
		"off in a nested": {"Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nHello\n", letter.Bounds{}, true},
		"off in a file":   {strings.TrimSuffix(mixed("mixed", "\nHello", encoded+"AAECAwQF"), "--b--\n"), letter.Bounds{}, true},
		"odd, but whole":  {mixed("mixed", "Content-Type: multipart/alternative; boundary=c\n\n--c\n\nHello"), letter.Bounds{}, false},
		"report not shut": {strings.TrimSuffix(mixed("report", "\nSorry.", "Content-Type: message/rfc822\n\nSubject: x\n\ny"), "--b--\n"), letter.Bounds{}, false},
		"quoted report":   {mixed("mixed", "\nHello", "Content-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nHello"), letter.Bounds{}, false},
		"base64":          {mixed("mixed", "\nHello", encoded+"AAEC\nAwQF\n\n"), letter.Bounds{}, false},
		"without padding": {mixed("mixed", "\nHello", encoded+"AAECAwQFBg"), letter.Bounds{}, false},
		"a sign too many": {mixed("mixed", "\nHello", encoded+"AAECAwQFB"), letter.Bounds{}, true},
		"a foreign sign":  {mixed("mixed", "\nHello", encoded+"AAECAwQFBgcICQoL*AwQFBgcICQoL"), letter.Bounds{}, true},
		"a text of it":    {"Content-Transfer-Encoding: base64\n\nSGVsbG8gd29ybGQgYW5kIGFs\n\nA footer.\n", letter.Bounds{}, true},
		"not base64":      {mixed("mixed", "\nHello", encoded+"%PDF-1.4, in the clear: {no} [part] <of it>"), letter.Bounds{}, false},
		"text cut":        {"\n" + strings.Repeat("Hello\n", 100), letter.Bounds{Text: 50}, false}, // the whole is attached
		"too many parts":  {mixed("mixed", "\nHello", file), letter.Bounds{Parts: 2}, true},
		"too many files":  {mixed("mixed", file, file), letter.Bounds{Files: 1}, true},
		"a file cut":      {mixed("mixed", "\nHello", file), letter.Bounds{File: 3}, true},
		"broken winmail":  {"Content-Type: application/ms-tnef\n\nnothing", letter.Bounds{}, true},
		"within a nested": {mixed("mixed", "\nHello", "Content-Type: message/rfc822\n\n"+mixed("mixed", "\nInner", "Content-Type: application/ms-tnef\n\nnothing")), letter.Bounds{}, true},
	} {
		l, err := letter.Read(t.Context(), bytes.NewReader([]byte(c.mail)), &channeltest.Files{}, c.bounds)
		if err != nil || l.Damaged != c.want {
			t.Errorf("%s: %v, damaged %v, %q", name, err, l.Damaged, slices.Clone(l.Problems))
		}
	}
}
