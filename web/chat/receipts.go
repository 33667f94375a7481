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

type receipt struct {
	MessageID rest.ID                `json:"message_id"`
	State     channels.DeliveryState `json:"state" enum:"delivered,read"`
}

type typing struct {
	Text string `json:"text,omitempty" maxLength:"10000" doc:"What stands in the field; agents may see it."`
}

func (c *Chat) declareReceipts(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "post-chat-receipt", Method: http.MethodPost, Path: "/chat/{account}/receipts", Root: true, Need: rest.Visitor(), Status: http.StatusNoContent,
		Summary: "Say how far an answer came; counts for earlier ones, too",
	}, func(ctx context.Context, _ rest.Caller, in *struct {
		ByVisitor
		Body receipt
	}) (*rest.None, error) {
		s, v, err := c.visitor(in.ByVisitor)
		if err != nil {
			return nil, err
		}
		return nil, c.receipt(ctx, s, v, rest.Num[inbox.MessageID](in.Body.MessageID), in.Body.State)
	})
	rest.Add(api, rest.Op{
		ID: "post-chat-typing", Method: http.MethodPost, Path: "/chat/{account}/typing", Root: true, Need: rest.Visitor(), Status: http.StatusNoContent,
		Summary: "Say that the visitor is typing",
	}, func(ctx context.Context, _ rest.Caller, in *struct {
		ByVisitor
		Body *typing
	}) (*rest.None, error) {
		s, v, err := c.visitor(in.ByVisitor)
		if err != nil {
			return nil, err
		}
		if err := c.limits.take(ctx, c.limits.typing, v.ID); err != nil {
			return nil, err
		}
		text := ""
		if in.Body != nil {
			text = in.Body.Text
		}
		if c.Desk != nil {
			c.Desk.VisitorTyping(ctx, s.id, v.ID, v.DisplayName(), text)
		}
		return nil, nil
	})
}

func (c *Chat) receipt(ctx context.Context, s site, v webchat.Visitor, id inbox.MessageID, state channels.DeliveryState) error {
	inbound, ok := c.Running.Inbound(s.id)
	if !s.active || !ok {
		return accounts.ErrPaused
	}
	if err := c.limits.take(ctx, c.limits.receipts, v.ID); err != nil {
		return err
	}
	// A receipt names a message by our id; that of another chat must not count.
	m, found, err := c.Store.ChatMessage(ctx, s.id, v.ID, id)
	if err != nil {
		return err
	}
	if !found || m.Direction != inbox.Outbound {
		return errNoMessage
	}
	if done := m.State; done == inbox.Read || string(done) == string(state) {
		return nil
	}
	ev, err := s.account.Receipt(v, int64(id), state)
	if err != nil {
		return err
	}
	if _, err := webchat.Deliver(ctx, inbound, ev); err != nil {
		return later(err)
	}
	return nil
}
