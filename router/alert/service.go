package alert

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router"
)

// Alert is somebody to be told of something.
type Alert struct {
	Agent        inbox.AgentID
	Key          string // of what happened
	Kind         Kind
	Conversation inbox.ConversationID
	Number       int64
	Message      inbox.MessageID // 0 = it is about none
	By           inbox.AgentID   // the colleague who gave them the conversation; 0 = none
	At           time.Time
	// As is what it is told as too, under AsKey: who is named in the note that hands them a conversation. Where they
	// hear of Kind in every way in which they hear of As, once is enough. "" = nothing.
	As    Kind
	AsKey string
}

// Colleague is an agent who is not disabled.
type Colleague struct {
	ID     inbox.AgentID
	Name   string
	Viewer actor.Viewer
}

// Options of a Service. All are needed.
type Options struct {
	Store Store
	// Colleagues returns all agents who are not disabled.
	Colleagues func(ctx context.Context) ([]Colleague, error)
	// Ring tells somebody, in the transaction of ctx; of each Key once.
	Ring func(ctx context.Context, a Alert) error
}

// Store is what this room needs of the database.
type Store interface {
	// Snapshots returns one per subject; see router.Facts.
	Snapshots(ctx context.Context, of []router.Subject, lock bool) ([]router.Snapshot, error)
	// KeepMentions keeps whom a note names; kept before it stays as it is.
	KeepMentions(ctx context.Context, note inbox.MessageID, agents []inbox.AgentID, at time.Time) error
	// ForgetMentions forgets whom a note named besides some agents.
	ForgetMentions(ctx context.Context, note inbox.MessageID, besides []inbox.AgentID) error
	// Followers returns who follows each of some conversations.
	Followers(ctx context.Context, of []inbox.ConversationID) (map[inbox.ConversationID][]inbox.AgentID, error)
}

// Service tells people. Safe for concurrent use.
type Service struct{ o Options }

// New makes a Service.
func New(o Options) *Service { return &Service{o} }

// Run works on jobs of the kind JobEvents, given by their payloads, inside the transaction
// that ctx carries and that deletes them.
func (s *Service) Run(ctx context.Context, payloads []string) error {
	var list []event
	for _, p := range payloads {
		var some []event
		if err := json.Unmarshal([]byte(p), &some); err != nil {
			return fmt.Errorf("read events: %w", err)
		}
		list = append(list, some...)
	}
	subjects := make([]router.Subject, len(list))
	for i, e := range list {
		subjects[i] = router.Subject{Conversation: e.Conversation, Message: e.Message}
	}
	of, err := s.o.Store.Snapshots(ctx, subjects, false)
	if err != nil {
		return fmt.Errorf("load conversations: %w", err)
	}
	people, err := s.o.Colleagues(ctx)
	if err != nil {
		return fmt.Errorf("find colleagues: %w", err)
	}
	followers, err := s.followers(ctx, list)
	if err != nil {
		return err
	}
	for i := range list {
		c := of[i].Conversation
		if c == nil || c.Spam() {
			continue
		}
		whom := concerned(&list[i], &of[i], people, followers)
		if err := s.keep(ctx, &list[i], whom); err != nil {
			return err
		}
		for _, who := range whom {
			if !who.Viewer.Sees(c.Sight()) {
				continue
			}
			e := &list[i]
			a := Alert{Agent: who.ID, Key: e.Key, Kind: e.Kind, Conversation: c.ID, Number: c.Number, Message: e.Message, At: e.At}
			if e.Kind == Assigned {
				a.By = e.By
			}
			if e.Kind != Mention && e.Agent != 0 && e.By != 0 && names(of[i].Message, people, who.ID) {
				a.As, a.AsKey = Mention, keyOf(of[i].Message)
			}
			if err := s.o.Ring(ctx, a); err != nil {
				return fmt.Errorf("tell agent: %w", err)
			}
		}
	}
	return nil
}

// names tells whether a note names somebody.
func names(m *inbox.Message, people []Colleague, who inbox.AgentID) bool {
	return m != nil && m.Kind == inbox.KindNote && m.DeletedAt.IsZero() &&
		slices.ContainsFunc(Named(m.Text, people), func(c Colleague) bool { return c.ID == who })
}

// followers are those of the conversations that events for followers are about.
func (s *Service) followers(ctx context.Context, list []event) (map[inbox.ConversationID][]inbox.AgentID, error) {
	var ids []inbox.ConversationID
	for i := range list {
		if list[i].Kind == Followed && !slices.Contains(ids, list[i].Conversation) {
			ids = append(ids, list[i].Conversation)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	out, err := s.o.Store.Followers(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("find followers: %w", err)
	}
	return out, nil
}

// keep has those whom a note names find it among their mentions, also who may not see the
// conversation yet: their list shows what they may see.
func (s *Service) keep(ctx context.Context, e *event, whom []Colleague) error {
	if e.Kind != Mention || len(whom) == 0 && !e.Edited {
		return nil
	}
	agents := make([]inbox.AgentID, len(whom))
	for i, who := range whom {
		agents[i] = who.ID
	}
	if e.Edited {
		if err := s.o.Store.ForgetMentions(ctx, e.Message, agents); err != nil {
			return err
		}
	}
	return s.o.Store.KeepMentions(ctx, e.Message, agents, e.At)
}

// concerned are those whom an event concerns still. Whoever holds a conversation hears of its
// messages as theirs, whether they follow it or not.
func concerned(e *event, of *router.Snapshot, people []Colleague, followers map[inbox.ConversationID][]inbox.AgentID) (list []Colleague) {
	if e.Kind == Followed {
		for _, who := range people {
			if slices.Contains(followers[e.Conversation], who.ID) && who.ID != of.Conversation.AssigneeID {
				list = append(list, who)
			}
		}
		return list
	}
	if e.Kind == Mention {
		if of.Message == nil || !of.Message.DeletedAt.IsZero() {
			return nil
		}
		for _, who := range Named(of.Message.Text, people) {
			if who.ID != e.By {
				list = append(list, who)
			}
		}
		return list
	}
	holds := of.Conversation.AssigneeID
	if holds != e.Agent && (!e.Offered || holds != 0) {
		return nil // somebody else has it by now
	}
	for _, who := range people {
		if who.ID == e.Agent {
			return []Colleague{who}
		}
	}
	return nil
}
