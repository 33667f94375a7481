package events

import (
	"context"
	"encoding/json"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/live"
	"parley/web/desk"
	"parley/web/rest"
)

// What happens for a moment has no place in the feed and is not resumed.

var _ desk.Live = (*Feed)(nil)

// typing is the data of a typing event.
type typing struct {
	ConversationID rest.ID  `json:"conversation_id"`
	Kind           string   `json:"kind"` // reply, note, visitor
	AgentID        rest.Ref `json:"agent_id"`
	Name           string   `json:"name"`
	Text           string   `json:"text,omitempty"` // what a visitor has typed so far
	Gone           bool     `json:"gone,omitempty"` // they have stopped
}

// viewing is the data of a viewing event.
type viewing struct {
	ConversationID rest.ID `json:"conversation_id"`
	AgentID        rest.ID `json:"agent_id"`
	Name           string  `json:"name"`
	Gone           bool    `json:"gone,omitempty"` // they look no more
}

// presence is the data of a presence event.
type presence struct {
	AgentID  rest.ID       `json:"agent_id"`
	Presence auth.Presence `json:"presence"`
}

// Typing says that an agent writes, or has stopped; the contact hears of an answer, never
// of a note.
func (f *Feed) Typing(ctx context.Context, v actor.Viewer, c *inbox.Conversation, kind inbox.MessageKind, gone bool) {
	t := typing{ConversationID: rest.IDOf(c.ID), Kind: "reply", AgentID: rest.RefOf(v.AgentID), Name: v.Name, Gone: gone}
	switch {
	case kind == inbox.KindNote:
		t.Kind = "note"
	case !gone: // networks forget by themselves
		f.typing(ctx, c.AccountID, c.Chat, v.Name)
	}
	f.moment("typing", t, &audience{sights: []actor.Sight{c.Sight()}, except: v.AgentID})
}

// Viewing says that an agent looks at a conversation, or looks no more.
func (f *Feed) Viewing(_ context.Context, v actor.Viewer, c *inbox.Conversation, gone bool) {
	if v.AgentID == 0 {
		return // a key looks at nothing
	}
	f.moment("viewing", viewing{rest.IDOf(c.ID), rest.IDOf(v.AgentID), v.Name, gone}, &audience{sights: []actor.Sight{c.Sight()}, except: v.AgentID})
}

// VisitorTyping shows agents that the visitor of a web chat is writing, and what, as
// far as the widget tells. Nobody hears of a visitor who has no open conversation.
func (f *Feed) VisitorTyping(ctx context.Context, account channels.AccountID, chat, name, text string) {
	c, found, err := f.store.OpenConversation(ctx, account, chat)
	if err != nil {
		f.log.WarnContext(ctx, "typing not shown", "account_id", int64(account), "error", err)
	}
	if err != nil || !found {
		return
	}
	t := typing{ConversationID: rest.IDOf(c.ID), Kind: "visitor", Name: name, Text: text}
	f.moment("typing", t, &audience{sights: []actor.Sight{c.Sight()}})
}

// PresenceChanged says that an agent is present in another way than before.
func (f *Feed) PresenceChanged(agent int64, p auth.Presence) {
	f.moment("presence", presence{rest.IDOf(agent), p}, &audience{everyone: true})
}

// LabelsChanged says that the list of labels is another one now.
func (f *Feed) LabelsChanged() { f.moment("label.updated", struct{}{}, &audience{everyone: true}) }

func (f *Feed) moment(name string, data any, a *audience) {
	body, err := json.Marshal(data)
	if err != nil {
		return // strings and ids are always JSON
	}
	e := &live.Event{Type: name, Data: body, Audience: a}
	f.agents.Publish(e)
	f.tellMoment(e, a)
}

// tellPresence tells how an agent is present who has come, or that they have gone.
func (f *Feed) tellPresence(ctx context.Context, agent int64, here bool) {
	p := auth.Offline
	if !here && f.left != nil {
		f.left(ctx, agent)
	}
	if here {
		if f.presence == nil {
			return
		}
		var err error
		if p, err = f.presence(ctx, agent); err != nil {
			f.log.WarnContext(ctx, "presence not read", "agent_id", agent, "error", err)
			return
		}
	}
	f.PresenceChanged(agent, p)
}
