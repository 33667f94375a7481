package report_test

import (
	"testing"
	"unicode/utf8"

	"parley/channels"
	"parley/channels/email/report"
)

// FuzzJudge feeds the pieces of a bounce in any shape; whatever they are, the verdict is
// bounded and coherent, and no person is taken for a mail system.
func FuzzJudge(f *testing.F) {
	f.Add("MAILER-DAEMON@example.org", "failure notice", "<ann@example.org>:\n550 5.1.1 no\n", "Final-Recipient: rfc822; a@b\nAction: failed\nStatus: 5.1.1\n")
	f.Add("bob@example.org", "Re: hello", "550 5.1.1", "\n\n: \n x\nAction:\n")
	f.Add("no-reply@sns.amazonaws.com", "AWS", `{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{}]}}`, "")
	f.Add("<>", "Undelivered", "To: a@b\n--- Below this line is a copy of the message.\nMessage-ID: <a@b>\nTo: c@d", "Feedback-Type: abuse")
	f.Fuzz(func(t *testing.T, from, subject, text, status string) {
		for _, kind := range []string{"message/delivery-status", "message/feedback-report", "message/rfc822"} {
			m := report.Mail{
				Fields:  []report.Field{{Name: "From", Value: from}, {Name: "X-Failed-Recipients", Value: subject}},
				Subject: subject, Text: text,
				Parts: []report.Part{
					{Type: "multipart/report", Params: map[string]string{"report-type": "delivery-status"}},
					{Type: kind, Depth: 1, Body: []byte(status)},
				},
			}
			v := report.Judge(m)
			if (v.Nature == channels.NatureBounce) != (v.Outcome != report.None) {
				t.Errorf("%q with %q", v.Nature, v.Outcome)
			}
			if len(v.Recipients) > 100 || len(v.Originals) > 20 {
				t.Errorf("%d recipients, %d originals", len(v.Recipients), len(v.Originals))
			}
			for _, r := range v.Recipients {
				if len(r.Address) > 320 || len(r.Text) > 300 || len(r.Code) > 12 {
					t.Errorf("too long: %+v", r)
				}
				if utf8.ValidString(status) && utf8.ValidString(text) && !utf8.ValidString(r.Text) {
					t.Errorf("broken: %q", r.Text)
				}
			}
			report.AnswerTo(m)

			m.Fields = []report.Field{{Name: "From", Value: "Bob <bob@example.org>"}, {Name: "Return-Path", Value: "<bob@example.org>"}}
			m.Parts = nil
			if v := report.Judge(m); v.Outcome == report.Hard {
				t.Errorf("a person was judged hard: %+v", v)
			}
		}
	})
}
