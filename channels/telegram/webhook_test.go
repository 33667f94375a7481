package telegram_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/telegram"
)

func TestReceiveChecksItsSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t, telegram.ModeWebhook)
	a, rec := w.open(t), channeltest.NewRecorder(channeltest.NewJournal())
	w.run(t, a, rec)
	w.asked(t)
	secret := w.Hook().Secret
	if len(secret) < 32 || strings.ContainsFunc(secret, func(r rune) bool { return !strings.ContainsRune("0123456789abcdef", r) }) {
		t.Fatalf("the secret has %d characters, or odd ones", len(secret))
	}
	body := `{"update_id":1,"message":{"message_id":5,"date":1,"chat":{"id":42,"type":"private"},"from":{"id":42,"first_name":"Anna"},"text":"hi"}}`
	for _, c := range []struct {
		name, method, secret, body string
		status                     int
	}{
		{"no secret", http.MethodPost, "", body, http.StatusUnauthorized},
		{"wrong secret", http.MethodPost, secret[1:] + "x", body, http.StatusUnauthorized},
		{"wrong secret, not even an update", http.MethodPost, "x", "{", http.StatusUnauthorized},
		{"another method", http.MethodGet, secret, "", http.StatusMethodNotAllowed},
		{"a push", http.MethodPost, secret, body, http.StatusOK},
		{"a kind that says nothing", http.MethodPost, secret, `{"update_id":2,"chat_boost":{}}`, http.StatusOK},
	} {
		r, err := a.Receive(context.Background(), channels.Request{Method: c.method, Body: []byte(c.body), Header: map[string]string{"x-telegram-bot-api-secret-token": c.secret}}, rec)
		if err != nil || r.Status != c.status {
			t.Errorf("%s: %d %v, want %d", c.name, r.Status, err, c.status)
		}
	}
	if n := len(rec.Events()); n != 1 {
		t.Errorf("%d events were kept, want 1", n)
	}
	rec.Next(channeltest.Refuse)
	r, err := a.Receive(context.Background(), channels.Request{Method: http.MethodPost, Body: []byte(strings.Replace(body, "5", "6", 1)), Header: map[string]string{"x-telegram-bot-api-secret-token": secret}}, rec)
	if err != nil || r.Status != http.StatusServiceUnavailable {
		t.Errorf("not stored, the push was answered with %d %v", r.Status, err)
	}
}

func TestWebhookThatSomebodyTookAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, telegram.ModeWebhook)
	a, rec := w.open(t), channeltest.NewRecorder(channeltest.NewJournal())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(context.Background(), rec) }()
	w.connected(t, rec)
	w.SetHook("https://elsewhere.example/")
	e := channels.AsError(<-ended)
	if e == nil || e.Kind != channels.Transient || e.Code != telegram.CodeHookSet {
		t.Errorf("Run returned %v", e)
	}
}

func TestWebhookThatIsNotReached(t *testing.T) {
	t.Parallel()
	w := newWorld(t, telegram.ModeWebhook)
	a, rec := w.open(t), channeltest.NewRecorder(channeltest.NewJournal())
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx, rec) }()
	w.connected(t, rec)
	w.Say(w.Person(42, "Anna", ""), 42, object{"text": "is anybody there?"})
	w.HookTrouble("Connection refused")
	w.reported(t, rec, channels.StateReconnecting)
	w.HookTrouble("")
	w.reported(t, rec, channels.StateConnected)
	for _, s := range rec.Statuses() {
		if s.State == channels.StateReconnecting && (!strings.Contains(s.Text, "certificate") || strings.Contains(s.Text, "Connection refused")) {
			t.Errorf("the report says %q", s.Text)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestWebhookNeedsAnAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t, telegram.ModeWebhook)
	adapter, err := (&telegram.Driver{}).Open(w.account, channels.Env{HTTP: w.client})
	if err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"Run":  adapter.Run(context.Background(), channeltest.NewRecorder(channeltest.NewJournal())),
		"Test": adapter.(channels.Tester).Test(context.Background()),
	} {
		if e := channels.AsError(err); e == nil || e.Kind != channels.Permanent || e.Code != telegram.CodeNoAddress {
			t.Errorf("%s returned %v", name, err)
		}
		var words *channels.ConfigError
		if !errors.As(err, &words) || words.Field != "mode" || !strings.HasPrefix(words.RU, "у Parley") || words.EN != channels.AsError(err).Text {
			t.Errorf("%s says %+v", name, words)
		}
	}
}
