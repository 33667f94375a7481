package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"parley/channels/custom/customtest"
)

// customSecret is what both sides of the custom channel sign with.
const customSecret = "both-sides-sign-with-this-0123456789"

// customSide is another house's system with a customer of its own.
type customSide struct {
	partner *customtest.Partner
	base    string

	mu   sync.Mutex
	hook string
	last int
}

func openCustom(t *testing.T) network {
	partner := customtest.New(customSecret)
	return &customSide{partner: partner, base: serve(t, partner)}
}

func (s *customSide) config() map[string]string {
	return map[string]string{"secret": customSecret, "outgoing_url": s.base + "/parley"}
}

func (s *customSide) calls(hook string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook = hook
	return nil
}

func (s *customSide) write(text string, picture []byte) error {
	content := map[string]any{"text": text}
	if picture != nil {
		content["attachments"] = []any{map[string]any{"name": "picture.png", "type": "image/png", "kind": "photo", "content_base64": picture}}
	}
	return s.post(content)
}

func (s *customSide) press(label string) error {
	for _, r := range s.partner.Got() {
		for _, b := range buttonsOf(r) {
			if b.Text == label {
				return s.post(map[string]any{"text": label, "press": map[string]any{"message_id": r.Body["id"], "data": b.Data}})
			}
		}
	}
	return fmt.Errorf("press %q: %w", label, errNoButton)
}

// post signs what the customer says and hands it over.
func (s *customSide) post(content map[string]any) error {
	s.mu.Lock()
	s.last++
	content["id"], content["type"] = fmt.Sprint("said-", s.last), "message"
	content["sender"] = map[string]any{"id": "customer-7", "name": "Dora"}
	hook := s.hook
	s.mu.Unlock()
	body, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("write envelope: %w", err)
	}
	r, err := http.NewRequest(http.MethodPost, hook, bytes.NewReader(body)) //nolint:noctx // the story ends with its program
	if err != nil {
		return fmt.Errorf("post envelope: %w", err)
	}
	r.Header.Set("X-Parley-Signature", customtest.Sign(customSecret, body))
	return taken(r)
}

func (s *customSide) got() []arrival {
	list := []arrival{}
	for _, r := range s.partner.Got() {
		if r.Body["type"] != "message" || !r.New {
			continue
		}
		a := arrival{}
		a.Text, _ = r.Body["text"].(string)
		files, _ := r.Body["attachments"].([]any)
		for _, f := range files {
			file, _ := f.(map[string]any)
			if kind, _ := file["type"].(string); strings.HasPrefix(kind, "image/") && file["content_base64"] != "" {
				a.Pictures++
			}
		}
		for _, b := range buttonsOf(r) {
			a.Buttons = append(a.Buttons, b.Text)
		}
		list = append(list, a)
	}
	return list
}

// customButton is a button of an envelope.
type customButton struct{ Text, Data string }

func buttonsOf(r customtest.Received) (list []customButton) {
	var e struct{ Buttons [][]customButton }
	if json.Unmarshal(r.Raw, &e) != nil {
		return nil
	}
	for _, row := range e.Buttons {
		list = append(list, row...)
	}
	return list
}

// taken posts a push and says so unless it was taken.
func taken(r *http.Request) error {
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("push: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("push: it was answered with %s", res.Status)
	}
	return nil
}
