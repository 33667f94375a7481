package router

import (
	"time"

	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/router/rules"
)

// Snapshot is what is known about a conversation, and about what an event speaks of, at
// one moment. Whatever there is not is nil.
type Snapshot struct {
	Conversation *inbox.Conversation // locked, where it was read to act on it
	AccountKind  string
	AccountName  string
	Labels       []inbox.LabelID
	DueAt        time.Time // the earliest deadline that runs or was missed
	Message      *inbox.Message
	Contact      *contact.Contact
	Addresses    []string
	Lead         *pipeline.Lead
	Request      *pipeline.Request
}

// Subject names what a Snapshot shall be of. Leads and requests that are not named are
// those of the conversation.
type Subject struct {
	Conversation inbox.ConversationID
	Message      inbox.MessageID
	Lead         pipeline.LeadID
	Request      pipeline.RequestID
}

// facts are what triggers are asked about.
func (s *Snapshot) facts(now time.Time, calendar rules.Calendar) *rules.Facts {
	f := schema.NewFacts(now, calendar)
	f.Time("time.now", now)
	s.said(f)
	s.standing(f)
	return f
}

// said are the facts of the message that an event speaks of.
func (s *Snapshot) said(f *rules.Facts) {
	if m := s.Message; m != nil {
		f.Text("message.text", m.Text)
		f.Text("message.subject", m.Subject)
		f.Number("message.files", float64(len(m.Files)+len(m.Media)))
		f.Bool("message.automatic", m.Nature != "" || m.Automatic || m.Direction == inbox.Outbound && machine(m.Cause.Kind))
	}
}

// standing are the facts of how things stand, whatever happened last.
func (s *Snapshot) standing(f *rules.Facts) {
	if s.Conversation != nil {
		s.conversation(f)
	}
	if p := s.Contact; p != nil {
		f.Text("contact.name", p.Name)
		f.Bool("contact.known", s.known())
		f.List("contact.addresses", s.Addresses)
		f.Text("contact.language", p.Language)
		f.ID("contact.owner", p.OwnerID)
	}
	if l := s.Lead; l != nil {
		f.Text("lead.status", string(l.Status))
		f.Text("lead.source", l.Source)
		f.ID("lead.owner", l.OwnerID)
	}
	if r := s.Request; r != nil {
		f.Text("request.status", string(r.Status))
		f.Text("request.type", r.Type)
		f.Text("request.priority", r.Priority)
		f.ID("request.owner", r.OwnerID)
		f.Time("request.due_at", r.DueAt)
	}
}

func (s *Snapshot) conversation(f *rules.Facts) {
	c := s.Conversation
	f.ID("conversation.account", int64(c.AccountID))
	f.Text("conversation.kind", s.AccountKind)
	f.Text("conversation.status", string(c.Status))
	f.Text("conversation.priority", string(c.Priority))
	f.ID("conversation.assignee", int64(c.AssigneeID))
	f.ID("conversation.team", int64(c.TeamID))
	labels := make([]int64, len(s.Labels))
	for i, id := range s.Labels {
		labels[i] = int64(id)
	}
	f.IDs("conversation.labels", labels)
	f.Text("conversation.subject", c.Subject)
	f.Bool("conversation.unanswered", c.Unanswered)
	f.Number("conversation.messages", float64(c.Seq))
	f.Time("conversation.created_at", c.CreatedAt)
	f.Time("conversation.waiting_since", c.WaitingSince)
	f.Time("conversation.last_inbound_at", c.LastInboundAt)
	f.Time("conversation.last_outbound_at", c.LastOutboundAt)
}

// known tells whether the contact was there before this conversation began. Both are
// made at the same moment when a stranger writes.
func (s *Snapshot) known() bool {
	return s.Conversation == nil || s.Contact.CreatedAt.Before(s.Conversation.CreatedAt)
}
