package report

import (
	"encoding/json"
	"strings"

	"parley/channels"
)

// notification is what Amazon SES tells of a mail's fate, sent through its SNS as JSON in a
// mail: https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
type notification struct {
	Type   string `json:"notificationType"`
	Bounce struct {
		Type       string `json:"bounceType"`
		Recipients []struct {
			Address    string `json:"emailAddress"`
			Status     string `json:"status"`
			Diagnostic string `json:"diagnosticCode"`
		} `json:"bouncedRecipients"`
	} `json:"bounce"`
	Complaint struct {
		Recipients []struct {
			Address string `json:"emailAddress"`
		} `json:"complainedRecipients"`
	} `json:"complaint"`
	Mail struct {
		Headers []struct{ Name, Value string } `json:"headers"`
	} `json:"mail"`
}

// cloudReport judges the notifications of a cloud sender.
func cloudReport(m Mail) (Verdict, bool) {
	if !strings.HasSuffix(strings.ToLower(m.author()), "@sns.amazonaws.com") {
		return Verdict{}, false
	}
	var n notification
	text := m.Text[:min(len(m.Text), maxReport)]
	// The JSON is one long line that servers broke; a blank line and a footer follow.
	text, _, _ = strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	text = strings.ReplaceAll(text, "\n", "")
	at := strings.IndexByte(text, '{')
	if at < 0 || json.NewDecoder(strings.NewReader(text[at:])).Decode(&n) != nil || n.Type == "" {
		return Verdict{}, false
	}
	v := Verdict{Nature: channels.NatureNotice}
	for _, h := range n.Mail.Headers {
		if strings.EqualFold(h.Name, "Message-ID") {
			v.Originals = append(v.Originals, strings.Trim(h.Value, "<> "))
		}
	}
	switch n.Type {
	case "Complaint":
		v.Nature = channels.NatureComplaint
		for _, r := range n.Complaint.Recipients {
			v.Recipients = append(v.Recipients, Recipient{Address: clip(r.Address, 320)})
		}
	case "Bounce":
		for _, r := range n.Bounce.Recipients {
			g := group{"action": "failed", "status": r.Status, "diagnostic-code": r.Diagnostic, "final-recipient": "rfc822;" + r.Address}
			out := g.recipient()
			if n.Bounce.Type != "Permanent" {
				out.Outcome = Soft
			} else if r.Status == "" {
				out.Outcome = Hard
			}
			v.Recipients = append(v.Recipients, out)
		}
		if v.Outcome = worst(v.Recipients); v.Outcome != None {
			v.Nature = channels.NatureBounce
		}
	}
	if len(v.Recipients) > maxRecipients {
		v.Recipients = v.Recipients[:maxRecipients]
	}
	if len(v.Originals) > maxOriginals {
		v.Originals = v.Originals[:maxOriginals]
	}
	return v, true
}
