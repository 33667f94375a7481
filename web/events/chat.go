package events

import (
	"context"
	"encoding/json"

	"parley/channels"
	"parley/inbox"
	"parley/internal/live"
	"parley/web/rest"
)

// Visitor is whom a visitor's stream is for. Show says how they see a message; Still
// tells whether their token still holds, nil when it always does.
type Visitor struct {
	Account channels.AccountID
	Chat    string
	Show    func(m *inbox.Message) any
	Still   func(ctx context.Context) bool
}

// ServeChat writes what happens in a visitor's thread until ctx ends or the client is
// gone or too slow: message.created when a message first shows, message.updated, and
// typing. It begins after the event last, "" for now.
func (f *Feed) ServeChat(ctx context.Context, v Visitor, last string, out Writer) error {
	sub := f.chats.Subscribe(v.wants, queue)
	defer sub.Close()
	s := &stream{feed: f, sub: sub, hub: f.chats, out: out, show: v.show}
	if err := s.begin(ctx, last); err != nil {
		return err
	}
	still := v.Still
	if still == nil {
		still = func(context.Context) bool { return true }
	}
	return s.follow(ctx, still)
}

func (v *Visitor) wants(e *live.Event) bool {
	t := e.Audience.(*audience).thread
	return t != nil && t.account == v.Account && t.chat == v.Chat
}

func (v *Visitor) show(e *live.Event) rest.Shown {
	if !v.wants(e) {
		return rest.Shown{}
	}
	t := e.Audience.(*audience).thread
	if t.message == nil {
		return rest.Shown{Name: e.Type, Data: t.data}
	}
	data, err := json.Marshal(v.Show(t.message))
	if err != nil {
		return rest.Shown{} // a shape that JSON cannot hold, which no visitor can mend
	}
	name := "message.updated"
	if e.Type == "message.created" || t.message.State == inbox.Sent {
		name = "message.created"
	}
	return rest.Shown{ID: rest.PlaceOf(e.ID), Name: name, Data: data}
}
