package custom_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/custom"
	"parley/channels/custom/customtest"
)

const secret = "test-secret-0123456789"

func TestConformance(t *testing.T) {
	t.Parallel()
	channeltest.Run(t, channeltest.Harness{New: setup})
}

func setup(t testing.TB, j *channeltest.Journal) channeltest.Setup {
	t.Helper()
	partner := customtest.New(secret)
	gate := channeltest.NewGate(t, partner, refuse)
	hooks := channeltest.NewHooks(j, func(n int, text string) channels.Request {
		return signed(marshal(t, map[string]any{
			"id": fmt.Sprint("m", n), "type": "message", "chat_id": "chat-1", "sender": map[string]any{"id": "anna", "name": "Anna"}, "text": text,
		}))
	}, signed)
	return channeltest.Setup{
		Driver: &custom.Driver{},
		Account: channels.Account{ID: 7, Kind: channels.KindCustom, Name: "Partner", Config: map[string]string{
			"outgoing_url": gate.URL() + "/in", "secret": secret,
		}},
		HTTP: gate.Client(), Chat: "chat-1",
		Arrive: hooks.Arrive, Again: hooks.Again, Push: hooks.Push, Garbage: hooks.Garbage,
		Answers: []channeltest.Answer{
			channeltest.LoseReply, channeltest.Hang, channeltest.TooFast, channeltest.Unavailable, channeltest.Unreachable, channeltest.Reject, channeltest.Denied,
		},
		Script: gate.Script,
		Attempts: func() []channeltest.Attempt {
			var list []channeltest.Attempt
			for _, r := range partner.Got() {
				a := channeltest.Attempt{}
				a.DedupID, _ = r.Body["id"].(string)
				a.Chat, _ = r.Body["chat_id"].(string)
				a.Text, _ = r.Body["text"].(string)
				list = append(list, a)
			}
			return list
		},
	}
}

func refuse(w http.ResponseWriter, a channeltest.Answer) {
	switch a {
	case channeltest.TooFast:
		w.Header().Set("Retry-After", fmt.Sprint(channeltest.RetryAfter.Seconds()))
		w.WriteHeader(http.StatusTooManyRequests)
	case channeltest.Unavailable:
		w.WriteHeader(http.StatusServiceUnavailable)
	case channeltest.Reject:
		w.WriteHeader(http.StatusUnprocessableEntity)
	case channeltest.Denied:
		w.WriteHeader(http.StatusUnauthorized)
	}
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// signed is a push as the partner makes it.
func signed(body []byte) channels.Request {
	return channels.Request{Method: http.MethodPost, Body: body, Header: map[string]string{
		"content-type": "application/json", strings.ToLower(custom.SignatureHeader): customtest.Sign(secret, body),
	}}
}
