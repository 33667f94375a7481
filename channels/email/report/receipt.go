package report

import (
	"strings"

	"parley/channels"
)

// readReceipt judges the notifications that a program sends when it showed our mail, or did
// something else with it (RFC 8098).
func readReceipt(m Mail) (Verdict, bool) {
	if m.reportType() != "disposition-notification" || forwarded(m) {
		return Verdict{}, false
	}
	notice, found := m.part("message/disposition-notification", "message/global-disposition-notification")
	if !found {
		return Verdict{}, false
	}
	v := Verdict{Nature: channels.NatureAutoReply, Originals: originals(m)}
	fields := group{}
	for _, g := range groups(string(notice.Body[:min(len(notice.Body), maxReport)])) {
		for k, value := range g {
			if fields[k] == "" {
				fields[k] = value
			}
		}
	}
	// "manual-action/MDN-sent-manually; displayed/warning"
	_, did, _ := strings.Cut(fields["disposition"], ";")
	did, _, _ = strings.Cut(did, "/")
	switch strings.ToLower(strings.TrimSpace(did)) {
	case "displayed":
		v.Reached = channels.Read
	case "dispatched", "processed":
		v.Reached = channels.Delivered
	default: // deleted unread, denied, failed
		return v, true
	}
	for _, name := range []string{"original-recipient", "final-recipient"} {
		if at := recipientIn(fields[name]); strings.Contains(at, "@") {
			v.Recipients = []Recipient{{Address: at}}
			break
		}
	}
	return v, true
}
