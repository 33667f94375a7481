package report_test

import (
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/channels/email/report"
)

// hostile are texts of half a megabyte, by what repeats in them, each made to keep one of
// the patterns or loops busy.
func hostile() map[string]string {
	out := map[string]string{}
	for name, piece := range map[string]string{
		"addresses": "ann@example.org: 550 5.1.1 x\n", "words": "to a", "at signs": "@", "groups": "Final-Recipient: rfc822; a@b\nAction: failed\n\n",
		"short groups": "action: failed\n\n", "ids": "Message-ID: <a@b>\n", "empty lines": "\n", "blanks": " ", "deliveries": "delivered ", "mailboxes": "mailbox ",
		"delays": "доставка ", "codes": "550 5.1.1 ", "folded": "Diagnostic-Code: x\n y", "quotes": "> > ", "angles": "<", "exceeding": "exceed ", "messages": "message ",
	} {
		out[name] = strings.Repeat(piece, 500_000/len(piece))
	}
	var unlike strings.Builder
	for i := 0; unlike.Len() < 500_000; i++ {
		unlike.WriteString("user" + strconv.Itoa(i) + "@example.org was not delivered\n")
	}
	out["addresses unlike"] = unlike.String()
	return out
}

// hostileMail is a bounce with the text wherever there may be one. It names many recipients.
func hostileMail(text string) report.Mail {
	var wanted strings.Builder
	for i := range 200 {
		wanted.WriteString("somebody-with-a-name-" + strconv.Itoa(i) + "@example.net, ")
	}
	return report.Mail{
		Fields: []report.Field{
			{Name: "From", Value: "MAILER-DAEMON@example.org"}, {Name: "X-Failed-Recipients", Value: wanted.String()},
			{Name: "List-Id", Value: text}, {Name: "Received", Value: text}, {Name: "Authentication-Results", Value: text}, {Name: "References", Value: text},
		},
		Subject: "failure notice", Text: text, Own: []string{"us@example.com"},
		Parts: []report.Part{{Type: "multipart/report"}, {Type: "message/delivery-status", Depth: 1, Body: []byte(text)}, {Type: "message/rfc822", Depth: 1, Body: []byte(text)}},
	}
}

// TestHostileMailsTakeLittleTime allows for a machine that has other work and a detector of
// races: the quickest of three counts.
func TestHostileMailsTakeLittleTime(t *testing.T) {
	t.Parallel()
	for name, text := range hostile() {
		m := hostileMail(text)
		best := time.Hour
		for try := 0; try < 3 && best > time.Second; try++ {
			began := time.Now()
			report.Judge(m)
			report.Authentication(m, nil)
			best = min(best, time.Since(began))
		}
		if best > 2*time.Second {
			t.Errorf("%s: took %v", name, best)
		}
	}
}

// TestOnlyTheBeginningCounts proves the bound on the work: what stands far down in a text is
// not looked at, whatever it says.
func TestOnlyTheBeginningCounts(t *testing.T) {
	t.Parallel()
	tail := "\nann@example.org: 450 4.2.2 mailbox full\n--- Below this line is a copy of the message.\nMessage-ID: <other@example.com>\nTo: cid@example.org\n"
	for name, text := range hostile() {
		m := hostileMail(text)
		m.Parts = nil
		before := report.Judge(m)
		m.Text += tail
		if after := report.Judge(m); !reflect.DeepEqual(before, after) {
			t.Errorf("%s: %+v, and with more behind it %+v", name, before, after)
		}
	}
	lines := strings.Repeat("\n", 600)
	m := report.Mail{Fields: []report.Field{{Name: "From", Value: "MAILER-DAEMON@example.org"}}, Subject: "failure notice", Text: "Not delivered." + lines + "<ann@example.org>: 550 5.1.1 unknown user"}
	if v := report.Judge(m); v.Outcome != report.Soft {
		t.Errorf("what stands 600 lines down makes it %q", v.Outcome)
	}
}

func BenchmarkHostileMail(b *testing.B) {
	for name, text := range hostile() {
		b.Run(name, func(b *testing.B) {
			m := hostileMail(text)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				report.Judge(m)
			}
		})
	}
}
