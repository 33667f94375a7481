package whatsapptest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// SignatureHeader carries the signature of a push.
const SignatureHeader = "X-Hub-Signature-256"

// queued is a push that is offered until it is taken.
type queued struct {
	body  []byte
	taken func()
}

// Sign returns the signature of a body under a secret.
func Sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// Envelope writes a change as the body of a push. value's metadata is added.
func (s *Server) Envelope(field string, value map[string]any) []byte {
	whole := map[string]any{
		"messaging_product": "whatsapp",
		"metadata":          map[string]any{"display_phone_number": s.Account.Number, "phone_number_id": s.Account.NumberID},
	}
	for k, v := range value {
		whole[k] = v
	}
	text, err := json.Marshal(map[string]any{"object": "whatsapp_business_account", "entry": []any{
		map[string]any{"id": s.Account.BusinessID, "changes": []any{map[string]any{"field": field, "value": whole}}},
	}})
	if err != nil {
		return nil
	}
	return text
}

// Message writes the push of what a contact wrote; content holds "type" and what belongs to it, and may
// name the message by "id".
func (s *Server) Message(phone, name string, content map[string]any) []byte {
	s.mu.Lock()
	s.last++
	m := map[string]any{"from": phone, "id": fmt.Sprintf("wamid.IN%s%06d", phone, s.last), "timestamp": fmt.Sprint(s.now().Unix())}
	s.mu.Unlock()
	for k, v := range content {
		m[k] = v
	}
	return s.Envelope("messages", map[string]any{
		"contacts": []any{map[string]any{"profile": map[string]any{"name": name}, "wa_id": phone}}, "messages": []any{m},
	})
}

// Status writes the push of how far a call's message came, with the mark that the call bore.
func (s *Server) Status(c Call, state string) []byte {
	st := map[string]any{"id": c.ID, "status": state, "timestamp": fmt.Sprint(s.now().Unix()), "recipient_id": c.To}
	if mark, ok := c.Body["biz_opaque_callback_data"]; ok {
		st["biz_opaque_callback_data"] = mark
	}
	return s.Envelope("messages", map[string]any{"statuses": []any{st}})
}

// Offer queues a push; taken, if not nil, is called when it was answered with 200.
func (s *Server) Offer(body []byte, taken func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, queued{body, taken})
	close(s.changed)
	s.changed = make(chan struct{})
}

// Deliver offers what is queued, in order, until ctx ends. What post does not answer with 200 is offered
// again.
func (s *Server) Deliver(ctx context.Context, post func(ctx context.Context, body []byte, signature string) (status int)) {
	for ctx.Err() == nil {
		s.mu.Lock()
		changed := s.changed
		var next *queued
		if len(s.queue) > 0 {
			next = &s.queue[0]
		}
		s.mu.Unlock()
		pause := time.Hour
		if next != nil {
			if post(ctx, next.body, Sign(s.Account.Secret, next.body)) == http.StatusOK {
				s.drop(next)
				continue
			}
			pause = 20 * time.Millisecond
		}
		timer := time.NewTimer(pause)
		select {
		case <-changed:
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

func (s *Server) drop(q *queued) {
	s.mu.Lock()
	s.queue = s.queue[1:]
	s.mu.Unlock()
	if q.taken != nil {
		q.taken()
	}
}

// Post returns a function for Deliver that posts to an account's webhook address.
func Post(client *http.Client, address string) func(context.Context, []byte, string) int {
	return func(ctx context.Context, body []byte, signature string) int {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
		if err != nil {
			return 0
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set(SignatureHeader, signature)
		resp, err := client.Do(req)
		if err != nil {
			return 0
		}
		_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20)) // so that the connection serves again
		_ = resp.Body.Close()
		return resp.StatusCode
	}
}
