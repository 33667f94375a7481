package report

import (
	"strings"

	"parley/channels"
)

// complaint judges feedback reports (RFC 5965): somebody called our mail spam, or asked to
// get no more. Reports of failed authentication or of mail wrongly called spam are notices.
func complaint(m Mail) (Verdict, bool) {
	feedback, found := m.part("message/feedback-report")
	if !found {
		return hotmail(m)
	}
	if m.reportType() != "feedback-report" && !daemon(m) && !unattended(m.author()) {
		return Verdict{}, false // somebody's own mail with such a file
	}
	fields := group{}
	for _, g := range groups(string(feedback.Body[:min(len(feedback.Body), maxReport)])) {
		for k, v := range g {
			if fields[k] == "" {
				fields[k] = v
			}
		}
	}
	v := Verdict{Nature: channels.NatureNotice, Originals: originals(m)}
	switch kind := strings.ToLower(fields["feedback-type"]); kind {
	case "not-spam", "auth-failure", "dmarc", "":
		return v, true
	default: // abuse, fraud, virus, opt-out, miscategorized, other
		v.Nature = channels.NatureComplaint
	}
	if at := complainer(fields["original-rcpt-to"]); at != "" {
		v.Recipients = append(v.Recipients, Recipient{Address: at})
	} else if at := complainer(originalRecipient(m)); at != "" {
		v.Recipients = append(v.Recipients, Recipient{Address: at})
	}
	return v, true
}

// complainer is an address unless it was made unreadable.
func complainer(value string) string {
	at := recipientIn(value)
	if !strings.Contains(at, "@") || strings.Contains(strings.ToLower(at), "redacted") || strings.HasPrefix(at, "xxx") {
		return ""
	}
	return at
}

// hotmail judges the complaints of Microsoft's feedback loop, which are not in the format.
func hotmail(m Mail) (Verdict, bool) {
	from := strings.ToLower(m.author())
	if from != "staff@hotmail.com" && from != "staff@outlook.com" || !strings.HasPrefix(strings.ToLower(strings.TrimSpace(m.Subject)), "complaint about message from") {
		return Verdict{}, false
	}
	if _, carries := m.part("message/rfc822"); !carries {
		return Verdict{}, false
	}
	v := Verdict{Nature: channels.NatureComplaint, Originals: originals(m)}
	if at := originalRecipient(m); at != "" {
		v.Recipients = append(v.Recipients, Recipient{Address: at})
	}
	return v, true
}
