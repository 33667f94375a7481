package telegramtest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"parley/channels/telegram/telegramtest"
	"parley/internal/app"
	"parley/internal/auth"
	"parley/internal/config"
	"parley/internal/secret"
)

// TestThroughTheProduct boots the whole product, connects a bot by the API, and has a person and an agent write
// to each other: by polls, and by pushes over HTTP to the address that the product gave out.
func TestThroughTheProduct(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"poll", "webhook"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			bot, address := checked(t)
			p := bootProduct(t)
			set := map[string]string{"token": token, "base_url": address, "mode": mode}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			var account struct {
				ID string `json:"id"`
			}
			p.call(http.MethodPost, "/accounts", map[string]any{"kind": "telegram", "name": "Bot", "config": set}, &account)
			if !bot.Wait(ctx, bot.Listening) {
				t.Fatal("the account does not listen")
			}
			if mode == "webhook" {
				go bot.Push(ctx, telegramtest.PostBy(http.DefaultClient))
			}
			bot.Say(bot.Person(42, "Anna", "Ivanova"), 42, object{"text": "Is it in stock?"})
			var list struct {
				Items []struct {
					ID   string `json:"id"`
					Last struct {
						Text string `json:"text"`
					} `json:"last_message"`
				} `json:"items"`
			}
			p.until("the conversation", func() bool {
				p.call(http.MethodGet, "/conversations?account_id="+account.ID, nil, &list)
				return len(list.Items) == 1
			})
			if said := list.Items[0].Last.Text; said != "Is it in stock?" {
				t.Errorf("the conversation says %q", said)
			}
			p.call(http.MethodPost, "/conversations/"+list.Items[0].ID+"/messages", map[string]any{"text": "Yes, two"}, nil)
			if !bot.Wait(ctx, func() bool { return field(bot, 2, "text") == "Yes, two" }) {
				t.Fatal("the answer did not arrive")
			}
		})
	}
}

// product is the whole program, with a key to its API.
type product struct {
	t         *testing.T
	base, key string
}

func bootProduct(t *testing.T) *product {
	t.Helper()
	dir := t.TempDir()
	a, err := app.New(t.Context(), app.Options{Version: "test", Log: slog.New(slog.DiscardHandler), Config: config.Config{
		Listen: "127.0.0.1:0", Data: dir, Blobs: dir + "/blobs", SecretKey: secret.Key{1}, HasSecretKey: true,
		EgressAllow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	base, err := a.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		http.DefaultClient.CloseIdleConnections()
		if err := a.Stop(ctx); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	_, token, err := a.Auth.CreateAPIKey(t.Context(), auth.System(), "test", nil)
	if err != nil {
		t.Fatal(err)
	}
	return &product{t, base, token.Reveal()}
}

func (p *product) call(method, path string, body, out any) {
	p.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	if body == nil {
		text = nil
	}
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.base+"/api/v1"+path, bytes.NewReader(text))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+p.key)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 300 {
		p.t.Fatalf("%s %s: %d %s %v", method, path, res.StatusCode, answer, err)
	}
	if out != nil {
		if err := json.Unmarshal(answer, out); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *product) until(what string, cond func() bool) {
	p.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 1000 {
		if cond() {
			return
		}
		<-tick.C
	}
	p.t.Fatalf("waited in vain: %s", what)
}
