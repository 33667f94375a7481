package telegram_test

import (
	"context"
	"encoding/json"
	"sync"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/telegram"
	"parley/channels/telegram/telegramtest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{telegram.ModePoll, telegram.ModeWebhook} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			channeltest.Run(t, channeltest.Harness{New: func(t testing.TB, j *channeltest.Journal) channeltest.Setup { return setup(t, j, mode) }})
		})
	}
}

func setup(t testing.TB, j *channeltest.Journal, mode string) channeltest.Setup {
	w := newWorld(t, mode)
	anna := w.Person(42, "Anna", "")
	var mu sync.Mutex
	offered := map[string][]byte{}
	w.OnAcknowledged(func(raw []byte) {
		text := textOf(raw)
		mu.Lock()
		offered[text] = raw
		mu.Unlock()
		j.Acknowledged(text)
	})
	s := channeltest.Setup{
		Driver: driver(), Account: w.account, HTTP: w.client, Chat: "42",
		Arrive: func(text string) { w.Say(anna, 42, telegramtest.Object{"text": text}) },
		Again: func(text string) {
			mu.Lock()
			defer mu.Unlock()
			w.Again(offered[text])
		},
		Deny: w.Deny,
		Garbage: func(raw []byte) bool {
			w.rubbish.Store(true)
			if json.Valid(raw) && len(raw) < 1000 {
				w.Update("message", json.RawMessage(raw))
				return false
			}
			w.GarbleNext(raw)
			return true
		},
		Answers: []channeltest.Answer{
			channeltest.Accept, channeltest.LoseReply, channeltest.Hang, channeltest.Garble, channeltest.TooFast,
			channeltest.Unavailable, channeltest.Unreachable, channeltest.Reject, channeltest.Denied,
		},
		Script: func(a channeltest.Answer) {
			if a == channeltest.Unreachable {
				w.disconnect()
			} else if a != channeltest.Accept {
				w.Next(telegramtest.Fault(a))
			}
		},
		Attempts: func() []channeltest.Attempt { return attempts(w.Bot) },
	}
	if mode == telegram.ModeWebhook {
		s.Push = func(ctx context.Context, a channels.Adapter, in channels.Inbound) {
			w.Push(ctx, postTo(a.(channels.Webhook), in))
		}
		s.Garbage = func(raw []byte) bool {
			w.PushRaw(raw)
			return false
		}
	}
	return s
}

func textOf(raw []byte) string {
	var u struct {
		Message struct {
			Text string `json:"text"`
		} `json:"message"`
	}
	if json.Unmarshal(raw, &u) != nil {
		return ""
	}
	return u.Message.Text
}

func attempts(b *telegramtest.Bot) (seen []channeltest.Attempt) {
	for _, c := range b.Calls() {
		if c.Method == "sendMessage" {
			seen = append(seen, channeltest.Attempt{Chat: c.Params.Text["chat_id"], Text: c.Params.Text["text"]})
		}
	}
	return seen
}
