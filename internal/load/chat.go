package load

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// door is how messages of one kind come in.
type door interface {
	// find returns the account that messages are for.
	find(ctx context.Context) (account string, err error)
	// visitor makes somebody new who writes.
	visitor(ctx context.Context, account string) (*visitor, error)
	// say brings one message in; nil is the server's acknowledgement.
	say(ctx context.Context, v *visitor, clientID, text string) error
}

// visitor is one simulated person.
type visitor struct {
	account string
	id      string
	token   string // of the site chat
	sent    int
}

// account is one of the list of accounts.
type account struct {
	ID         string `json:"id"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
	Paused     bool   `json:"paused"`
	WebhookURL string `json:"webhook_url"`
}

func (c *client) accounts(ctx context.Context) ([]account, error) {
	var page struct {
		Items []account `json:"items"`
	}
	if _, err := c.call(ctx, http.MethodGet, "/api/v1/accounts?limit=100", c.key, nil, &page); err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	return page.Items, nil
}

// chatDoor is the site chat.
type chatDoor struct{ *client }

// find takes the first web chat that is not paused.
func (c chatDoor) find(ctx context.Context) (string, error) {
	list, err := c.accounts(ctx)
	if err != nil {
		return "", err
	}
	for _, a := range list {
		if a.Kind == "webchat" && !a.Paused {
			return a.ID, nil
		}
	}
	return "", errors.New("the server has no web chat account: create one first")
}

func (c chatDoor) visitor(ctx context.Context, account string) (*visitor, error) {
	var got struct{ Visitor, Token string }
	if _, err := c.call(ctx, http.MethodPost, "/chat/"+account+"/visitors", "", map[string]any{"page": "/load"}, &got); err != nil {
		return nil, err
	}
	return &visitor{account: account, id: got.Visitor, token: got.Token}, nil
}

func (c chatDoor) say(ctx context.Context, v *visitor, clientID, text string) error {
	_, err := c.call(ctx, http.MethodPost, "/chat/"+v.account+"/messages", v.token, map[string]any{"client_id": clientID, "text": text}, nil)
	return err
}
