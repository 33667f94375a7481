package chat

import (
	"context"
	"net/http"

	"parley/accounts"
	"parley/channels"
	"parley/channels/webchat"
	"parley/inbox"
	"parley/web/rest"
)

// OfMessage is embedded in the inputs of operations on one message of a visitor's chat.
type OfMessage struct {
	ByVisitor
	Message rest.ID `path:"message"`
}

type rewording struct {
	Text string `json:"text" required:"false"`
}

type chatEmoji struct {
	Emoji string `json:"emoji" required:"false" maxLength:"64"`
}

// declareAmendments declares what a visitor can do about messages that are there.
func (c *Chat) declareAmendments(api *rest.API) {
	const path = "/chat/{account}/messages/{message}"
	rest.Add(api, rest.Op{
		ID: "edit-chat-message", Method: http.MethodPatch, Path: path, Root: true, Need: rest.Visitor(), Summary: "Give a message of one's own another text",
	}, func(ctx context.Context, _ rest.Caller, in *struct {
		OfMessage
		Body rewording
	}) (*rest.Body[ChatMessage], error) {
		return c.amend(ctx, in.OfMessage, func(s site, v webchat.Visitor, m webchat.Amended) (channels.Event, error) {
			return s.account.Rewording(v, m, in.Body.Text, c.Now())
		})
	})
	rest.Add(api, rest.Op{
		ID: "delete-chat-message", Method: http.MethodDelete, Path: path, Root: true, Need: rest.Visitor(), Summary: "Take a message of one's own back",
	}, func(ctx context.Context, _ rest.Caller, in *struct{ OfMessage }) (*rest.Body[ChatMessage], error) {
		return c.amend(ctx, in.OfMessage, func(s site, v webchat.Visitor, m webchat.Amended) (channels.Event, error) {
			return s.account.Withdrawal(v, m, c.Now())
		})
	})
	rest.Add(api, rest.Op{
		ID: "react-to-chat-message", Method: http.MethodPut, Path: path + "/reaction", Root: true, Need: rest.Visitor(), Summary: "React to an answer",
	}, func(ctx context.Context, _ rest.Caller, in *struct {
		OfMessage
		Body chatEmoji
	}) (*rest.Body[ChatMessage], error) {
		return c.amend(ctx, in.OfMessage, reaction(in.Body.Emoji))
	})
	rest.Add(api, rest.Op{
		ID: "unreact-to-chat-message", Method: http.MethodDelete, Path: path + "/reaction", Root: true, Need: rest.Visitor(), Summary: "Take the reaction to an answer back",
	}, func(ctx context.Context, _ rest.Caller, in *struct{ OfMessage }) (*rest.Body[ChatMessage], error) {
		return c.amend(ctx, in.OfMessage, reaction(""))
	})
}

// change makes an event of what a visitor wants of a message.
type change func(s site, v webchat.Visitor, m webchat.Amended) (channels.Event, error)

func reaction(emoji string) change {
	return func(s site, v webchat.Visitor, m webchat.Amended) (channels.Event, error) {
		return s.account.Reaction(v, m, emoji)
	}
}

// amend has intake take a visitor's change and returns the message as it is then.
func (c *Chat) amend(ctx context.Context, in OfMessage, decide change) (*rest.Body[ChatMessage], error) {
	s, v, err := c.visitor(in.ByVisitor)
	if err != nil {
		return nil, err
	}
	inbound, ok := c.Running.Inbound(s.id)
	if !s.active || !ok {
		return nil, accounts.ErrPaused
	}
	if err := c.limits.take(ctx, c.limits.messages, v.ID); err != nil {
		return nil, err
	}
	id := rest.Num[inbox.MessageID](in.Message)
	m, err := c.message(ctx, s, v, id)
	if err != nil {
		return nil, err
	}
	ev, err := decide(s, v, webchat.Amended{
		ID: int64(m.ID), Mine: m.Direction == inbox.Inbound, Files: len(m.Files), CreatedAt: m.CreatedAt, Deleted: !m.DeletedAt.IsZero(),
	})
	if err != nil {
		return nil, err
	}
	if _, err := webchat.Deliver(ctx, inbound, ev); err != nil {
		return nil, later(err)
	}
	if m, err = c.message(ctx, s, v, id); err != nil {
		return nil, err
	}
	return rest.Reply(c.show(s.id)(m)), nil
}

// message finds a message that the visitor reads.
func (c *Chat) message(ctx context.Context, s site, v webchat.Visitor, id inbox.MessageID) (inbox.Message, error) {
	m, found, err := c.Store.ChatMessage(ctx, s.id, v.ID, id)
	if err == nil && !found {
		err = errNoMessage
	}
	return m, err
}
