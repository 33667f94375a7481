package report

import (
	"regexp"
	"strings"
)

// statusReport reads the per-recipient groups of a delivery status (RFC 3464, 2.3). It is
// not ok if there is no group at all. The text of a bounce whose MIME is broken, or that
// repeats the groups in words, serves as well.
func statusReport(body string) ([]Recipient, bool) {
	if len(body) > maxReport {
		body = body[:maxReport]
	}
	var out []Recipient
	for _, g := range groups(body) {
		_, hasAction := g["action"]
		_, hasStatus := g["status"]
		if g["final-recipient"] == "" && g["original-recipient"] == "" && !(hasAction && hasStatus) {
			continue
		}
		if !hasAction && !hasStatus && g["diagnostic-code"] == "" {
			continue
		}
		out = append(out, g.recipient())
		if len(out) == maxRecipients {
			break
		}
	}
	return out, len(out) > 0
}

// group is one block of fields, names in lower case.
type group map[string]string

// groups takes a delivery status apart at its blank lines; continued lines are joined. A
// field that comes again starts a group of its own: some writers forget the blank line.
func groups(body string) []group {
	body = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(body)
	var out []group
	g, last := group{}, ""
	flush := func() {
		if len(g) > 0 {
			out = append(out, g)
		}
		g, last = group{}, ""
	}
	for line := range strings.SplitSeq(body, "\n") {
		if len(out) == maxGroups {
			return out
		}
		switch {
		case strings.TrimSpace(line) == "":
			// Nothing but a real group ends here: some put a blank line after every field.
			if g["action"] != "" || g["status"] != "" || g["reporting-mta"] != "" {
				flush()
			}
			last = ""
			continue
		case line[0] == ' ' || line[0] == '\t':
			if last != "" && len(g[last]) < 4<<10 {
				g[last] += " " + strings.TrimSpace(line)
			}
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || len(name) > 40 || strings.ContainsAny(name, " \t<>") {
			last = ""
			continue
		}
		if _, again := g[name]; again && name == "final-recipient" {
			flush()
		}
		if _, again := g[name]; !again {
			g[name] = strings.TrimSpace(value)
			last = name
		} else {
			last = ""
		}
	}
	flush()
	return out
}

// statusField finds the code at the start of a Status field.
var statusField = regexp.MustCompile(`^\s*([245]\.\d{1,3}\.\d{1,3})`)

// recipient judges one group.
func (g group) recipient() Recipient {
	diagnosis := g["diagnostic-code"]
	if kind, words, ok := strings.Cut(diagnosis, ";"); ok && len(kind) < 40 {
		diagnosis = strings.TrimSpace(words)
	}
	r := Recipient{Address: recipientIn(g["final-recipient"]), Text: reason(diagnosis)}
	if original := recipientIn(g["original-recipient"]); strings.Contains(original, "@") {
		// What the sender wrote to; the final one may be an alias behind it.
		r.Address = original
	}
	status := ""
	if found := statusField.FindStringSubmatch(g["status"]); found != nil {
		status = found[1]
	}
	said := codeIn(diagnosis)
	r.Code = status
	if said.text != "" && (status == "" || strings.HasSuffix(status, ".0.0") && said.class() == status[0]) {
		r.Code = said.text
	}
	if r.Code == "" {
		r.Code = said.reply
	}
	if r.Text == "" {
		r.Text = reason(g["status"])
	}
	r.Outcome = g.outcome(status, said, diagnosis)
	return r
}

// outcome applies RFC 3464, 2.3.3: only what failed, failed.
func (g group) outcome(status string, said code, diagnosis string) Outcome {
	action, _, _ := strings.Cut(strings.ToLower(g["action"]), " ")
	switch strings.Trim(action, "();") {
	case "failed", "failure", "expired", "undeliverable":
	case "":
		if status == "" || status[0] == '2' {
			return None
		}
	default: // delayed, delivered, relayed, expanded, and what others make up
		return None
	}
	switch {
	case strings.HasPrefix(status, "4"):
		return Soft
	case strings.HasPrefix(status, "5"):
		if strings.HasSuffix(status, ".0.0") && said.class() == '4' {
			return Soft
		}
		return Hard
	case said.class() == '5':
		return Hard
	case said.class() == '4':
		return Soft
	}
	return inWords(diagnosis)
}

// recipientIn takes the address out of "rfc822; <a@example.org>".
func recipientIn(value string) string {
	if _, after, ok := strings.Cut(value, ";"); ok {
		value = after
	}
	value = strings.TrimSpace(value)
	if at := addressIn(value); at != "" {
		return clip(at, 320)
	}
	return clip(strings.Trim(value, "<> "), 320)
}

// reason makes one line of bounded length of a server's words.
func reason(s string) string {
	return clip(strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " "), maxReason)
}

func clip(s string, n int) string {
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return s
}
