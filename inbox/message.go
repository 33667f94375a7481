package inbox

import (
	"strings"
	"time"

	"parley/channels"
	"parley/inbox/actor"
)

// Direction tells which way a message went.
type Direction string

// The directions of a message. Notes and system lines are outbound: our side made them.
const (
	Inbound  Direction = "inbound"
	Outbound Direction = "outbound"
)

// MessageKind tells messages from notes.
type MessageKind string

// The kinds of messages.
const (
	KindMessage MessageKind = "message"
	KindNote    MessageKind = "note"
	KindSystem  MessageKind = "system"
)

// State is the truth about a message's delivery.
type State string

// The states of a message: received → read by our side, when inbound; queued → sending → sent → delivered
// → read, or failed, or uncertain; scheduled and held wait for their release.
const (
	Received  State = "received"
	Queued    State = "queued"
	Sending   State = "sending"
	Sent      State = "sent"
	Delivered State = "delivered"
	Read      State = "read"
	Failed    State = "failed"
	Uncertain State = "uncertain"
	Scheduled State = "scheduled"
	Held      State = "held"
)

// Advances tells whether a network's report may move a message from one state to
// another: never back, and never out of nothing.
func (s State) Advances(to State) bool { return rank(to) > rank(s) && rank(s) > 0 }

func rank(s State) int {
	switch s {
	case Uncertain, Sending:
		return 1
	case Sent:
		return 2
	case Delivered:
		return 3
	case Read:
		return 4
	case Failed:
		return 5 // a network may take back what it accepted, also after delivery was claimed
	default:
		return 0
	}
}

// Author is who wrote a message. Name is filled when messages are read.
type Author struct {
	Kind string // contact, agent, api, bot, system, network
	ID   int64
	Name string
}

// Message is one message, note or system line of a conversation.
type Message struct {
	ID             MessageID
	ConversationID ConversationID
	AccountID      channels.AccountID
	Seq            int64 // gapless in its conversation; 0 = not released yet
	Direction      Direction
	Kind           MessageKind
	Author         Author
	Text           string
	HTML           string // sanitised
	Files          []File
	Media          []Media // announced; the place in the list is its position
	Album          string  // joins messages that were sent as one
	ReplyTo        MessageID
	State          State
	ErrorCode      string
	ErrorText      string
	RemoteID       string // the network's id
	EventKey       string // inbound: the event that brought it; ours: its writer's own name for it, or ""
	Reaction       string // the contact's reaction
	Cause          actor.Cause
	ReleaseAt      time.Time // when an unreleased one goes out
	SentAt         time.Time
	EditedAt       time.Time
	DeletedAt      time.Time
	CreatedAt      time.Time
	UpdatedAt      time.Time
	Amendments     []Amendment // filled when messages are read
	Mail
	Interactive
	Way
}

// Written is when a message was written, by the network's clock where that says earlier than ours:
// it may have been on its way for hours. A clock that is ahead is not believed.
func (m *Message) Written() time.Time {
	if m.SentAt.IsZero() || m.SentAt.After(m.CreatedAt) {
		return m.CreatedAt
	}
	return m.SentAt.UTC().Truncate(time.Microsecond)
}

// File is an attachment: stored bytes and what they are called.
type File struct {
	ID        FileID
	Hash      string
	Name      string
	Type      string
	Size      int64
	OwnerKind string // who uploaded: agent, visitor, api, network
	OwnerID   int64
	CreatedAt time.Time
	// ContentID is how its message's HTML names it ("cid:…", without the scheme); Inline
	// is set for a file that is part of the text, not beside it.
	ContentID string
	Inline    bool
	// Copied marks a new row for bytes that another message's file has as well.
	Copied bool
}

// Preview is the first PreviewRunes of a text on one line.
func Preview(text string, files int) string {
	line := strings.Join(strings.Fields(head(text, 4*PreviewRunes*4)), " ")
	if line == "" && files > 0 {
		return "📎"
	}
	n := 0
	for i := range line {
		if n == PreviewRunes {
			return line[:i]
		}
		n++
	}
	return line
}

// head cuts a string to at most n bytes on a rune boundary, so that previews of huge
// texts do not read them whole.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
