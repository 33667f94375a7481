package inbox

import (
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/inbox/suppression"
)

// Changes is everything one operation writes, collected in memory and saved by one
// set of statements in the operation's transaction. Pointers are rows as they shall
// be; a row appears once however often it changed.
type Changes struct {
	Contacts      []*contact.Contact
	Identities    []*contact.Identity
	Conversations []*Conversation
	NewMessages   []*Message
	Messages      []*Message // existing ones
	Files         []*File    // new ones
	Attached      []Attached // files of existing messages
	Media         []MediaRow // new and changed ones
	Parts         []Part
	Leads         []*pipeline.Lead
	Requests      []*pipeline.Request
	Received      []ReceivedEvent
	Parked        []Parked
	Unparked      []int64 // ids of Parked rows that have been applied
	Cursors       []Cursor
	Queue         []OutboxItem
	Unqueue       []MessageID
	Amendments    []*Amendment  // new ones
	Unamend       []AmendmentID // that are taken back, but for what is being carried out
	Labels        []LabelSet
	Timeline      []Entry
	Feed          []Notice
	FollowUps     []FollowUp

	Origins      []Origin // of new conversations
	Suppressions []suppression.Suppression
	Allowed      []suppression.Key // suppressions that are lifted
	Mentions     []*Mention        // new and changed ones
	Participants []Participant
	Joins        []Join // in this order, after everything else about conversations
	Blobs        []EventBlob
	Duplicates   []*Duplicate
	Late         []ReceivedEvent // outcomes of parked events, by account and key
}

// ReceivedEvent is one row of the account's log of events; its key is what makes a
// redelivery harmless.
type ReceivedEvent struct {
	ID             int64
	AccountID      channels.AccountID
	Key            channels.EventKey
	At             time.Time
	Outcome        channels.OutcomeKind
	MessageID      MessageID
	ConversationID ConversationID
	Raw            string
	Error          string
	Original       string // hash of the file that it came in, read for the quarantine alone; "" = none
}

// Part is the network's id of a further message that one of the inbox consists of, such as a
// later file of an album.
type Part struct {
	AccountID channels.AccountID
	RemoteID  string
	MessageID MessageID
}

// Parked is an event that waits for the message it refers to.
type Parked struct {
	ID        int64
	AccountID channels.AccountID
	RemoteID  string
	Event     channels.Event
	At        time.Time
}

// Cursor is where a stream of an account stands.
type Cursor struct {
	AccountID channels.AccountID
	Stream    string
	Value     string
}

// OutboxItem queues a released message for sending.
type OutboxItem struct {
	MessageID      MessageID
	AccountID      channels.AccountID
	ConversationID ConversationID
	Seq            int64
	NotBefore      time.Time
}

// LabelSet is the whole set of labels of a conversation.
type LabelSet struct {
	ConversationID ConversationID
	Labels         []LabelID
}

// Entry is a line of the timeline: what happened besides messages, and why.
type Entry struct {
	ID             int64
	ConversationID ConversationID
	At             time.Time
	Type           string // status, assignment, team, priority, label, lead, request, snooze, contact, answered
	Cause          actor.Cause
	Data           map[string]any
}

// Notice is a row of the event feed: something that open pages want to know.
type Notice struct {
	At             time.Time
	Type           string // conversation.created, message.created, …
	ObjectID       int64
	ConversationID ConversationID
	Cause          actor.Cause
	// Moved is set when the object left someone's sight; Was is what it was seen by.
	Moved bool
	Was   actor.Sight
}

// FollowUp is durable work that the change leaves behind, run after the commit, in
// order and one at a time per key.
type FollowUp struct {
	Kind    string
	Key     string
	Payload string
	Due     time.Time
	// Together says that jobs of the kind are worked on many at a time.
	Together bool
}

// Conversation marks c as changed and tells open pages so.
func (ch *Changes) Conversation(c *Conversation, cause actor.Cause, now time.Time) {
	c.UpdatedAt = now
	for _, have := range ch.Conversations {
		if have == c {
			return
		}
	}
	ch.Conversations = append(ch.Conversations, c)
	ch.notice("conversation.updated", int64(c.ID), c.ID, cause, now)
}

// Renew tells open pages that a conversation shows differently though nothing of its own changed:
// what became of its last answer is part of how lists show it.
func (ch *Changes) Renew(id ConversationID, cause actor.Cause, now time.Time) {
	for i := range ch.Feed {
		if n := &ch.Feed[i]; n.ObjectID == int64(id) && (n.Type == "conversation.updated" || n.Type == "conversation.created") {
			return
		}
	}
	ch.notice("conversation.updated", int64(id), id, cause, now)
}

// Created records a new conversation.
func (ch *Changes) Created(c *Conversation, cause actor.Cause, now time.Time) {
	ch.Conversations = append(ch.Conversations, c)
	ch.notice("conversation.created", int64(c.ID), c.ID, cause, now)
}

// Message records a new message and tells open pages.
func (ch *Changes) Message(m *Message, now time.Time) {
	ch.NewMessages = append(ch.NewMessages, m)
	ch.notice("message.created", int64(m.ID), m.ConversationID, m.Cause, now)
}

// Update marks an existing message as changed and tells open pages.
func (ch *Changes) Update(m *Message, cause actor.Cause, now time.Time) {
	m.UpdatedAt = now
	for _, have := range ch.Messages {
		if have == m {
			return
		}
	}
	for _, have := range ch.NewMessages {
		if have == m {
			return // it is written, and told of, as new
		}
	}
	ch.Messages = append(ch.Messages, m)
	ch.notice("message.updated", int64(m.ID), m.ConversationID, cause, now)
}

// Lead records a new or changed lead; kind is "lead.created" or "lead.updated".
func (ch *Changes) Lead(l *pipeline.Lead, kind string, cause actor.Cause, now time.Time) {
	l.UpdatedAt = now
	for _, have := range ch.Leads {
		if have == l {
			return
		}
	}
	ch.Leads = append(ch.Leads, l)
	ch.notice(kind, int64(l.ID), ConversationID(l.ConversationID), cause, now)
}

// Request records a new or changed request; kind is "request.created" or "request.updated".
func (ch *Changes) Request(r *pipeline.Request, kind string, cause actor.Cause, now time.Time) {
	r.UpdatedAt = now
	for _, have := range ch.Requests {
		if have == r {
			return
		}
	}
	ch.Requests = append(ch.Requests, r)
	ch.notice(kind, int64(r.ID), ConversationID(r.ConversationID), cause, now)
}

// Contact records a new or changed contact; kind is "contact.created" or "contact.updated".
func (ch *Changes) Contact(p *contact.Contact, kind string, cause actor.Cause, now time.Time) {
	p.UpdatedAt = now
	for _, have := range ch.Contacts {
		if have == p {
			return
		}
	}
	ch.Contacts = append(ch.Contacts, p)
	ch.notice(kind, int64(p.ID), 0, cause, now)
}

// MessagesMoved is the notice of a conversation to which messages of another one have come, however many: who shows
// it reads it on from what they know.
const MessagesMoved = "messages.moved"

// Enter adds a line to the timeline.
func (ch *Changes) Enter(id int64, c ConversationID, typ string, cause actor.Cause, now time.Time, data map[string]any) {
	ch.Timeline = append(ch.Timeline, Entry{ID: id, ConversationID: c, At: now, Type: typ, Cause: cause, Data: data})
}

// Moved tells those who saw the conversation before that it left their sight.
func (ch *Changes) Moved(c *Conversation, was actor.Sight, cause actor.Cause, now time.Time) {
	for i := range ch.Feed {
		n := &ch.Feed[i]
		if n.Type == "conversation.updated" && n.ObjectID == int64(c.ID) {
			if !n.Moved {
				n.Moved, n.Was = true, was
			}
			return
		}
	}
	ch.Feed = append(ch.Feed, Notice{At: now, Type: "conversation.updated", ObjectID: int64(c.ID), ConversationID: c.ID, Cause: cause, Moved: true, Was: was})
}

func (ch *Changes) notice(typ string, id int64, c ConversationID, cause actor.Cause, now time.Time) {
	ch.Feed = append(ch.Feed, Notice{At: now, Type: typ, ObjectID: id, ConversationID: c, Cause: cause})
}
