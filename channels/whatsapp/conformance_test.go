package whatsapp_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/whatsapp"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	channeltest.Run(t, channeltest.Harness{New: func(t testing.TB, j *channeltest.Journal) channeltest.Setup {
		w := newWorld(t)
		var mu sync.Mutex
		written := map[string][]byte{}
		offer := func(text string) {
			mu.Lock()
			body := written[text]
			mu.Unlock()
			w.Offer(body, func() { j.Acknowledged(text) })
		}
		return channeltest.Setup{
			Driver: &whatsapp.Driver{Watch: 20 * time.Millisecond}, Account: w.account(), HTTP: w.http, Chat: phone,
			To: []channels.Address{{Scope: "phone", Address: "+" + phone}},
			Arrive: func(text string) {
				mu.Lock()
				written[text] = w.Message(phone, "Sheena", map[string]any{"type": "text", "text": map[string]any{"body": text}})
				mu.Unlock()
				offer(text)
			},
			Again: offer,
			Push: func(ctx context.Context, a channels.Adapter, in channels.Inbound) {
				w.Deliver(ctx, func(ctx context.Context, body []byte, signature string) int {
					r, err := a.(channels.Webhook).Receive(ctx, channels.Request{Method: http.MethodPost, Body: body, Header: map[string]string{"x-hub-signature-256": signature}}, in)
					if err != nil {
						return http.StatusInternalServerError
					}
					return r.Status
				})
			},
			Garbage: func(raw []byte) bool { w.Offer(raw, nil); return false },
			Deny:    w.Deny,
			Answers: []channeltest.Answer{
				channeltest.Accept, channeltest.LoseReply, channeltest.Hang, channeltest.Garble, channeltest.TooFast,
				channeltest.Unavailable, channeltest.Unreachable, channeltest.Reject, channeltest.Denied,
			},
			Script:   w.script,
			Attempts: w.attempts,
		}
	}})
}

func (w *world) script(a channeltest.Answer) {
	switch a {
	case channeltest.LoseReply:
		w.Next("lose reply")
	case channeltest.Hang:
		w.Next("hang")
	case channeltest.Garble:
		w.Next("garble")
	case channeltest.TooFast:
		w.Refuse(http.StatusBadRequest, 130429, int(channeltest.RetryAfter.Seconds()), "(#130429) Rate limit hit")
	case channeltest.Unavailable:
		w.Refuse(http.StatusServiceUnavailable, 131016, 0, "(#131016) Service unavailable")
	case channeltest.Unreachable:
		w.dead.Store(true)
		w.http.CloseIdleConnections()
	case channeltest.Reject:
		w.Refuse(http.StatusBadRequest, 131026, 0, "(#131026) Message undeliverable")
	case channeltest.Denied:
		w.Refuse(http.StatusUnauthorized, 190, 0, "Malformed access token "+meta.Token)
	}
}

func (w *world) attempts() []channeltest.Attempt {
	var list []channeltest.Attempt
	for _, c := range w.Calls() {
		list = append(list, channeltest.Attempt{Chat: c.To, Text: c.Text})
	}
	return list
}
