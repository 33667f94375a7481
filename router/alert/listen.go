package alert

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/assign"
)

// JobEvents is the kind of job that holds events of which somebody is to be told; app
// routes it to Service.Run.
const JobEvents = "alert.events"

// Kind is what somebody is told of.
type Kind string

// The kinds.
const (
	Assigned   Kind = "assigned"
	Message    Kind = "message"
	Mention    Kind = "mention"
	Escalation Kind = "escalation"
	Followed   Kind = "followed" // a contact wrote where they follow
)

// event is something that happened, and whom it concerns; nobody is who is named in it, or who
// follows the conversation.
type event struct {
	Kind         Kind                 `json:"kind"`
	Key          string               `json:"key"`
	Agent        inbox.AgentID        `json:"agent,omitempty"`
	Conversation inbox.ConversationID `json:"conversation"`
	Message      inbox.MessageID      `json:"message,omitempty"`
	At           time.Time            `json:"at"`
	// Offered says that it was offered to several, and is nobody's yet.
	Offered bool `json:"offered,omitempty"`
	// Edited says that a note was written anew: whom it names no more is not kept any longer.
	Edited bool `json:"edited,omitempty"`
	// By is the agent who did it, and hears nothing of it.
	By inbox.AgentID `json:"by,omitempty"`
}

// Listen adds to an operation's changes the jobs by which people are told of it, one per
// conversation. What concerns nobody leaves none.
func Listen(ch *inbox.Changes) {
	per := map[inbox.ConversationID][]event{}
	var order []inbox.ConversationID
	for _, e := range events(ch) {
		if per[e.Conversation] == nil {
			order = append(order, e.Conversation)
		}
		per[e.Conversation] = append(per[e.Conversation], e)
	}
	for _, id := range order {
		payload, err := json.Marshal(per[id])
		if err != nil { // times beyond the year 9999, which the house does not make
			continue
		}
		ch.FollowUps = append(ch.FollowUps, inbox.FollowUp{
			Kind: JobEvents, Key: "alerts:" + strconv.FormatInt(int64(id), 10), Payload: string(payload), Due: per[id][0].At, Together: true,
		})
	}
}

// events are what the changes tell of, at most one for each person and conversation of
// what came and who wrote: who is given a new conversation is not told of its message too.
func events(ch *inbox.Changes) (list []event) {
	for i := range ch.Timeline {
		list = append(list, decided(ch, &ch.Timeline[i])...)
	}
	for i := range ch.Timeline {
		list = append(list, amended(ch, &ch.Timeline[i])...)
	}
	given := len(list)
	for _, m := range ch.NewMessages {
		for _, e := range said(ch, m) {
			if !(e.Kind == Message && slices.ContainsFunc(list[:given], func(g event) bool { return g.Conversation == e.Conversation && g.Agent == e.Agent })) {
				list = append(list, e)
			}
		}
	}
	return list
}

// amended are the events of a line that tells of a note which was edited: it may name others by
// now. Its key is that of the note, so that nobody is told twice that they are named there.
func amended(ch *inbox.Changes, t *inbox.Entry) []event {
	if t.Type != "edited" {
		return nil
	}
	id, _ := t.Data["message_id"].(string)
	for _, m := range ch.Messages {
		if strconv.FormatInt(int64(m.ID), 10) != id || m.Kind != inbox.KindNote || m.Cause.Kind == actor.Import || m.Cause.Kind == actor.Rule {
			continue
		}
		e := event{Kind: Mention, Key: keyOf(m), Conversation: m.ConversationID, Message: m.ID, At: t.At, Edited: true}
		e.By = writer(m)
		return []event{e}
	}
	return nil
}

func keyOf(m *inbox.Message) string { return "message:" + strconv.FormatInt(int64(m.ID), 10) }

// writer is the agent who wrote a message, 0 when no agent did.
func writer(m *inbox.Message) inbox.AgentID {
	if m.Cause.Kind != actor.Agent {
		return 0
	}
	return inbox.AgentID(m.Cause.ID)
}

// decided are the events of a line of the timeline.
func decided(ch *inbox.Changes, t *inbox.Entry) []event {
	e := event{Kind: Assigned, Key: "entry:" + strconv.FormatInt(t.ID, 10), Conversation: t.ConversationID, At: t.At}
	if t.Cause.Kind == actor.Agent {
		e.By = inbox.AgentID(t.Cause.ID)
	}
	switch t.Type {
	case "assignment":
		if e.Agent = agent(t.Data["to"]); e.Agent == 0 || e.Agent == e.By || t.Cause.Kind == actor.Import {
			return nil
		}
		if slices.ContainsFunc(ch.Timeline, func(d inbox.Entry) bool {
			return d.Type == "routing" && d.ConversationID == e.Conversation && d.Data["reason"] == assign.ByHead && agent(d.Data["agent_id"]) == e.Agent
		}) {
			e.Kind = Escalation
		}
		e.Message = word(ch, &e)
		return []event{e}
	case "routing":
		offered, _ := t.Data["offered"].([]any)
		var list []event
		for _, to := range offered {
			if e.Agent, e.Offered = agent(to), true; e.Agent != 0 {
				list = append(list, e)
			}
		}
		return list
	}
	return nil
}

// word is the note that whoever gave a conversation away wrote along with it, 0 when there is none.
func word(ch *inbox.Changes, e *event) inbox.MessageID {
	for _, m := range ch.NewMessages {
		if m.Kind == inbox.KindNote && m.ConversationID == e.Conversation && e.By != 0 && writer(m) == e.By {
			return m.ID
		}
	}
	return 0
}

// agent reads an id as lines of the timeline hold it.
func agent(data any) inbox.AgentID {
	text, _ := data.(string)
	id, _ := strconv.ParseInt(text, 10, 64)
	return inbox.AgentID(id)
}

// said are the events of a new message: a contact wrote to somebody, or where people follow, or
// a note may name a colleague.
func said(ch *inbox.Changes, m *inbox.Message) (list []event) {
	e := event{Key: keyOf(m), Conversation: m.ConversationID, Message: m.ID, At: m.CreatedAt}
	switch {
	case m.Cause.Kind == actor.Import || m.Cause.Kind == actor.Rule: // of the past, or rejected
		return nil
	case m.Kind == inbox.KindNote:
		e.By = writer(m)
		if e.Kind = Mention; strings.Contains(m.Text, "@") {
			list = append(list, e)
		}
	case m.Kind == inbox.KindMessage && m.Direction == inbox.Inbound && m.Nature == "" && !m.Automatic:
		at := slices.IndexFunc(ch.Conversations, func(c *inbox.Conversation) bool { return c.ID == m.ConversationID })
		if at < 0 || ch.Conversations[at].Spam() {
			return nil
		}
		c := ch.Conversations[at]
		if e.Kind, e.Agent = Message, c.AssigneeID; e.Agent != 0 {
			list = append(list, e)
		}
		if e.Kind, e.Agent = Followed, 0; c.Followed {
			list = append(list, e)
		}
	}
	return list
}
