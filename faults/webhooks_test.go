//go:build unix

package faults_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"parley/internal/testenv"
	"parley/internal/testenv/program"
)

const (
	webhookSecret = "a secret of the test"
	deliveries    = 10 // of each webhook
	connections   = 10 // half of them to each node
	perChat       = 25 // messages of one chat
)

// TestWebhooksDeliveredTenTimes pushes every webhook ten times, in no order, over ten connections, to two nodes
// at once: each is one message.
func TestWebhooksDeliveredTenTimes(t *testing.T) {
	count := webhooks(t)
	n := &nodes{t: t, program: program.Build(t, ""), redis: testenv.StartRedis(t)}
	n.env = []string{
		"PARLEY_DATABASE=" + testenv.DurablePostgres(t), "PARLEY_REDIS=" + n.redis.URL, "PARLEY_SECRET_KEY=" + rightKey, "PARLEY_DATA=" + t.TempDir(),
	}
	n.key = n.program.MustRun(t, n.env, "apikey", "create", "--name", "webhooks")
	for i := range n.server {
		n.address[i] = program.FreeAddress(t)
		n.start(i)
	}
	account, hook := n.customAccount()

	began := time.Now()
	order := rand.Perm(count * deliveries)
	var wg sync.WaitGroup
	for c := range connections {
		wg.Go(func() {
			client := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			for i := c; i < len(order); i += connections {
				if err := push(client, n.server[c%2].URL+hook, order[i]%count); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	t.Logf("%d webhooks, %d times each: %.0f deliveries/s", count, deliveries, float64(len(order))/time.Since(began).Seconds())
	if t.Failed() {
		return
	}

	times := map[string]int{}
	for _, c := range n.allOf(account) {
		for _, m := range n.api(0).messages(c) {
			times[m.Text]++
		}
	}
	for i := range count {
		if got := times[webhookText(i)]; got != 1 {
			t.Errorf("webhook %d is there %d times", i, got)
		}
	}
	if len(times) != count {
		t.Errorf("%d different messages, want %d", len(times), count)
	}
}

// webhooks is how many there are: PARLEY_WEBHOOKS, or few.
func webhooks(t *testing.T) int {
	t.Helper()
	text := os.Getenv("PARLEY_WEBHOOKS")
	if text == "" {
		return 500
	}
	count, err := strconv.Atoi(text)
	if err != nil || count < 1 {
		t.Fatalf("PARLEY_WEBHOOKS is %q, want a number of webhooks", text)
	}
	return count
}

func webhookText(i int) string { return fmt.Sprint("webhook ", i) }

// customAccount connects a custom account and returns its id and its webhook's path.
func (n *nodes) customAccount() (id, path string) {
	n.t.Helper()
	var account struct {
		ID         string `json:"id"`
		WebhookURL string `json:"webhook_url"`
	}
	n.api(0).post("/accounts", map[string]any{"kind": "custom", "name": "Webhooks", "config": map[string]any{"secret": webhookSecret}}, &account)
	address, err := url.Parse(account.WebhookURL)
	if err != nil || address.Path == "" {
		n.t.Fatalf("the webhook's address is %q", account.WebhookURL)
	}
	return account.ID, address.Path
}

// push delivers a webhook once more; see deliver.
func push(client *http.Client, address string, i int) error {
	return deliver(client, address, strconv.Itoa(i), strconv.Itoa(i/perChat), webhookText(i))
}

// deliver pushes a message of a chat to a custom channel, signed; a server that is busy is asked again.
func deliver(client *http.Client, address, id, chat, text string) error {
	body, err := json.Marshal(map[string]any{
		"id": id, "type": "message", "chat_id": chat, "sender": map[string]any{"id": chat, "name": "Writer " + chat}, "text": text,
	})
	if err != nil {
		return err
	}
	mac := hmac.New(sha256.New, []byte(webhookSecret))
	mac.Write(body)
	for {
		req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, address, bytes.NewReader(body))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("X-Parley-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
		res, err := client.Do(req)
		if err != nil {
			return err
		}
		answer, err := io.ReadAll(res.Body)
		res.Body.Close()
		switch {
		case err != nil:
			return err
		case res.StatusCode == http.StatusServiceUnavailable:
		case res.StatusCode/100 != 2:
			return fmt.Errorf("message %s: status %d: %s", id, res.StatusCode, answer)
		default:
			return nil
		}
	}
}

// allOf are the ids of all conversations of an account.
func (n *nodes) allOf(account string) (ids []string) {
	n.t.Helper()
	for cursor := ""; ; {
		var page struct {
			Items []conversation
			Next  string
		}
		n.api(1).get("/conversations?limit=100&account="+account+"&cursor="+url.QueryEscape(cursor), &page)
		for _, c := range page.Items {
			ids = append(ids, c.ID)
		}
		if cursor = page.Next; cursor == "" {
			return ids
		}
	}
}
