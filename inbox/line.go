package inbox

import (
	"strings"

	"parley/channels"
)

// Line is what lists show of a message: its text, or what it holds instead.
func (m *Message) Line() string {
	line := Preview(m.said(), len(m.Files)+len(m.Media))
	if line != "📎" || len(m.Media) == 0 || len(m.Files) > 0 {
		return line
	}
	switch m.Media[0].Kind {
	case channels.MediaPhoto:
		return "📷"
	case channels.MediaVoice:
		return "🎤"
	case channels.MediaVideo, channels.MediaAnimation:
		return "🎬"
	}
	return line
}

// said is what the author of a message says in it. A mail of ours holds its signature, what it
// quotes and what it forwards within its text, in the form that internal/plaintext and forward
// give them; those that come in have Quoted for that.
func (m *Message) said() string {
	if m.Direction != Outbound || m.From == nil {
		return m.Text
	}
	var said, waiting []string // waiting: what may turn out to introduce a quotation
	for line := range strings.Lines(head(m.Text, maxLine)) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "-- " || m.Forwards && strings.HasPrefix(line, forwardMark):
			return m.unless(said, waiting)
		case strings.HasPrefix(line, ">"):
			waiting = nil
		case strings.HasSuffix(strings.TrimSpace(line), ":"):
			said, waiting = append(said, waiting...), []string{line}
		case strings.TrimSpace(line) == "" && waiting != nil:
		default:
			said, waiting = append(append(said, waiting...), line), nil
		}
	}
	return m.unless(said, waiting)
}

// unless joins what was said; a mail that says nothing of its own has its subject when it
// forwards another, or else all that it holds.
func (m *Message) unless(said, waiting []string) string {
	text := strings.TrimSpace(strings.Join(append(said, waiting...), "\n"))
	switch {
	case text != "":
		return text
	case m.Forwards:
		return m.Subject
	}
	return m.Text
}

// forwardMark begins the block that says whose the mail is that is forwarded below.
const forwardMark = "---------- "

// maxLine is how much of a text is looked through for a line of it, in bytes: quotations
// may stand above the answer.
const maxLine = 32 << 10
