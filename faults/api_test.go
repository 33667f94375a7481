//go:build unix

package faults_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"
)

// api is a node's HTTP API.
type api struct {
	t         *testing.T
	base, key string
}

func (n *nodes) api(i int) *api { return &api{n.t, "http://" + n.address[i] + "/api/v1", n.key} }

func (a *api) get(path string, out any)      { a.must(http.MethodGet, path, nil, out) }
func (a *api) post(path string, in, out any) { a.must(http.MethodPost, path, in, out) }

func (a *api) must(method, path string, in, out any) {
	a.t.Helper()
	if err := a.call(method, path, "", in, out); err != nil {
		a.t.Fatal(err)
	}
}

// call is one request; idem is its idempotency key, "" for none.
func (a *api) call(method, path, idem string, in, out any) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	var body io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, a.base+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+a.key)
	if idem != "" {
		req.Header.Set("Idempotency-Key", idem)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: status %d: %s", method, path, res.StatusCode, text)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(text, out)
}

type conversation struct {
	ID        string `json:"id"`
	AccountID string `json:"account_id"`
}

type message struct {
	Seq       *int64 `json:"seq"`
	Direction string `json:"direction"`
	Text      string `json:"text"`
	State     string `json:"state"`
}

// conversations are those of the lines, by the line's number.
func (n *nodes) conversations(a *api) (map[int]string, error) {
	var accounts struct {
		Items []struct {
			ID, Name string
		} `json:"items"`
	}
	if err := a.call(http.MethodGet, "/accounts?limit=100", "", nil, &accounts); err != nil {
		return nil, err
	}
	found := map[int]string{}
	for _, account := range accounts.Items {
		var line int
		if _, err := fmt.Sscanf(account.Name, "Line %d", &line); err != nil {
			continue // the site chat of the generator
		}
		var list struct{ Items []conversation }
		if err := a.call(http.MethodGet, "/conversations?account="+account.ID, "", nil, &list); err != nil {
			return nil, err
		}
		if len(list.Items) > 1 {
			return nil, fmt.Errorf("line %d has %d conversations, one person wrote to it", line, len(list.Items))
		}
		for _, c := range list.Items {
			found[line] = c.ID
		}
	}
	return found, nil
}

// messages are all of a conversation, in its order.
func (a *api) messages(conversation string) (all []message) {
	a.t.Helper()
	for after := int64(0); ; {
		var page struct{ Items []message }
		a.get(fmt.Sprintf("/conversations/%s/messages?after_seq=%d&limit=100", conversation, after), &page)
		if len(page.Items) == 0 {
			return all
		}
		all = append(all, page.Items...)
		after = *page.Items[len(page.Items)-1].Seq
	}
}
