package report

import (
	"regexp"
	"strings"
)

// idLine finds a Message-ID in a header that a report carries or repeats, with any quote
// mark before it.
var idLine = regexp.MustCompile(`(?im)^[ \t>|]*(?:original-)?message-id[ \t]*:\s*<?([^<>\s]{1,500}@[^<>\s]{1,500}|[^<>\s]{1,998})>?`)

var angled = regexp.MustCompile(`<([^<>\s]{1,998})>`)

// originals are the Message-IDs of what a report is about: from the mail or header it
// carries, from its text, and last from what it says it answers.
func originals(m Mail) []string {
	own := strings.Trim(m.first("Message-ID"), "<> ")
	var out []string
	add := func(id string) {
		id = strings.TrimSpace(id)
		if id == "" || id == own || len(out) == maxOriginals {
			return
		}
		for _, o := range out {
			if o == id {
				return
			}
		}
		out = append(out, id)
	}
	for _, p := range m.own() {
		switch p.Type {
		case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers":
			if found := idLine.FindStringSubmatch(unfold(headerOf(p.Body))); found != nil {
				add(found[1])
			}
		case "message/disposition-notification", "message/feedback-report":
			if found := idLine.FindStringSubmatch(unfold(string(p.Body[:min(len(p.Body), maxReport)]))); found != nil {
				add(found[1])
			}
		}
	}
	if len(out) == 0 {
		for _, found := range idLine.FindAllStringSubmatch(unfold(m.Text[:min(len(m.Text), maxReport)]), maxOriginals) {
			add(found[1])
		}
	}
	for _, name := range []string{"In-Reply-To", "X-Original-Message-ID", "References"} {
		ids := angled.FindAllStringSubmatch(m.first(name), -1)
		for i := len(ids) - 1; i >= 0; i-- { // the nearest first
			add(ids[i][1])
		}
	}
	return out
}

// headerOf is the header of a mail that a part carries.
func headerOf(body []byte) string {
	s := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(body[:min(len(body), maxReport)]))
	s = strings.TrimLeft(s, "\n")
	if at := strings.Index(s, "\n\n"); at >= 0 {
		s = s[:at]
	}
	return s
}

// unfold joins continued header lines.
func unfold(s string) string {
	return strings.NewReplacer("\r\n", "\n", "\n ", " ", "\n\t", " ").Replace(s)
}

var toLine = regexp.MustCompile(`(?im)^[ \t>|]*to[ \t]*:([^\n]*)`)

// originalRecipient is whom the mail that a bounce carries was for, if there was just one.
func originalRecipient(m Mail) string {
	heads := []string{}
	if p, ok := m.part("message/rfc822", "message/global", "text/rfc822-headers"); ok {
		heads = append(heads, headerOf(p.Body))
	} else {
		text := m.Text[:min(len(m.Text), maxText)]
		if rest := strings.TrimPrefix(text, head(text)); rest != text {
			heads = append(heads, rest)
		}
	}
	for _, h := range heads {
		if found := toLine.FindStringSubmatch(unfold(h)); found != nil {
			if all := address.FindAllString(found[1], 2); len(all) == 1 {
				return all[0]
			}
		}
	}
	return ""
}
