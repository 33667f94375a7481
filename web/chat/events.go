package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/live"
	"parley/web/rest"
)

// Told is what the audience of a durable event offers when the event may concern a
// visitor: their thread, and the message it is about, nil for anything else.
type Told interface {
	ForVisitor() (account channels.AccountID, chat string, m *inbox.Message)
}

// audience is that of an event for the visitor of one chat alone.
type audience struct {
	account channels.AccountID
	chat    string
}

const (
	queueSize = 64     // events that may wait for one visitor
	piece     = 200    // lines of the feed read at once
	tooFar    = 20_000 // lines of the feed that are not searched for what one visitor missed
)

// Typing shows the visitor of a chat that an agent is writing. It is a
// webchat.TypingFunc.
func (c *Chat) Typing(account channels.AccountID, chat, name string) {
	data, err := json.Marshal(map[string]string{"name": name})
	if err != nil {
		return // a string always is JSON
	}
	c.Hub.Publish(&live.Event{Type: "typing", Data: data, Audience: audience{account, chat}})
}

func (c *Chat) declareEvents(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "chat-events", Method: http.MethodGet, Path: "/chat/{account}/events", Root: true, Need: rest.Visitor(),
		Summary: "The visitor's event stream: message.created, message.updated, typing, reset; resumes by Last-Event-ID",
	}, func(ctx context.Context, _ rest.Caller, in *struct {
		ByVisitor
		rest.LastEventID
	}) (*rest.EventStream, error) {
		s, v, err := c.visitor(in.ByVisitor)
		if err != nil {
			return nil, err
		}
		if err := c.limits.take(ctx, c.limits.streams, v.ID); err != nil {
			return nil, err
		}
		return api.Stream(ctx, func(ctx context.Context, out *rest.EventWriter) error {
			return c.stream(ctx, out, s.id, v.ID, in.Place())
		}), nil
	})
}

// stream subscribes first, then tells what was missed from the feed, then what comes.
func (c *Chat) stream(ctx context.Context, out *rest.EventWriter, account channels.AccountID, chat, last string) error {
	sub := c.Hub.Subscribe(func(e *live.Event) bool { return concerns(e, account, chat) }, queueSize)
	defer sub.Close()
	if err := out.Retry(time.Second); err != nil {
		return err
	}
	if err := c.catchUp(ctx, out, account, chat, last, sub.Position()); err != nil {
		return err
	}
	show := c.show(account)
	return out.Follow(ctx, sub, c.Hub.Position, func(e *live.Event) rest.Shown {
		told, ok := e.Audience.(Told)
		if !ok {
			return rest.Shown{Name: e.Type, Data: e.Data}
		}
		_, _, m := told.ForVisitor()
		data, err := json.Marshal(show(*m))
		if err != nil {
			c.Log.ErrorContext(ctx, "message not rendered", "message_id", int64(m.ID), "error", err)
			return rest.Shown{}
		}
		return rest.Shown{ID: strconv.FormatInt(e.ID, 10), Name: heard(e.Type, m), Data: data}
	})
}

// heard is what an event is to the visitor: an answer begins to exist for them when it
// has been sent, which for us is a change of a message that exists.
func heard(typ string, m *inbox.Message) string {
	if typ == "message.updated" && m.Direction == inbox.Outbound && m.State == inbox.Sent && m.EditedAt.IsZero() && m.DeletedAt.IsZero() {
		return "message.created"
	}
	return typ
}

func concerns(e *live.Event, account channels.AccountID, chat string) bool {
	switch a := e.Audience.(type) {
	case audience:
		return a.account == account && a.chat == chat
	case Told:
		id, thread, m := a.ForVisitor()
		return m != nil && id == account && thread == chat && reads(m)
	}
	return false
}

// catchUp tells what happened between a client's last event and a place in the feed;
// at the first connection it says where the stream begins.
func (c *Chat) catchUp(ctx context.Context, out *rest.EventWriter, account channels.AccountID, chat, last string, upTo int64) error {
	if last == "" {
		return out.Event(strconv.FormatInt(upTo, 10), "hello", nil)
	}
	after, err := strconv.ParseInt(last, 10, 64)
	oldest, err2 := c.Store.FeedOldest(ctx)
	if err2 != nil {
		return err2
	}
	if err != nil || after < 0 || after > upTo || after+1 < oldest || upTo-after > tooFar {
		return out.Event(strconv.FormatInt(upTo, 10), "reset", nil)
	}
	for {
		lines, err := c.feed(ctx, account, chat, after, upTo)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if err := c.retell(ctx, out, account, chat, l); err != nil {
				return err
			}
			after = l.id
		}
		if len(lines) < piece {
			return nil
		}
	}
}

// line is one of the feed's about a message.
type line struct {
	id      int64
	typ     string
	message inbox.MessageID
}

func (c *Chat) feed(ctx context.Context, account channels.AccountID, chat string, after, upTo int64) (lines []line, err error) {
	err = c.Store.ChatFeed(ctx, account, chat, after, upTo, piece, func(id int64, typ string, message inbox.MessageID) error {
		lines = append(lines, line{id, typ, message})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("catch up: %w", err)
	}
	return lines, nil
}

// retell tells of a message as it is now; one that the visitor does not read is left out.
func (c *Chat) retell(ctx context.Context, out *rest.EventWriter, account channels.AccountID, chat string, l line) error {
	m, found, err := c.Store.ChatMessage(ctx, account, chat, l.message)
	if err != nil || !found {
		return err
	}
	data, err := json.Marshal(c.show(account)(m))
	if err != nil {
		return fmt.Errorf("render message: %w", err)
	}
	return out.Event(strconv.FormatInt(l.id, 10), heard(l.typ, &m), data)
}
