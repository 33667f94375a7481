package fake_test

import (
	"bytes"
	"testing"

	"parley/channels"
	"parley/channels/fake"
)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"event":"e1","type":"message","chat":"c","from":{"id":"c","name":"N"},"id":"m1","text":"hi","at":1700000000000}`,
		`{"event":"e2","type":"receipt","chat":"c","from":{"id":"c"},"id":"m2","state":"delivered"}`,
		`{"event":"e3","type":"reaction","chat":"c","from":{"id":"c"},"id":"m2","emoji":"👍"}`,
		`{"event":"e4","type":"edit","chat":"c","from":{"id":"c"},"id":"m1","text":""}`,
		`{"event":"e5","type":"other","chat":"c","from":{"id":"c"},"id":"m1"}`, `{`, ``, "null",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		ev := fake.Parse(body)
		payloads := 0
		for _, set := range []bool{ev.Message != nil, ev.Edit != nil, ev.Delete != nil, ev.Reaction != nil, ev.Receipt != nil} {
			if set {
				payloads++
			}
		}
		switch {
		case ev.Key == "" || len(ev.Key) > channels.MaxKey:
			t.Errorf("key of %d bytes", len(ev.Key))
		case (payloads == 1) == (ev.Problem != ""):
			t.Errorf("%d payloads with the problem %q", payloads, ev.Problem)
		case !bytes.Equal(ev.Raw, body) && len(body) <= channels.MaxRaw:
			t.Error("the bytes were not kept")
		case fake.Parse(body).Key != ev.Key:
			t.Error("another look gives another key")
		}
	})
}
