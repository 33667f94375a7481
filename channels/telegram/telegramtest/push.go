package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// SecretHeader is what a push proves itself with.
const SecretHeader = "X-Telegram-Bot-Api-Secret-Token"

// pushPause is how long the network waits before it pushes what was not taken again.
const pushPause = 20 * time.Millisecond

// Post hands one update to a webhook and returns the status and the body of the answer, 0 when none came.
type Post func(ctx context.Context, hook Webhook, update []byte) (status int, body []byte)

// Push offers updates to the bot's webhook, in order, until ctx ends. What is not answered with 200 is
// offered again; an answer may hold a call of a method.
func (b *Bot) Push(ctx context.Context, post Post) {
	for ctx.Err() == nil {
		b.mu.Lock()
		changed, hook := b.changed, b.webhook
		var next *pending
		if len(b.queue) > 0 && hook.URL != "" {
			u := b.queue[0]
			next = &u
		}
		b.mu.Unlock()
		if next == nil {
			select {
			case <-changed:
			case <-ctx.Done():
			}
			continue
		}
		status, body := post(ctx, hook, next.raw)
		if status != http.StatusOK {
			pause(ctx)
			continue
		}
		b.mu.Lock()
		first := true
		b.confirm(func(u pending) bool {
			hit := first && u.id == next.id && bytes.Equal(u.raw, next.raw)
			first = first && !hit
			return hit
		})
		b.news()
		b.mu.Unlock()
		b.inline(ctx, body)
	}
}

// inline makes the call that an answer to a push holds.
func (b *Bot) inline(ctx context.Context, body []byte) {
	var call struct {
		Method string `json:"method"`
	}
	if json.Unmarshal(body, &call) != nil || call.Method == "" {
		return
	}
	p := Params{Text: map[string]string{}, Files: map[string]Upload{}}
	if p.readJSON(bytes.NewReader(body)) == nil {
		delete(p.Text, "method")
		b.call(ctx, call.Method, p)
	}
}

func pause(ctx context.Context) {
	timer := time.NewTimer(pushPause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// PostBy returns a Post over HTTP.
func PostBy(client *http.Client) Post {
	return func(ctx context.Context, hook Webhook, update []byte) (int, []byte) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.URL, bytes.NewReader(update))
		if err != nil {
			return 0, nil
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set(SecretHeader, hook.Secret)
		res, err := client.Do(r)
		if err != nil {
			return 0, nil
		}
		defer res.Body.Close()
		body, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
		if err != nil {
			return 0, nil
		}
		return res.StatusCode, body
	}
}
