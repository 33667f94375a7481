package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"

	"parley/channels/whatsapp/whatsapptest"
)

// boris is the phone of the person on WhatsApp.
const boris = "79005550102"

// whatsappSide is the Cloud API with one number. It makes sure of a webhook before it pushes to it, as Meta does.
type whatsappSide struct {
	api  *whatsapptest.Server
	base string
	stop context.Context
}

func openWhatsApp(t *testing.T) network {
	api := whatsapptest.New(whatsapptest.Account{
		Token: "token-of-the-system-user-0123456789", NumberID: "106540352242922", Number: "15550783881", BusinessID: "102290129340398",
		Secret: "app-secret-0123456789", Verify: "verify-token-0123456789",
	})
	base := serve(t, api)
	api.Listening(base)
	t.Cleanup(api.Stop)
	return &whatsappSide{api, base, t.Context()}
}

func (s *whatsappSide) config() map[string]string {
	a := s.api.Account
	return map[string]string{
		"token": a.Token, "phone_number_id": a.NumberID, "business_id": a.BusinessID, "app_secret": a.Secret, "verify_token": a.Verify, "base_url": s.base,
	}
}

func (s *whatsappSide) calls(hook string) error {
	const challenge = "1158201444"
	question := url.Values{"hub.mode": {"subscribe"}, "hub.challenge": {challenge}, "hub.verify_token": {s.api.Account.Verify}}
	res, err := http.Get(hook + "?" + question.Encode()) //nolint:noctx // the story ends with its program
	if err != nil {
		return fmt.Errorf("verify webhook: %w", err)
	}
	defer res.Body.Close()
	if answer, err := io.ReadAll(res.Body); err != nil || string(answer) != challenge {
		return fmt.Errorf("verify webhook: %s, %q, %w", res.Status, answer, err)
	}
	go s.api.Deliver(s.stop, whatsapptest.Post(http.DefaultClient, hook))
	return nil
}

func (s *whatsappSide) write(text string, picture []byte) error {
	content := map[string]any{"type": "text", "text": map[string]any{"body": text}}
	if picture != nil {
		id := s.api.Keep(whatsapptest.Upload{Name: "picture.png", Type: "image/png", Data: picture})
		content = map[string]any{"type": "image", "image": map[string]any{"id": id, "mime_type": "image/png", "caption": text}}
	}
	s.api.Offer(s.api.Message(boris, "Boris", content), nil)
	return nil
}

func (s *whatsappSide) press(label string) error {
	for _, c := range s.api.Calls() {
		for _, r := range choicesOf(c.Body) {
			if r.Title != label {
				continue
			}
			s.api.Offer(s.api.Message(boris, "Boris", map[string]any{
				"type": "interactive", "context": map[string]any{"from": s.api.Account.Number, "id": c.ID},
				"interactive": map[string]any{"type": "button_reply", "button_reply": map[string]any{"id": r.ID, "title": r.Title}},
			}), nil)
			return nil
		}
	}
	return fmt.Errorf("press %q: %w", label, errNoButton)
}

func (s *whatsappSide) got() []arrival {
	list := []arrival{}
	for _, c := range s.api.Calls() {
		a := arrival{Text: c.Text}
		if image, ok := c.Body["image"].(map[string]any); ok {
			id, _ := image["id"].(string)
			a.Pictures = min(1, len(s.api.File(id).Data))
		}
		for _, r := range choicesOf(c.Body) {
			a.Buttons = append(a.Buttons, r.Title)
		}
		list = append(list, a)
	}
	return list
}

// choice is a button of a message, or a row of its list.
type choice struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// choicesOf reads what a message lets the person choose of.
func choicesOf(message map[string]any) (list []choice) {
	text, err := json.Marshal(message["interactive"])
	if err != nil {
		return nil
	}
	var i struct {
		Action struct {
			Buttons []struct {
				Reply choice `json:"reply"`
			} `json:"buttons"`
		} `json:"action"`
	}
	if json.Unmarshal(text, &i) != nil {
		return nil
	}
	for _, b := range i.Action.Buttons {
		list = append(list, b.Reply)
	}
	return list
}
