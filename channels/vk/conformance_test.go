package vk_test

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/vk"
	"parley/channels/vk/vktest"
)

const (
	token  = "vk1.a.token-of-the-community"
	secret = "secret-of-the-pushes"
	group  = 224466
	ivan   = 1001
)

func TestConformance(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"longpoll", "callback"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			channeltest.Run(t, channeltest.Harness{New: func(t testing.TB, j *channeltest.Journal) channeltest.Setup {
				return setup(t, mode, j)
			}})
		})
	}
}

// config is the configuration of an account on a server.
func config(s *vktest.Server, mode string) map[string]string {
	return map[string]string{
		"token": token, "group_id": "224466", "base_url": s.BaseURL(), "mode": mode, "confirmation": "a1b2c3d4", "secret": secret,
	}
}

// start makes a server with somebody known on it.
func start(t testing.TB, mode string) *vktest.Server {
	o := vktest.Options{Token: token, Group: group, Wait: 200 * time.Millisecond}
	if mode == "callback" {
		o.Secret = secret
	}
	s := vktest.Start(o)
	t.Cleanup(s.Close)
	s.Person(ivan, "Иван", "Петров")
	return s
}

func answers() map[channeltest.Answer]vktest.Fault {
	return map[channeltest.Answer]vktest.Fault{
		channeltest.Accept: {}, channeltest.LoseReply: vktest.LoseReply(), channeltest.Hang: vktest.Hang(), channeltest.Garble: vktest.Garble(),
		channeltest.TooFast: vktest.TooFast(channeltest.RetryAfter), channeltest.Unavailable: vktest.Unavailable(),
		channeltest.Unreachable: {}, channeltest.Reject: vktest.Refuse(901), channeltest.Denied: vktest.Refuse(5),
	}
}

func setup(t testing.TB, mode string, j *channeltest.Journal) channeltest.Setup {
	s := start(t, mode)
	s.OnAcknowledge(func(body []byte) {
		if text := written(body); text != "" {
			j.Acknowledged(text)
		}
	})
	events := map[string][]byte{}
	set := channeltest.Setup{
		Driver:  &vk.Driver{},
		Account: channels.Account{ID: 7, Kind: channels.KindVK, Config: config(s, mode)},
		HTTP:    s.Client(),
		Chat:    "1001",
		To:      []channels.Address{{Scope: "vk", Address: "1001"}},
		Arrive:  func(text string) { _, events[text] = s.Write(ivan, ivan, text) },
		Again:   func(text string) { s.Again(events[text]) },
		Garbage: s.Garbage,
		Deny:    s.Deny,
		Answers: slices.Collect(maps.Keys(answers())),
		Script: func(a channeltest.Answer) {
			if a == channeltest.Unreachable {
				s.Unreachable(true)
				return
			}
			s.Script("messages.send", answers()[a])
		},
		Attempts: func() (list []channeltest.Attempt) {
			for _, a := range s.Attempts() {
				list = append(list, channeltest.Attempt{DedupID: a.RandomID, Chat: a.Peer, Text: a.Text})
			}
			return list
		},
	}
	if mode == "callback" {
		set.Deny = nil // a push does not show the token
		set.Garbage = func(raw []byte) bool { s.Again(raw); return true }
		set.Push = func(ctx context.Context, a channels.Adapter, in channels.Inbound) { s.Push(ctx, pushTo(a, in)) }
	}
	return set
}

// pushTo hands pushes to an adapter as the house does.
func pushTo(a channels.Adapter, in channels.Inbound) vktest.Deliver {
	return func(ctx context.Context, body []byte) (int, string) {
		r, err := a.(channels.Webhook).Receive(ctx, channels.Request{Method: http.MethodPost, Path: "/hooks/7/x", Body: body}, in)
		if err != nil {
			return http.StatusInternalServerError, ""
		}
		return r.Status, string(r.Body)
	}
}

// written is the text of a message in an event.
func written(body []byte) string {
	var e struct {
		Type   string
		Object struct{ Message struct{ Text string } }
	}
	if json.Unmarshal(body, &e) != nil || e.Type != "message_new" {
		return ""
	}
	return e.Object.Message.Text
}
