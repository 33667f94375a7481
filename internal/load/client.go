package load

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// client speaks to a server as the site chat does.
type client struct {
	base string
	key  string
	http *http.Client
}

func newClient(base, key string, connections int) *client {
	transport := &http.Transport{MaxIdleConns: connections, MaxIdleConnsPerHost: connections, IdleConnTimeout: time.Minute}
	return &client{base: strings.TrimRight(base, "/"), key: key, http: &http.Client{Transport: transport, Timeout: 15 * time.Second}}
}

// call sends a JSON request and decodes the answer into out when it is not nil.
func (c *client) call(ctx context.Context, method, path, token string, body, out any) (int, error) {
	var payload io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return 0, err
		}
		payload = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, payload)
	if err != nil {
		return 0, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 2000))
		return resp.StatusCode, fmt.Errorf("%s %s: status %d: %s", method, path, resp.StatusCode, text)
	}
	if out == nil {
		_, err = io.Copy(io.Discard, resp.Body)
		return resp.StatusCode, err
	}
	return resp.StatusCode, json.NewDecoder(resp.Body).Decode(out)
}

// webchatAccount finds the first web chat that is not paused.
func (c *client) webchatAccount(ctx context.Context) (string, error) {
	var page struct {
		Items []struct {
			ID     string `json:"id"`
			Kind   string `json:"kind"`
			Paused bool   `json:"paused"`
		} `json:"items"`
	}
	if _, err := c.call(ctx, http.MethodGet, "/api/v1/accounts?limit=100", c.key, nil, &page); err != nil {
		return "", fmt.Errorf("list accounts: %w", err)
	}
	for _, a := range page.Items {
		if a.Kind == "webchat" && !a.Paused {
			return a.ID, nil
		}
	}
	return "", errors.New("the server has no web chat account: create one first")
}

// visitor is one simulated person on the site.
type visitor struct {
	account string
	id      string
	token   string
	sent    int
}

func (c *client) newVisitor(ctx context.Context, account string) (*visitor, error) {
	var got struct{ Visitor, Token string }
	if _, err := c.call(ctx, http.MethodPost, "/chat/"+account+"/visitors", "", map[string]any{"page": "/load"}, &got); err != nil {
		return nil, err
	}
	return &visitor{account: account, id: got.Visitor, token: got.Token}, nil
}

func (c *client) say(ctx context.Context, v *visitor, clientID, text string) (int, error) {
	return c.call(ctx, http.MethodPost, "/chat/"+v.account+"/messages", v.token, map[string]any{"client_id": clientID, "text": text}, nil)
}

// newUUID returns a random version 4 UUID.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:])
}
