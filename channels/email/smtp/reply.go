package smtp

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"parley/channels/email/connect"
)

// reply is what a server said to a command. Lines of the text are parted by LF.
type reply struct {
	code int
	text string
}

func (r reply) ok() bool      { return r.code/100 == 2 }
func (r reply) refuses() bool { return r.code/100 == 4 || r.code/100 == 5 }

// parseLine reads a line of an answer; more says that others follow.
func parseLine(line string) (code int, text string, more, ok bool) {
	if len(line) < 3 || line[0] < '2' || line[0] > '5' {
		return 0, "", false, false
	}
	code, err := strconv.Atoi(line[:3])
	if err != nil || len(line) > 3 && line[3] != ' ' && line[3] != '-' {
		return 0, "", false, false
	}
	if len(line) > 4 {
		text = line[4:]
	}
	return code, text, len(line) > 3 && line[3] == '-', true
}

// status recognises an enhanced status code at the beginning of a line (RFC 3463).
var status = regexp.MustCompile(`^([245])\.(\d{1,3})\.(\d{1,3})(?:\s|$)`)

// enhanced is the enhanced status code, such as "5.1.1", "" when there is none.
func (r reply) enhanced() string {
	return strings.TrimSpace(status.FindString(r.text))
}

// topic is the enhanced code without its class: "1.1" for both 4.1.1 and 5.1.1.
func (r reply) topic() string {
	_, topic, _ := strings.Cut(r.enhanced(), ".")
	return topic
}

// about tells whether the enhanced code is one of the topics, or of a whole subject such as "7".
func (r reply) about(topics ...string) bool {
	topic := r.topic()
	subject, _, _ := strings.Cut(topic, ".")
	for _, t := range topics {
		if topic != "" && (t == topic || t == subject) {
			return true
		}
	}
	return false
}

// says tells whether one of the words, in lower case, stands in the text.
func (r reply) says(words ...string) bool {
	text := strings.ToLower(r.text)
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// said makes an answer fit to be shown: one line, its status code once, no secrets.
func (ss *session) said(r reply) string {
	text := r.text
	if code := r.enhanced(); code != "" { // servers repeat it on every line
		first, rest, _ := strings.Cut(text, "\n")
		text = first + " " + strings.ReplaceAll(strings.TrimPrefix(rest, code), "\n"+code, " ")
	}
	return strconv.Itoa(r.code) + " " + connect.Said(text, ss.hidden...)
}

// wait recognises how long a server asks to wait, as greylisting and rate limits say it.
var wait = regexp.MustCompile(`(?i)\b(?:in|after|wait|for)\s+(?:about\s+|at least\s+)?(\d{1,5})\s*(s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?)\b`)

// The bounds of a wait that a server may ask for.
const (
	minWait = time.Second
	maxWait = 6 * time.Hour
)

// asks returns how long the server asks to wait, 0 when it does not say.
func (r reply) asks() time.Duration {
	m := wait.FindStringSubmatch(r.text)
	if m == nil {
		return 0
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return 0
	}
	unit := time.Second
	switch m[2][0] {
	case 'm', 'M':
		unit = time.Minute
	case 'h', 'H':
		unit = time.Hour
	}
	return min(max(time.Duration(n)*unit, minWait), maxWait)
}
