package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/channels/webchat"
	"parley/inbox"
	"parley/internal/fault"
	"parley/web/rest"
)

type chatPost struct {
	ClientID    string     `json:"client_id" doc:"A UUID, the same on every retry."`
	Text        string     `json:"text,omitempty"`
	Press       *chatPress `json:"press,omitempty" doc:"The button that was pressed; the text is what it says."`
	Attachments []rest.ID  `json:"attachments,omitempty" nullable:"true" maxItems:"100" doc:"Ids of uploaded files."`
}

type chatPress struct {
	MessageID rest.ID `json:"message_id" doc:"Which message offered it."`
	Data      string  `json:"data" maxLength:"1000"`
}

func (p *chatPress) press() *channels.Press {
	if p == nil {
		return nil
	}
	return &channels.Press{MessageID: rest.Num[int64](p.MessageID), Data: p.Data}
}

// pageSize is how many messages a visitor gets at once.
const pageSize = 100

func (c *Chat) declareMessages(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "post-chat-message", Method: http.MethodPost, Path: "/chat/{account}/messages", Root: true, Need: rest.Visitor(), Status: http.StatusCreated,
		Summary: "Write; 200 when the same client_id was taken before",
	}, c.post)
	rest.Add(api, rest.Op{
		ID: "list-chat-messages", Method: http.MethodGet, Path: "/chat/{account}/messages", Root: true, Need: rest.Visitor(),
		Summary: "The visitor's messages and the answers, ascending",
	}, c.list)
}

// posted is the answer to a visitor's message.
type posted struct {
	Status int
	Body   ChatMessage
}

func (c *Chat) post(ctx context.Context, who rest.Caller, in *struct {
	ByVisitor
	Body chatPost
}) (*posted, error) {
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
	attached, err := c.attached(ctx, s.id, v.ID, in.Body.Attachments)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(in.Body)
	if err != nil {
		return nil, fmt.Errorf("keep post: %w", err)
	}
	ev, err := s.account.Event(v, webchat.Post{
		ClientID: in.Body.ClientID, Text: in.Body.Text, Files: attached, Press: in.Body.Press.press(), Raw: raw,
	})
	if err != nil {
		return nil, err
	}
	outcome, err := webchat.Deliver(ctx, inbound, ev)
	if err != nil {
		c.Log.WarnContext(ctx, "visitor's message not stored", "account_id", int64(s.id), "request_id", who.RequestID, "error", unwrapped(err))
		return nil, later(err)
	}
	if outcome.MessageID == 0 {
		return withoutMessage(in.Body)
	}
	if outcome.Kind != channels.OutcomeDuplicate {
		return &posted{Status: http.StatusCreated, Body: c.show(s.id)(justWritten(&ev, &outcome))}, nil
	}
	m, found, err := c.Store.ChatMessage(ctx, s.id, v.ID, inbox.MessageID(outcome.MessageID))
	if err != nil {
		return nil, fmt.Errorf("read message: %w", err)
	}
	if !found { // another chat of this account has used the same client_id
		return nil, fault.InvalidField("client_id", "taken", fault.T("Этот client_id уже занят.", "This client_id is taken."))
	}
	return &posted{Status: http.StatusOK, Body: c.show(s.id)(m)}, nil
}

// justWritten is the message that intake has made of an event, as it would be read back.
func justWritten(ev *channels.Event, o *channels.Outcome) inbox.Message {
	m := inbox.Message{
		ID: inbox.MessageID(o.MessageID), Direction: inbox.Inbound, Kind: inbox.KindMessage, Text: ev.Message.Text, HTML: ev.Message.HTML,
		Author: inbox.Author{Kind: "contact", Name: o.Author}, State: inbox.Received, EventKey: string(ev.Key), CreatedAt: o.At,
	}
	for _, f := range ev.Message.Files {
		m.Files = append(m.Files, inbox.File{ID: inbox.FileID(f.ID), Hash: f.Hash, Name: f.Name, Type: f.Type, Size: f.Size})
	}
	return m
}

// retryAfter is when a visitor whose message could not be stored comes again.
const retryAfter = 2 * time.Second

// later asks to come again, whatever kept a message from being stored.
func later(err error) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.Unavailable {
		return f.After(retryAfter)
	}
	return err
}

// unwrapped is the cause behind a fault, for the log.
func unwrapped(err error) error {
	if f, ok := fault.As(err); ok && f.Unwrap() != nil {
		return f.Unwrap()
	}
	return err
}

// attached finds the files of a message. A retry finds them again although the first
// try has used them.
func (c *Chat) attached(ctx context.Context, account channels.AccountID, chat string, ids []rest.ID) ([]channels.File, error) {
	if len(ids) > webchat.MaxFiles {
		return nil, fault.InvalidField("attachments", "too_many", fault.T(
			fmt.Sprintf("Не больше %d файлов в сообщении.", webchat.MaxFiles), fmt.Sprintf("At most %d files in a message.", webchat.MaxFiles)))
	}
	var out []channels.File
	for i, id := range ids {
		f, found, err := c.Store.ChatFile(ctx, account, chat, rest.Num[inbox.FileID](id))
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, fault.InvalidField(fmt.Sprintf("attachments[%d]", i), "unknown", fault.T(
				"Такого файла нет. Загрузите его заново.", "There is no such file. Upload it again."))
		}
		out = append(out, channels.File{ID: int64(f.ID), Hash: f.Hash, Name: f.Name, Type: f.Type, Size: f.Size})
	}
	return out, nil
}

func (c *Chat) list(ctx context.Context, _ rest.Caller, in *struct {
	ByVisitor
	After rest.ID `query:"after" required:"false" doc:"The id of a message; only what follows it."`
	Limit int     `query:"limit" required:"false" minimum:"1" maximum:"200"`
}) (*rest.Body[rest.Page[ChatMessage]], error) {
	s, v, err := c.visitor(in.ByVisitor)
	if err != nil {
		return nil, err
	}
	limit := in.Limit
	if limit == 0 {
		limit = pageSize
	}
	items, more, err := c.Store.ChatMessages(ctx, s.id, v.ID, rest.Num[inbox.MessageID](in.After), limit)
	if err != nil {
		return nil, err
	}
	next := ""
	if more {
		next = string(rest.IDOf(items[len(items)-1].ID))
	}
	return rest.List(items, next, c.show(s.id)), nil
}
