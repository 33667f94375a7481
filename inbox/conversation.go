package inbox

import (
	"cmp"
	"strings"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
)

// The ids of this room's nouns, and of the agents and teams that others keep.
type (
	ConversationID int64
	MessageID      int64
	FileID         int64
	LabelID        int64
	AgentID        int64
	TeamID         int64
)

// Status says whether a conversation wants attention.
type Status string

// The statuses of a conversation.
const (
	Open    Status = "open"
	Pending Status = "pending" // waits for the contact
	Snoozed Status = "snoozed" // comes back by itself
	Closed  Status = "closed"
)

// Priority is how urgent a conversation is.
type Priority string

// The priorities.
const (
	Low    Priority = "low"
	Normal Priority = "normal"
	High   Priority = "high"
	Urgent Priority = "urgent"
)

// Conversation is one episode of one thread (account, chat). Zero ids and times mean none.
type Conversation struct {
	ID             ConversationID
	Number         int64 // unique, for people
	AccountID      channels.AccountID
	Chat           string
	ContactID      contact.ID
	IdentityID     contact.IdentityID // who answers go to
	Subject        string
	Status         Status
	Unanswered     bool
	WaitingSince   time.Time // the first message not answered yet
	AssigneeID     AgentID
	TeamID         TeamID
	Priority       Priority
	SnoozedUntil   time.Time
	Seq            int64 // of the last message
	LastText       string
	LastDirection  Direction
	LastAuthor     string    // of an inbound last one that is not from whom the conversation is with; "" = it is
	AnswerID       MessageID // our last message; 0 = none, or none that was worth noting
	LastAt         time.Time
	LastInboundAt  time.Time
	LastOutboundAt time.Time
	WroteAt        time.Time // when the contact last wrote, by the network's clock where it says earlier than ours
	LeadID         pipeline.LeadID
	RequestID      pipeline.RequestID
	MergedInto     ConversationID
	SpamAt         time.Time // when people put it aside as spam; zero = they did not
	Followed       bool      // somebody follows it
	ClosedAt       time.Time
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// Sight is what decides who may see the conversation.
func (c *Conversation) Sight() actor.Sight {
	return actor.Sight{AccountID: int64(c.AccountID), TeamID: int64(c.TeamID), AgentID: int64(c.AssigneeID)}
}

// Row is a conversation as lists and panels show it.
type Row struct {
	Conversation
	ContactName string
	AccountKind channels.Kind
	Labels      []LabelID
	ReadSeq     int64 // of the viewer
	Pinned      bool  // by the viewer
	Following   bool  // the viewer is
	Answer      State // of our last message; "" = there is none
	// DueAt is the earliest deadline that runs or was missed; Clocks are the last of each
	// metric.
	DueAt  time.Time
	Clocks []Clock
}

// Clock is a promise of service as lists show it; package router/clocks keeps them.
type Clock struct {
	Metric string // first_response, next_response, resolution
	State  string // running, paused, met, breached
	DueAt  time.Time
	WarnAt time.Time // when it becomes urgent; zero = it has no warning
	Ended  time.Time // zero while it counts
	Moved  time.Time // when it was changed last
	Policy int64
}

// PreviewRunes is how much of the last message a list shows.
const PreviewRunes = 200

// Note puts a message into the conversation's summary. The message must have its seq.
// Notes and late historic messages do not change who spoke last.
func (c *Conversation) Note(m *Message) {
	if m.Seq > c.Seq {
		c.Seq = m.Seq
	}
	if m.Kind != KindMessage {
		return
	}
	if !m.CreatedAt.Before(c.LastAt) {
		c.LastText = m.Line()
		c.LastDirection = m.Direction
		c.LastAt = m.CreatedAt
		c.LastAuthor = c.stranger(m)
	}
	switch m.Direction {
	case Inbound:
		c.LastInboundAt, c.WroteAt = later(c.LastInboundAt, m.CreatedAt), later(c.WroteAt, m.Written())
	case Outbound:
		if m.CreatedAt.After(c.LastOutboundAt) {
			c.LastOutboundAt, c.AnswerID = m.CreatedAt, m.ID
		}
	}
}

// Shows tells whether a message that is about to change is what lists show of the conversation: its last one but for notes.
func (c *Conversation) Shows(m *Message) bool {
	if m.Kind != KindMessage || c.ID != m.ConversationID {
		return false
	}
	// Of messages that came in one moment it is the one that says what is shown; kinds of media are not known here.
	same := m.CreatedAt.Equal(c.LastAt) && m.Direction == c.LastDirection
	return c.Seq == m.Seq || same && (len(m.Media) > 0 || c.LastText == m.Line())
}

// authorRunes is how much of an author's name a list shows.
const authorRunes = 60

// stranger names the author of a message who is not whom the conversation is with, such as somebody
// else in a thread of mails or the machine that returns them; "" for everybody else.
func (c *Conversation) stranger(m *Message) string {
	if m.Direction != Inbound || m.Author.Kind == "contact" && m.Author.ID == int64(c.ContactID) {
		return ""
	}
	name := m.Author.Name
	if m.From != nil {
		name = cmp.Or(m.From.Name, name, m.From.Address)
	}
	runes := []rune(strings.Join(strings.Fields(name), " "))
	return string(runes[:min(len(runes), authorRunes)])
}

// Trouble is the state of our last message when it did not arrive or nobody knows; "" otherwise.
func (r Row) Trouble() State {
	if r.Answer == Failed || r.Answer == Uncertain {
		return r.Answer
	}
	return ""
}

// Wait marks the conversation as waiting for an answer since at.
func (c *Conversation) Wait(at time.Time) {
	if !c.Unanswered {
		c.Unanswered = true
		c.WaitingSince = at
	}
}

// Answered clears the wait.
func (c *Conversation) Answered() {
	c.Unanswered = false
	c.WaitingSince = time.Time{}
}

// Absorb takes over what another conversation says that turned out to be part of this
// one, and leaves that one closed and empty. Its messages are moved elsewhere.
func (c *Conversation) Absorb(gone *Conversation, now time.Time) {
	c.Seq += gone.Seq
	if gone.Unanswered && (!c.Unanswered || gone.WaitingSince.Before(c.WaitingSince)) {
		c.Unanswered, c.WaitingSince = true, gone.WaitingSince
	}
	if gone.LastAt.After(c.LastAt) {
		c.LastText, c.LastDirection, c.LastAt, c.LastAuthor = gone.LastText, gone.LastDirection, gone.LastAt, gone.LastAuthor
	}
	if gone.LastOutboundAt.After(c.LastOutboundAt) {
		c.AnswerID = gone.AnswerID
	}
	c.LastInboundAt, c.LastOutboundAt = later(c.LastInboundAt, gone.LastInboundAt), later(c.LastOutboundAt, gone.LastOutboundAt)
	c.WroteAt = later(c.WroteAt, gone.WroteAt)
	if c.LeadID == 0 {
		c.LeadID = gone.LeadID
	}
	if c.RequestID == 0 {
		c.RequestID = gone.RequestID
	}
	if c.AssigneeID == 0 {
		c.AssigneeID = gone.AssigneeID
	}
	if c.Subject == "" {
		c.Subject = gone.Subject
	}
	c.Followed = c.Followed || gone.Followed
	gone.Answered()
	gone.AnswerID, gone.SpamAt, gone.Followed = 0, time.Time{}, false
	gone.Seq, gone.MergedInto, gone.SnoozedUntil = 0, c.ID, time.Time{}
	if gone.Status != Closed {
		gone.Status, gone.ClosedAt = Closed, now
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
