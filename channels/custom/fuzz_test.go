package custom_test

import (
	"net/http"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/custom"
)

// FuzzReceive pushes signed bytes of any kind: each ends as one well-formed event or is
// somebody typing, and the same bytes have the same key.
func FuzzReceive(f *testing.F) {
	for _, s := range []string{
		`{"id":"1","type":"message","chat_id":"c","sender":{"id":"p","name":"N"},"text":"x","attachments":[{"url":"https://x/y"},{"content_base64":"aGk="}],"sent_at":"2026-11-22T10:00:00Z"}`,
		`{"id":"1","type":"edit","message_id":"1","text":"x"}`, `{"id":"1","type":"receipt","state":"read"}`, `{"id":"1","type":"typing"}`,
		`{"id":"1","type":"message","chat_id":"c","location":{"latitude":1e999}}`, `null`, `[]`, `{"contacts":[{"phones":[""]}]}`, `{"press":{}}`,
	} {
		f.Add([]byte(s))
	}
	adapter, err := new(custom.Driver).Open(channels.Account{ID: 1, Config: map[string]string{"secret": secret}}, channels.Env{Files: &channeltest.Files{}, Key: make([]byte, 32)})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var keys []channels.EventKey
		for range 2 {
			rec := channeltest.NewRecorder(channeltest.NewJournal())
			r, err := adapter.(channels.Webhook).Receive(t.Context(), signed(body), rec)
			if err != nil || r.Status != http.StatusOK {
				t.Fatalf("%d %s %v", r.Status, r.Body, err)
			}
			if faults := rec.Faults(); len(faults) > 0 {
				t.Fatal(faults)
			}
			for _, ev := range rec.Events() {
				keys = append(keys, ev.Key)
			}
		}
		if n := len(keys); n != 0 && (n != 2 || keys[0] != keys[1]) {
			t.Errorf("keys %q", keys)
		}
	})
}
