//go:build unix

package faults_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// bots is a network of bots in the manner of Telegram's Bot API, as small as it can be: updates are fetched
// by one poller, and are forgotten when a later poll's offset confirms them. What is sent is accepted
// every time it comes, so that a message sent twice is seen.
type bots struct {
	URL string

	mu      sync.Mutex
	byToken map[string]*bot
	news    chan struct{} // closed whenever somebody says something
}

type bot struct {
	updates []update
	last    int64
	got     []string // texts that were sent, in their order
}

type update struct {
	ID      int64          `json:"update_id"`
	Message map[string]any `json:"message"`
}

func newBots(t *testing.T) *bots {
	t.Helper()
	n := &bots{byToken: map[string]*bot{}, news: make(chan struct{})}
	server := httptest.NewServer(n)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	n.URL = server.URL
	return n
}

// say has a person write to a bot.
func (n *bots) say(token string, person int64, text string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	b := n.bot(token)
	b.last++
	b.updates = append(b.updates, update{b.last, map[string]any{
		"message_id": b.last, "date": time.Now().Unix(), "text": text,
		"from": map[string]any{"id": person, "is_bot": false, "first_name": "Anna"},
		"chat": map[string]any{"id": person, "type": "private", "first_name": "Anna"},
	}})
	close(n.news)
	n.news = make(chan struct{})
}

// sent returns what was sent by a bot.
func (n *bots) sent(token string) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.bot(token).got)
}

func (n *bots) bot(token string) *bot {
	if n.byToken[token] == nil {
		n.byToken[token] = &bot{}
	}
	return n.byToken[token]
}

// ServeHTTP answers /bot<token>/<method>.
func (n *bots) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token, method, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	var in struct {
		Offset  int64       `json:"offset"`
		Timeout int         `json:"timeout"`
		Text    string      `json:"text"`
		Chat    json.Number `json:"chat_id"`
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		in.Text, in.Chat = r.FormValue("text"), json.Number(r.FormValue("chat_id"))
	} else {
		_ = json.NewDecoder(r.Body).Decode(&in) // a call without a body has none
	}
	var result any = true
	switch method {
	case "getMe":
		result = map[string]any{"id": 1, "is_bot": true, "first_name": "Bot", "username": "test_bot"}
	case "getUpdates":
		result = n.poll(r, token, in.Offset, in.Timeout)
	case "sendMessage":
		result = n.take(r, token, in.Text)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result}) // the caller may be gone
}

// poll confirms what is before the offset and returns the rest, or waits for news.
func (n *bots) poll(r *http.Request, token string, offset int64, timeout int) []update {
	late := time.After(time.Duration(min(timeout, 5)) * time.Second)
	for {
		n.mu.Lock()
		b := n.bot(token)
		b.updates = slices.DeleteFunc(b.updates, func(u update) bool { return u.ID < offset })
		list, news := slices.Clone(b.updates[:min(len(b.updates), 100)]), n.news
		n.mu.Unlock()
		if len(list) > 0 || timeout == 0 {
			return append([]update{}, list...)
		}
		select {
		case <-news:
		case <-late:
			return []update{}
		case <-r.Context().Done():
			return []update{}
		}
	}
}

// take accepts a message, and takes a moment for the answer, so that faults find some on their way.
func (n *bots) take(r *http.Request, token, text string) map[string]any {
	n.mu.Lock()
	b := n.bot(token)
	b.got = append(b.got, text)
	id := 1_000_000 + len(b.got)
	n.mu.Unlock()
	select {
	case <-time.After(300 * time.Millisecond):
	case <-r.Context().Done():
	}
	return map[string]any{"message_id": id, "date": time.Now().Unix(), "text": text, "chat": map[string]any{"id": 1, "type": "private"}}
}
