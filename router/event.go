package router

import (
	"slices"
	"strconv"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/pipeline"
)

// Kind says what happened.
type Kind string

// What triggers can listen to. A Timer listens to what starts its clock.
const (
	MessageReceived     Kind = "message.received"
	MessageSent         Kind = "message.sent"
	ConversationCreated Kind = "conversation.created"
	ConversationClosed  Kind = "conversation.closed"
	LeadCreated         Kind = "lead.created"
	RequestCreated      Kind = "request.created"
	ClockWarned         Kind = "clock.warned"   // a promise of service is near its deadline
	ClockBreached       Kind = "clock.breached" // or has missed it
	Timer               Kind = "timer"
	OnSchedule          Kind = "schedule" // the hour of an At, for every conversation that is not closed
	// moved is that something about a conversation changed; clocks before deadlines listen.
	moved Kind = "conversation.updated"
)

// Kinds are all of them, in the order in which they are offered.
func Kinds() []Kind {
	return []Kind{MessageReceived, MessageSent, ConversationCreated, ConversationClosed, LeadCreated, RequestCreated, ClockWarned, ClockBreached, Timer, OnSchedule}
}

// Event is something that happened in a conversation. It is kept in a job until it was
// worked on.
type Event struct {
	Kind Kind `json:"kind"`
	// Key names the event for ever: a trigger runs once per key.
	Key          string               `json:"key"`
	Conversation inbox.ConversationID `json:"conversation,omitempty"`
	Message      inbox.MessageID      `json:"message,omitempty"`
	Lead         pipeline.LeadID      `json:"lead,omitempty"`
	Request      pipeline.RequestID   `json:"request,omitempty"`
	// Automatic says that no person is behind it: a machine's mail, or our own automatic
	// answer. Such events reach only triggers that ask for them.
	Automatic bool      `json:"automatic,omitempty"`
	Depth     int       `json:"depth,omitempty"` // how many automatic causes led here
	At        time.Time `json:"at"`

	// Trigger is set when the event is for one trigger alone: its clock ran out, or it
	// goes on after a wait with the step After of the run Run.
	Trigger TriggerID `json:"trigger,omitempty"`
	Run     RunID     `json:"run,omitempty"`
	After   int       `json:"after,omitempty"`
	// Version and Cursor are of the job that goes through conversations at an At: of which
	// state of the trigger it is, and how far it is.
	Version int64  `json:"version,omitempty"`
	Cursor  string `json:"cursor,omitempty"`
}

// events reads from an operation's changes what happened, in the order in which it is
// told. What was taken over from a network's past is no event.
func events(ch *inbox.Changes) []Event {
	var out []Event
	for i := range ch.Feed {
		if e, ok := noticed(&ch.Feed[i]); ok {
			out = append(out, e)
		}
	}
	for _, m := range ch.NewMessages {
		if e, ok := said(m); ok && m.Seq != 0 {
			out = append(out, e)
		}
	}
	for _, m := range ch.Messages {
		if e, ok := said(m); ok && released(ch, m) {
			out = append(out, e)
		}
	}
	for i := range ch.Timeline {
		if e, ok := closed(&ch.Timeline[i]); ok {
			out = append(out, e)
		}
	}
	begunByMachines(out)
	return slices.DeleteFunc(out, func(e Event) bool { return aside(ch, e.Conversation) })
}

// aside tells whether the changes are of a conversation that people put aside as spam: nobody
// is to react to what happens there.
func aside(ch *inbox.Changes, id inbox.ConversationID) bool {
	return slices.ContainsFunc(ch.Conversations, func(c *inbox.Conversation) bool { return c.ID == id && c.Spam() })
}

// begunByMachines marks conversations that an automatic message began.
func begunByMachines(list []Event) {
	for i := range list {
		if list[i].Kind != ConversationCreated {
			continue
		}
		for _, e := range list {
			if e.Message != 0 && e.Conversation == list[i].Conversation {
				list[i].Automatic = e.Automatic
				list[i].Message = e.Message
				break
			}
		}
	}
}

// noticed reads what came into being.
func noticed(n *inbox.Notice) (Event, bool) {
	e := Event{Kind: Kind(n.Type), Conversation: n.ConversationID, Depth: n.Cause.Depth, At: n.At}
	switch e.Kind {
	case ConversationCreated, ClockWarned, ClockBreached:
	case moved:
		if n.Cause.Kind != actor.Clock { // who else changes a conversation changes no deadline
			return e, false
		}
	case LeadCreated:
		e.Lead = pipeline.LeadID(n.ObjectID)
	case RequestCreated:
		e.Request = pipeline.RequestID(n.ObjectID)
	default:
		return e, false
	}
	e.Key = key(e.Kind, n.ObjectID)
	return e, !silent(n.Cause.Kind)
}

// silent tells whether nobody is to react to what was caused so: what was taken over from
// a network's past, and what intake rejects, with its answer.
func silent(k actor.Kind) bool { return k == actor.Import || k == actor.Rule }

// said reads a message; notes and system lines say nothing to the contact.
func said(m *inbox.Message) (Event, bool) {
	e := Event{Kind: MessageReceived, Conversation: m.ConversationID, Message: m.ID, Depth: m.Cause.Depth, At: m.UpdatedAt}
	e.Automatic = m.Nature != "" // the zero nature is a person
	if m.Direction == inbox.Outbound {
		e.Kind = MessageSent
		e.Automatic = m.Automatic || machine(m.Cause.Kind)
	}
	e.Key = key(e.Kind, int64(m.ID))
	return e, m.Kind == inbox.KindMessage && !silent(m.Cause.Kind)
}

// machine tells whether no person acts.
func machine(k actor.Kind) bool {
	return k == actor.Trigger || k == actor.Bot || k == actor.Mailing || k == actor.Clock
}

// released tells whether a message that waited is sent by these changes, for the first
// time.
func released(ch *inbox.Changes, m *inbox.Message) bool {
	for _, id := range ch.Unqueue {
		if id == m.ID {
			return false
		}
	}
	for _, q := range ch.Queue {
		if q.MessageID == m.ID {
			return true
		}
	}
	return false
}

// closed reads the line of the timeline that tells of a closing.
func closed(t *inbox.Entry) (Event, bool) {
	if t.Type != "status" || t.Data["to"] != inbox.Closed {
		return Event{}, false
	}
	return Event{Kind: ConversationClosed, Key: key(ConversationClosed, t.ID), Conversation: t.ConversationID, Depth: t.Cause.Depth, At: t.At}, !silent(t.Cause.Kind)
}

func key(k Kind, id int64) string { return string(k) + ":" + strconv.FormatInt(id, 10) }
