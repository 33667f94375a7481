package events

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/live"
	"parley/internal/notify"
	"parley/web/desk"
	"parley/web/rest"
)

// envelope is the body of an event.
type envelope struct {
	Type           string          `json:"type"`
	At             time.Time       `json:"at"`
	Cause          desk.Cause      `json:"cause"`
	ConversationID rest.Ref        `json:"conversation_id"`
	Object         json.RawMessage `json:"object"`
}

// objects is what the notices of a batch are about, and how each looks outside.
type objects struct {
	conversations map[inbox.ConversationID]*inbox.Row
	messages      map[inbox.MessageID]*inbox.Message
	contacts      map[contact.ID]*contact.Contact
	sights        map[contact.ID][]actor.Sight
	leads         map[pipeline.LeadID]*pipeline.LeadRow
	requests      map[pipeline.RequestID]*pipeline.RequestRow
	told          map[int64]*notify.Told

	explain desk.Explain
	shown   map[shownKey]json.RawMessage // rendered once, however many notices speak of it
}

type shownKey struct {
	noun string
	id   int64
}

// null is the object of events whose object is gone, or not for this listener.
var null = json.RawMessage("null")

// render makes the events of notices; those whose object is gone by now are left out.
func (f *Feed) render(ctx context.Context, rows []inbox.Fed) ([]*live.Event, error) {
	objects, err := f.load(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]*live.Event, 0, len(rows))
	for i := range rows {
		e, err := objects.event(&rows[i])
		if err != nil {
			return nil, fmt.Errorf("render event: %w", err)
		}
		if e != nil {
			out = append(out, e)
		}
	}
	return out, nil
}

// load reads the objects of all notices, each kind at once.
func (f *Feed) load(ctx context.Context, rows []inbox.Fed) (*objects, error) {
	conversations, messages := set[inbox.ConversationID]{}, set[inbox.MessageID]{}
	contacts, leads, requests, told := set[contact.ID]{}, set[pipeline.LeadID]{}, set[pipeline.RequestID]{}, set[int64]{}
	for i := range rows {
		r := &rows[i]
		switch noun(r.Type) {
		case "conversation":
			conversations.add(r.ObjectID)
		case "clock", "messages":
			conversations.add(int64(r.ConversationID))
		case "message":
			conversations.add(int64(r.ConversationID))
			messages.add(r.ObjectID)
		case "contact":
			contacts.add(r.ObjectID)
		case "lead":
			leads.add(r.ObjectID)
		case "request":
			requests.add(r.ObjectID)
		case "notification":
			told.add(r.ObjectID)
		}
	}
	o := &objects{explain: f.explain, shown: map[shownKey]json.RawMessage{}}
	var err error
	if o.conversations, err = loaded(ctx, f.store.FeedConversations, conversations, func(r *inbox.Row) inbox.ConversationID { return r.ID }); err != nil {
		return nil, err
	}
	if o.messages, err = loaded(ctx, f.store.FeedMessages, messages, func(m *inbox.Message) inbox.MessageID { return m.ID }); err != nil {
		return nil, err
	}
	people := func(ctx context.Context, ids []contact.ID) (list []contact.Contact, err error) {
		list, o.sights, err = f.store.FeedContacts(ctx, ids)
		return list, err
	}
	if o.contacts, err = loaded(ctx, people, contacts, func(p *contact.Contact) contact.ID { return p.ID }); err != nil {
		return nil, err
	}
	if o.leads, err = loaded(ctx, f.store.FeedLeads, leads, func(l *pipeline.LeadRow) pipeline.LeadID { return l.ID }); err != nil {
		return nil, err
	}
	if o.requests, err = loaded(ctx, f.store.FeedRequests, requests, func(r *pipeline.RequestRow) pipeline.RequestID { return r.ID }); err != nil {
		return nil, err
	}
	o.told, err = loaded(ctx, f.store.FeedTold, told, func(t *notify.Told) int64 { return t.ID })
	return o, err
}

// set is ids, each once, in the order in which they came.
type set[T ~int64] struct {
	list []T
	has  map[T]struct{}
}

func (s *set[T]) add(id int64) {
	if _, again := s.has[T(id)]; again || id == 0 {
		return
	}
	if s.has == nil {
		s.has = map[T]struct{}{}
	}
	s.has[T(id)] = struct{}{}
	s.list = append(s.list, T(id))
}

// loaded reads objects by id, if there are any to read.
func loaded[K ~int64, T any](ctx context.Context, read func(context.Context, []K) ([]T, error), ids set[K], key func(*T) K) (map[K]*T, error) {
	if len(ids.list) == 0 {
		return nil, nil
	}
	list, err := read(ctx, ids.list)
	if err != nil {
		return nil, err
	}
	out := make(map[K]*T, len(list))
	for i := range list {
		out[key(&list[i])] = &list[i]
	}
	return out, nil
}

func noun(typ string) string {
	n, _, _ := strings.Cut(typ, ".")
	return n
}

// event renders one notice; nil when its object is gone.
func (o *objects) event(r *inbox.Fed) (*live.Event, error) {
	a := &audience{}
	var object json.RawMessage
	var err error
	switch noun(r.Type) {
	case "conversation":
		object, err = o.conversation(r, a)
	case "clock", "messages":
		of := *r
		of.ObjectID = int64(r.ConversationID)
		object, err = o.conversation(&of, a)
	case "message":
		object, err = o.message(r, a)
	case "contact":
		object, err = o.contact(r, a)
	case "lead":
		object, err = o.lead(r, a)
	case "request":
		object, err = o.request(r, a)
	case "notification":
		object, err = o.notification(r, a)
	case "watch": // what an agent pinned or follows: their pages look for themselves
		object, a.only = null, r.ObjectID
	case "view", "macro", "quick-reply":
		object = shared(r, a)
	case "account":
		object, a.account = null, channels.AccountID(r.ObjectID)
	}
	if err != nil || object == nil {
		return nil, err
	}
	data, err := body(r, r.Type, object)
	if err != nil {
		return nil, err
	}
	if a.was != nil {
		if a.removed, err = body(r, removedType, null); err != nil {
			return nil, err
		}
	}
	return &live.Event{ID: r.ID, Type: r.Type, Data: data, Audience: a}, nil
}

// removedType is the event for who lost sight of a conversation.
const removedType = "conversation.removed"

func body(r *inbox.Fed, typ string, object json.RawMessage) ([]byte, error) {
	return json.Marshal(envelope{
		Type: typ, At: rest.Time(r.At), Cause: desk.ShowCause(r.Cause, ""), ConversationID: rest.RefOf(r.ConversationID), Object: object,
	})
}

// show renders an object once per batch.
func (o *objects) show(noun string, id int64, object func() any) (json.RawMessage, error) {
	key := shownKey{noun, id}
	if have, ok := o.shown[key]; ok {
		return have, nil
	}
	data, err := json.Marshal(object())
	o.shown[key] = data
	return data, err
}
