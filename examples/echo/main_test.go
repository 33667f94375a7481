package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/custom"
)

// TestEchoSpeaksToTheRealAdapter connects the example to the adapter that it was written for.
func TestEchoSpeaksToTheRealAdapter(t *testing.T) {
	t.Parallel()
	const secret = "shared by both sides"
	system := &echo{Secret: secret}
	there := httptest.NewServer(system)
	t.Cleanup(there.Close)
	a, err := new(custom.Driver).Open(channels.Account{ID: 1, Config: map[string]string{"outgoing_url": there.URL, "secret": secret}},
		channels.Env{HTTP: http.DefaultClient, Now: time.Now, Files: &channeltest.Files{}, Key: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	here := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		answer, err := a.(channels.Webhook).Receive(r.Context(), channels.Request{
			Method: r.Method, Body: body, Header: map[string]string{strings.ToLower(custom.SignatureHeader): r.Header.Get(custom.SignatureHeader)},
		}, rec)
		if err != nil {
			t.Error(err)
		}
		w.WriteHeader(answer.Status)
	}))
	t.Cleanup(here.Close)
	system.Hook = here.URL
	for range 2 { // the second time as after a lost answer
		if _, err := a.Send(t.Context(), channels.Outgoing{Key: "42", Chat: "visitor-1", Text: "hello"}); err != nil {
			t.Fatal(err)
		}
	}
	got := rec.Events()
	if len(got) != 1 || got[0].Message.Text != "You said: hello" || got[0].Chat != "visitor-1" || got[0].Key != "echo-42" {
		t.Errorf("%+v", got)
	}
	if err := a.(channels.Tester).Test(t.Context()); err != nil {
		t.Errorf("ping: %v", err)
	}
	system.Secret = "another"
	if _, err := a.Send(t.Context(), channels.Outgoing{Key: "43", Chat: "visitor-1", Text: "x"}); channels.AsError(err) == nil || channels.AsError(err).Kind != channels.AuthFailed {
		t.Errorf("a wrong secret: %v", err)
	}
}
