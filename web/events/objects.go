package events

import (
	"encoding/json"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/notify"
	"parley/web/desk"
	"parley/web/rest"
)

func (o *objects) conversation(r *inbox.Fed, a *audience) (json.RawMessage, error) {
	c := o.conversations[inbox.ConversationID(r.ObjectID)]
	if c == nil {
		return nil, nil
	}
	a.sights = []actor.Sight{c.Sight()}
	if r.Moved {
		was := r.Was
		was.AccountID = int64(c.AccountID)
		a.was = &was
	}
	return o.show("conversation", r.ObjectID, func() any { return desk.ConversationEvent(c) })
}

// gone is what is left of an object that was removed.
type gone struct {
	ID             rest.ID  `json:"id"`
	ConversationID rest.Ref `json:"conversation_id,omitempty"`
}

func (o *objects) message(r *inbox.Fed, a *audience) (json.RawMessage, error) {
	c := o.conversations[r.ConversationID]
	if c == nil {
		return nil, nil
	}
	a.sights = []actor.Sight{c.Sight()}
	if r.Type == "message.removed" {
		return json.Marshal(gone{ID: rest.IDOf(r.ObjectID), ConversationID: rest.RefOf(r.ConversationID)})
	}
	m := o.messages[inbox.MessageID(r.ObjectID)]
	if m == nil {
		return nil, nil // taken back meanwhile; its own notice follows
	}
	if c.AccountKind == channels.KindWebchat && visitorSees(m) {
		a.thread = &thread{account: c.AccountID, chat: c.Chat, message: m}
	}
	return o.show("message", r.ObjectID, func() any { return desk.ShowMessage(*m, o.explain) })
}

// visitorSees tells whether a message is part of the thread as its visitor sees it.
func visitorSees(m *inbox.Message) bool {
	if m.Kind != inbox.KindMessage || m.Seq == 0 {
		return false
	}
	switch m.State {
	case inbox.Received, inbox.Sent, inbox.Delivered, inbox.Read:
		return true
	}
	return false
}

func (o *objects) contact(r *inbox.Fed, a *audience) (json.RawMessage, error) {
	a.person = true
	if r.Type == "contact.deleted" {
		a.owner = r.Was.AgentID
		return json.Marshal(gone{ID: rest.IDOf(r.ObjectID)})
	}
	p := o.contacts[contact.ID(r.ObjectID)]
	if p == nil {
		return nil, nil
	}
	a.owner, a.sights = p.OwnerID, o.sights[p.ID]
	return o.show("contact", r.ObjectID, func() any { return desk.ShowContact(*p) })
}

func (o *objects) lead(r *inbox.Fed, a *audience) (json.RawMessage, error) {
	if r.Type == "lead.deleted" {
		return removed(r, a)
	}
	l := o.leads[pipeline.LeadID(r.ObjectID)]
	if l == nil {
		return nil, nil
	}
	a.sights = []actor.Sight{{AccountID: l.AccountID, TeamID: l.TeamID, AgentID: l.OwnerID}}
	return o.show("lead", r.ObjectID, func() any { return desk.ShowLead(*l) })
}

func (o *objects) request(r *inbox.Fed, a *audience) (json.RawMessage, error) {
	if r.Type == "request.deleted" {
		return removed(r, a)
	}
	q := o.requests[pipeline.RequestID(r.ObjectID)]
	if q == nil {
		return nil, nil
	}
	a.sights = []actor.Sight{{AccountID: q.AccountID, TeamID: q.TeamID, AgentID: q.OwnerID}}
	return o.show("request", r.ObjectID, func() any { return desk.ShowRequest(*q) })
}

// removed tells of a lead or a request that is no more those who saw it where it stood.
func removed(r *inbox.Fed, a *audience) (json.RawMessage, error) {
	a.sights = []actor.Sight{r.Was}
	return json.Marshal(gone{ID: rest.IDOf(r.ObjectID)})
}

// shared has those hear of a thing who may use it: one agent, the members of a team, or all. What it
// looks like depends on who asks, so they ask.
func shared(r *inbox.Fed, a *audience) json.RawMessage {
	switch {
	case r.Moved && r.Was.AgentID != 0:
		a.only = r.Was.AgentID
	case r.Moved && r.Was.TeamID != 0:
		a.members = r.Was.TeamID
	default:
		a.everyone = true
	}
	return null
}

// notification is what one agent is told of; only their own pages hear of it.
type notification struct {
	ID      rest.ID     `json:"id"`
	Kind    notify.Kind `json:"kind"`
	Number  int64       `json:"number"`
	Message rest.Ref    `json:"message_id"` // what it is about
	By      rest.Ref    `json:"by_id"`      // the colleague who gave the conversation away
	Badge   bool        `json:"badge"`
	Sound   bool        `json:"sound"`
}

func (o *objects) notification(r *inbox.Fed, a *audience) (json.RawMessage, error) {
	t := o.told[r.ObjectID]
	if t == nil {
		return nil, nil
	}
	a.only = t.Agent
	return o.show("notification", r.ObjectID, func() any {
		return notification{ID: rest.IDOf(t.ID), Kind: t.Kind, Number: t.Number, Message: rest.RefOf(t.Message), By: rest.RefOf(t.By), Badge: t.Badge, Sound: t.Sound}
	})
}
