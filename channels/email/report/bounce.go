package report

import (
	"regexp"
	"strings"

	"parley/channels"
)

// bounce judges what mail systems send about mails that they could not deliver. It is ok
// for everything that such a system says, so that a mere delay is not taken for anything
// else: that is a notice.
func bounce(m Mail) (Verdict, bool) {
	if forwarded(m) {
		return Verdict{}, false
	}
	if v, ok := cloudReport(m); ok {
		return v, true
	}
	machine := daemon(m)
	status, found := m.part("message/delivery-status", "message/global-delivery-status")
	if found && (machine || m.reportType() == "delivery-status") {
		if rs, ok := statusReport(string(status.Body)); ok {
			return verdictOf(m, rs), true
		}
	}
	if !machine && !carrier(m) {
		return Verdict{}, false
	}
	if autoReply(m) && !daemonName(m) && m.reportType() == "" {
		return Verdict{}, false // somebody is absent
	}
	body := head(m.Text)
	if rs, ok := statusReport(body); ok {
		return verdictOf(m, rs), true
	}
	if delayed(m, body) {
		return verdictOf(m, nil), true
	}
	if !failed(m, body) {
		return Verdict{}, false
	}
	return verdictOf(m, textRecipients(m, body)), true
}

// verdictOf makes the verdict about the recipients: no failure among them, no bounce.
func verdictOf(m Mail, rs []Recipient) Verdict {
	v := Verdict{Nature: channels.NatureNotice, Outcome: worst(rs), Originals: originals(m)}
	for _, r := range rs {
		if r.Outcome != None && len(v.Recipients) < maxRecipients {
			v.Recipients = append(v.Recipients, r)
		}
	}
	if v.Outcome != None {
		v.Nature = channels.NatureBounce
	}
	return v
}

// daemons are the local parts that mail systems write from.
var daemons = regexp.MustCompile(`(?i)^(?:mailer[-_.]?daemon|mail[-_.]?daemon|post[-_.]?master|mail\.delivery\.system|maildelivery|mail-delivery-system|mdaemon|bounce-daemon)(?:\+.*)?$`)

// daemonNames are the names they write under.
var daemonNames = regexp.MustCompile(`(?i)mail(?:er)?[ -]?(?:delivery|deliver|daemon)[ -]?(?:sub)?(?:system|service)?|\bNDR\b|system administrator|postmaster`)

// daemonName reports whether the author is a mail system by name.
func daemonName(m Mail) bool {
	from := m.first("From")
	at := m.author()
	local, _, _ := strings.Cut(at, "@")
	if at == "" {
		// "MAILER-DAEMON <>", "MAILER-DAEMON" or nothing at all
		local = strings.Trim(strings.TrimSpace(strings.Split(from+"<", "<")[0]), `"<>`)
		return from != "" && (local == "" || daemons.MatchString(local) || daemonNames.MatchString(from))
	}
	return daemons.MatchString(local)
}

// daemon reports whether a mail system sent the mail.
func daemon(m Mail) bool {
	if daemonName(m) {
		return true
	}
	path := addressIn(m.first("Return-Path"))
	if path == "" {
		path = strings.Trim(m.first("Return-Path"), "<> ")
	}
	local, _, _ := strings.Cut(path, "@")
	if local != "" && daemons.MatchString(local) {
		return true
	}
	return m.nullSender() && (daemonNames.MatchString(m.first("From")) || unattended(m.author()) || m.reportType() == "delivery-status")
}

// carrier reports whether a machine that nobody answers brings a whole mail back.
func carrier(m Mail) bool {
	if !unattended(m.author()) {
		return false
	}
	_, carries := m.part("message/rfc822", "text/rfc822-headers")
	return carries
}

// forwards are the marks that programs put before the subject of a mail that somebody
// passes on or answers.
var forwards = regexp.MustCompile(`(?i)^\s*(?:fwd?|fw|wg|tr|rv|enc|i|вп|пересл|re|aw|sv|отв|ha)\s*(?:\[\d+\])?\s*:`)

// forwarded reports whether a person passes something on. Some gateways answer with "Re:"
// themselves.
func forwarded(m Mail) bool {
	return forwards.MatchString(m.Subject) && !daemonName(m) && !m.nullSender()
}

// originalBelow matches the lines under which bounces repeat what bounced.
var originalBelow = regexp.MustCompile(`(?im)^[-=*|> \t]*(?:this is a copy of (?:the|your) message|(?:below|included|enclosed|here) (?:this line )?is (?:a|the) copy of|below this line is a copy|` +
	`(?:unsent|original|returned|undelivered) message(?: info| mail info)?\b|-+original mail info|message header follows|message headers follow|original message (?:follows|headers)|` +
	`the header of the original message|message text follows|original mail as follows|header of the original|копия (?:исходного )?(?:письма|сообщения)|` +
	`original message header|mail header).*$`)

// head is the part of a bounce's text above what it repeats.
func head(text string) string {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ").Replace(text)
	if at := nth(text, '\n', maxLines); at >= 0 {
		text = text[:at]
	}
	for _, at := range originalBelow.FindAllStringIndex(text, 4) {
		if strings.TrimSpace(text[:at[0]]) != "" && !strings.Contains(text[at[0]:at[1]], " was received") && strings.Contains(text[at[0]:], "\n") {
			return text[:at[0]]
		}
	}
	return text
}

// nth is the index of the nth c in s, -1 where there are fewer.
func nth(s string, c byte, n int) int {
	for i := range len(s) {
		if s[i] == c {
			if n--; n == 0 {
				return i
			}
		}
	}
	return -1
}

var (
	waits = regexp.MustCompile(`(?i)warning message only|this is a warning only|do not need to resend|do not need to re-send|` +
		`not yet been delivered|(?:message|mail|delivery|delivered|письм\S+) .{0,60}(?:has been|is|been|was) delayed|will be retried|will (?:continue|keep) (?:to )?(?:try|retry|attempt)|delivery attempts will continue|` +
		`still (?:being|trying|be) (?:retried|attempted|to deliver)|temporary failure report|no action is required on your part|` +
		`доставка .{0,40}задерж|попытки .{0,30}(?:будут )?продолж|пока не (?:удалось )?доставлен`)
	waitsSubject = regexp.MustCompile(`(?i)\bdelay(?:ed)?\b|^warning[:-]|still being retried|could not send (?:mail|message) for past|\(delay\)|задерж|notification: warning`)
	final        = regexp.MustCompile(`(?i)permanent(?:ly)? (?:error|fail|fatal)|failed permanently|returned to sender|(?:giving|given) up|no further (?:delivery )?attempts`)
)

// delayed reports whether a mail system says that it goes on trying.
func delayed(m Mail, body string) bool {
	if final.MatchString(body) && !waitsSubject.MatchString(m.Subject) {
		return false
	}
	return waits.MatchString(body) || waitsSubject.MatchString(m.Subject)
}
