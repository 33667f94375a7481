package chat

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"parley/accounts"
	"parley/channels/webchat"
	"parley/web/rest"
)

// ChatConfig is how an account's chat looks and whom it asks what.
type ChatConfig struct {
	Name         string   `json:"name"`
	Greeting     string   `json:"greeting"`
	Color        string   `json:"color"`
	Position     string   `json:"position" enum:"left,right"`
	Languages    []string `json:"languages"`
	Online       bool     `json:"online" doc:"Somebody is there to answer."`
	PreChat      []string `json:"pre_chat" doc:"What to ask before the first message: name, email, phone."`
	MaxFileBytes int64    `json:"max_file_bytes"`

	Reactions     []string `json:"reactions" doc:"What answers can be reacted to with."`
	ChangeSeconds int64    `json:"change_seconds" doc:"For how long visitors may change or delete what they wrote."`
}

// ChatVisitor is a new visitor.
type ChatVisitor struct {
	Visitor string `json:"visitor"`
	Token   string `json:"token" doc:"Send it as a bearer token."`
}

type chatIntroduction struct {
	Name     string            `json:"name,omitempty" maxLength:"500"`
	Email    string            `json:"email,omitempty" maxLength:"500"`
	Phone    string            `json:"phone,omitempty" maxLength:"200"`
	Page     string            `json:"page,omitempty" maxLength:"5000"`
	Referrer string            `json:"referrer,omitempty" maxLength:"5000"`
	UTM      map[string]string `json:"utm,omitempty"`
	Language string            `json:"language,omitempty" maxLength:"50"`
	Identity *visitorIdentity  `json:"identity,omitempty"`
}

type visitorIdentity struct {
	ID    string `json:"id" maxLength:"500"`
	Name  string `json:"name,omitempty" maxLength:"500"`
	Email string `json:"email,omitempty" maxLength:"500"`
	Hash  string `json:"hash" maxLength:"200" doc:"HMAC-SHA256 of id under the account's identity secret, in hex."`
}

func (c *Chat) declareVisitors(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "get-chat-config", Method: http.MethodGet, Path: "/chat/{account}/config", Root: true, Need: rest.Visitor(),
		Summary: "How a chat looks; needs no token",
	}, func(ctx context.Context, _ rest.Caller, in *InChat) (*rest.Body[ChatConfig], error) {
		s, err := c.site(*in)
		if err != nil {
			return nil, err
		}
		cfg := s.account.Config()
		return rest.Reply(ChatConfig{
			Name: cfg.Title, Greeting: cfg.Greeting, Color: cfg.Color, Position: cfg.Position,
			Languages: append([]string{}, cfg.Languages...), PreChat: append([]string{}, cfg.PreChat...),
			Online: s.active && (c.Online == nil || c.Online(ctx, s.id)), MaxFileBytes: s.account.Limits().Files.MaxBytes,
			Reactions: webchat.Reactions(), ChangeSeconds: int64(webchat.Changeable / time.Second),
		}), nil
	})
	rest.Add(api, rest.Op{
		ID: "create-visitor", Method: http.MethodPost, Path: "/chat/{account}/visitors", Root: true, Need: rest.Visitor(), Status: http.StatusCreated,
		Summary: "Become a visitor; needs no token",
	}, c.welcome)
}

func (c *Chat) welcome(ctx context.Context, who rest.Caller, in *struct {
	InChat
	Body *chatIntroduction
}) (*rest.Body[ChatVisitor], error) {
	if in.Body == nil {
		in.Body = &chatIntroduction{}
	}
	s, err := c.site(in.InChat)
	if err != nil {
		return nil, err
	}
	if !s.active {
		return nil, accounts.ErrPaused
	}
	if err := c.limits.take(ctx, c.limits.visitors, rest.Network(who.Origin.IP)); err != nil {
		return nil, err
	}
	b := in.Body
	intro := webchat.Introduction{
		Name: b.Name, Email: b.Email, Phone: b.Phone, Page: b.Page, Referrer: b.Referrer, UTM: b.UTM, Language: b.Language,
	}
	if intro.Language == "" {
		intro.Language = who.Language
	}
	if b.Identity != nil {
		i := webchat.Identity(*b.Identity)
		intro.Identity = &i
	}
	v, err := s.account.Welcome(intro, c.Now())
	if err != nil {
		return nil, err
	}
	token, err := c.Tokens.Issue(s.id, v)
	if err != nil {
		return nil, fmt.Errorf("issue visitor's token: %w", err)
	}
	return rest.Reply(ChatVisitor{Visitor: v.ID, Token: token}), nil
}
