package e2e_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"parley/channels/sms/smstest"
)

// The two phones of the story.
const (
	ownPhone = "+15005550006"
	gleb     = "+79005550103"
)

// twilioSide is Twilio with one account. SMS has neither pictures outwards nor buttons; pictures come in as MMS.
type twilioSide struct {
	api  *smstest.Twilio
	base string

	mu   sync.Mutex
	hook string
	last int
}

func openTwilio(t *testing.T) network {
	api := &smstest.Twilio{}
	return &twilioSide{api: api, base: serve(t, api)}
}

func (s *twilioSide) config() map[string]string {
	return map[string]string{"account_sid": smstest.AccountSID, "auth_token": smstest.AuthToken, "source": ownPhone, "base_url": s.base}
}

func (s *twilioSide) calls(hook string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook = hook
	return nil
}

func (s *twilioSide) write(text string, picture []byte) error {
	s.mu.Lock()
	s.last++
	form := url.Values{"MessageSid": {fmt.Sprintf("SM%032d", 9000+s.last)}, "From": {gleb}, "To": {ownPhone}, "Body": {text}, "NumMedia": {"0"}}
	hook := s.hook
	s.mu.Unlock()
	if picture != nil {
		form["NumMedia"], form["MediaContentType0"] = []string{"1"}, []string{"image/png"}
		form.Set("MediaUrl0", s.base+s.api.Keep("image/png", picture))
	}
	r, err := http.NewRequest(http.MethodPost, hook, strings.NewReader(form.Encode())) //nolint:noctx // the story ends with its program
	if err != nil {
		return fmt.Errorf("push: %w", err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Twilio-Signature", smstest.Sign(smstest.AuthToken, hook, form))
	return taken(r)
}

// press answers with the number that stands before the label: buttons are numbered text here.
func (s *twilioSide) press(label string) error {
	for _, a := range s.got() {
		for line := range strings.Lines(a.Text) {
			if number, found := strings.CutSuffix(strings.TrimSpace(line), ". "+label); found {
				return s.write(number, nil)
			}
		}
	}
	return fmt.Errorf("press %q: %w", label, errNoButton)
}

func (s *twilioSide) got() []arrival {
	list := []arrival{}
	for _, form := range s.api.Sent() {
		list = append(list, arrival{Text: form.Get("Body")})
	}
	return list
}
