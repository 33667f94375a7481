package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/internal/app"
	"parley/internal/auth"
	"parley/internal/config"
	"parley/internal/secret"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// node is one running program with its HTTP.
type node struct {
	t    testing.TB
	app  *app.App
	base string
	key  string

	stop   func()       // at the end of the test, or before
	client *http.Client // its own, so that no other test's connections are in it
}

// boot starts a node on a place; several nodes may share one on PostgreSQL.
func boot(t *testing.T, place store.Options, key secret.Key, more ...channels.Driver) *node {
	t.Helper()
	dir := place.Dir
	if dir == "" {
		dir = t.TempDir()
	}
	cfg := config.Config{Listen: "127.0.0.1:0", Data: dir, Blobs: dir + "/blobs", Database: config.NewURL(place.URL), SecretKey: key, HasSecretKey: true}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	a, err := app.New(t.Context(), app.Options{Config: cfg, Log: slog.New(slog.DiscardHandler), Version: "test", Drivers: more})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	base, err := a.Start(t.Context())
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	stop := sync.OnceFunc(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		client.CloseIdleConnections() // one that was opened in vain would be waited for
		if err := a.Stop(ctx); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	t.Cleanup(stop)
	_, token, err := a.Auth.CreateAPIKey(t.Context(), auth.System(), "test", nil)
	if err != nil {
		t.Fatal(err)
	}
	return &node{t: t, app: a, base: base, key: token.Reveal(), client: client, stop: stop}
}

// call makes a request; token "" is nobody. It decodes the answer into out unless nil.
func (n *node) call(method, path, token string, body, out any) (int, error) {
	var payload io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return 0, err
		}
		payload = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(n.t.Context(), method, n.base+path, payload)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := n.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err
	}
	if out != nil && resp.StatusCode < 300 {
		if err := json.Unmarshal(text, out); err != nil {
			return resp.StatusCode, fmt.Errorf("decode %s: %w", text, err)
		}
	}
	if resp.StatusCode >= 300 {
		return resp.StatusCode, fmt.Errorf("%s %s: %d %s", method, path, resp.StatusCode, text)
	}
	return resp.StatusCode, nil
}

func (n *node) must(method, path, token string, body, out any) {
	n.t.Helper()
	if _, err := n.call(method, path, token, body, out); err != nil {
		n.t.Fatal(err)
	}
}

type page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next"`
}

type item struct {
	ID      string `json:"id"`
	Seq     int64  `json:"seq"`
	Text    string `json:"text"`
	State   string `json:"state"`
	Contact string `json:"contact_id"`
	Request string `json:"request_id"`
	Lead    string `json:"lead_id"`
}

// chat returns the web chat's path, and a visitor's token.
func (n *node) chat(introduction any) (path, token string) {
	n.t.Helper()
	var accounts page[item]
	n.must(http.MethodGet, "/api/v1/accounts", n.key, nil, &accounts)
	path = "/chat/" + accounts.Items[0].ID
	var v struct{ Token string }
	n.must(http.MethodPost, path+"/visitors", "", introduction, &v)
	return path, v.Token
}

func (n *node) list(path string) []item {
	n.t.Helper()
	var p page[item]
	n.must(http.MethodGet, path, n.key, nil, &p)
	return p.Items
}

// until repeats a look until it is satisfied; the test's own deadline ends it.
func until(t *testing.T, what string, look func() bool) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !look() {
		select {
		case <-deadline:
			t.Fatalf("never: %s", what)
		case <-tick.C:
		}
	}
}

func uuid(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

func TestVisitorWritesAgentAnswers(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		n := boot(t, place, secret.NewKey())
		chat, visitor := n.chat(map[string]any{"name": "Olga"})
		n.must(http.MethodPost, chat+"/messages", visitor, map[string]any{"client_id": uuid(1), "text": "Is it green?"}, nil)

		list := n.list("/api/v1/conversations")
		if len(list) != 1 || list[0].Request == "" || list[0].Lead == "" {
			t.Fatalf("conversations = %+v", list)
		}
		n.must(http.MethodPost, "/api/v1/conversations/"+list[0].ID+"/messages", n.key, map[string]any{"kind": "reply", "text": "Very.", "seen_seq": 1}, nil)
		until(t, "the visitor has the answer", func() bool {
			var p page[item]
			n.must(http.MethodGet, chat+"/messages", visitor, nil, &p)
			return len(p.Items) == 2 && p.Items[1].Text == "Very." && p.Items[1].State == "sent"
		})
		var seen page[item]
		n.must(http.MethodGet, chat+"/messages", visitor, nil, &seen)
		n.must(http.MethodPost, chat+"/receipts", visitor, map[string]any{"message_id": seen.Items[1].ID, "state": "read"}, nil)
		until(t, "the answer is read", func() bool {
			m := n.list("/api/v1/conversations/" + list[0].ID + "/messages")
			return len(m) == 2 && m[1].State == "read"
		})
	})
}

func TestHundredMessagesTenTimesEach(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		n := boot(t, place, secret.NewKey())
		chat, visitor := n.chat(nil)
		const messages, times, connections = 100, 10, 10
		order := make([]int, 0, messages*times)
		for i := range messages * times {
			order = append(order, i%messages)
		}
		rand.New(rand.NewPCG(7, 7)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var mu sync.Mutex
		created := 0
		work := make(chan int)
		var wg sync.WaitGroup
		for range connections {
			wg.Go(func() {
				for i := range work {
					status, err := n.call(http.MethodPost, chat+"/messages", visitor, map[string]any{"client_id": uuid(i), "text": fmt.Sprint("message ", i)}, nil)
					if err != nil {
						t.Error(err)
					}
					if status == http.StatusCreated {
						mu.Lock()
						created++
						mu.Unlock()
					}
				}
			})
		}
		for _, i := range order {
			work <- i
		}
		close(work)
		wg.Wait()
		if created != messages {
			t.Errorf("%d were answered as new, want %d", created, messages)
		}
		list := n.list("/api/v1/conversations")
		if len(list) != 1 || list[0].Seq != messages {
			t.Fatalf("conversations = %+v", list)
		}
		texts := map[string]bool{}
		for _, m := range n.list("/api/v1/conversations/" + list[0].ID + "/messages?limit=200") {
			texts[m.Text] = true
		}
		if len(texts) != messages {
			t.Errorf("%d different messages, want %d", len(texts), messages)
		}
	})
}

func TestTwoNodesMakeOneContact(t *testing.T) {
	t.Parallel()
	place := storetest.Place(t, store.Postgres)
	key := secret.NewKey()
	nodes := []*node{boot(t, place, key), boot(t, place, key)}
	chat, visitor := nodes[0].chat(map[string]any{"name": "Two"})
	const rounds = 20
	for round := range rounds {
		if round > 0 {
			chat, visitor = nodes[0].chat(map[string]any{"name": "Two"})
		}
		var wg sync.WaitGroup
		for i, n := range nodes {
			wg.Go(func() {
				if _, err := n.call(http.MethodPost, chat+"/messages", visitor, map[string]any{"client_id": uuid(round*2 + i), "text": "at once"}, nil); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
	for what, path := range map[string]string{"contacts": "/api/v1/contacts?limit=100", "conversations": "/api/v1/conversations?limit=100", "leads": "/api/v1/leads?limit=100", "requests": "/api/v1/requests?limit=100"} {
		if got := len(nodes[1].list(path)); got != rounds {
			t.Errorf("%d %s, want %d", got, what, rounds)
		}
	}
}

func TestAcknowledgedSurvivesRestart(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		key := secret.NewKey()
		first := boot(t, place, key)
		chat, visitor := first.chat(nil)
		first.must(http.MethodPost, chat+"/messages", visitor, map[string]any{"client_id": uuid(1), "text": "before"}, nil)
		if place.URL == "" { // one SQLite folder has one server
			first.stop()
		}
		second := boot(t, place, key)
		if status, err := second.call(http.MethodPost, chat+"/messages", visitor, map[string]any{"client_id": uuid(1), "text": "before"}, nil); err != nil || status != http.StatusOK {
			t.Errorf("the replay: %d, %v", status, err)
		}
		if list := second.list("/api/v1/conversations"); len(list) != 1 || list[0].Seq != 1 {
			t.Errorf("conversations = %+v", list)
		}
	})
}
