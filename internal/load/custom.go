package load

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// customName is the custom account that runs make for themselves, once.
const customName = "Load test"

// customDoor is a custom account's webhook, with signed bodies.
type customDoor struct {
	*client
	secret string
	hook   string // path, which is a secret
}

// newCustomDoor derives the account's secret from the key, so that a run after a restart,
// or beside another, knows it as well.
func newCustomDoor(c *client) *customDoor {
	return &customDoor{client: c, secret: hex.EncodeToString(sign(c.key, []byte("load run --kind custom")))}
}

func sign(secret string, body []byte) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return mac.Sum(nil)
}

// find gives the account of earlier runs the secret of this one, or makes it.
func (c *customDoor) find(ctx context.Context) (string, error) {
	list, err := c.accounts(ctx)
	if err != nil {
		return "", err
	}
	config := map[string]any{"config": map[string]any{"secret": c.secret}}
	method, path := http.MethodPost, "/api/v1/accounts"
	for _, a := range list {
		if a.Kind == "custom" && a.Name == customName && !a.Paused {
			method, path = http.MethodPatch, path+"/"+a.ID
			break
		}
	}
	if method == http.MethodPost {
		config["kind"], config["name"] = "custom", customName
	}
	var got account
	if _, err := c.call(ctx, method, path, c.key, config, &got); err != nil {
		return "", fmt.Errorf("connect custom account: %w", err)
	}
	hook, err := url.Parse(got.WebhookURL)
	if err != nil || hook.Path == "" {
		return "", errors.New("the server does not tell where the custom account's webhook is: use a key of an administrator without scopes")
	}
	c.hook = hook.Path
	return got.ID, nil
}

func (c *customDoor) visitor(_ context.Context, account string) (*visitor, error) {
	return &visitor{account: account, id: newUUID()}, nil
}

func (c *customDoor) say(ctx context.Context, v *visitor, clientID, text string) error {
	body, err := json.Marshal(map[string]any{
		"id": clientID, "type": "message", "chat_id": v.id, "sender": map[string]any{"id": v.id, "name": "Visitor " + v.id[:8]}, "text": text,
	})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+c.hook, bytes.NewReader(body))
	if err != nil {
		return errors.New("the webhook's address cannot be used")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Parley-Signature", "sha256="+hex.EncodeToString(sign(c.secret, body)))
	_, err = c.do(req, "the webhook", nil)
	return err
}
