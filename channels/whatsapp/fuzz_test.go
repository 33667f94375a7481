package whatsapp_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/channels"
	"parley/channels/whatsapp"
)

// FuzzPush reads any bytes as a push: nothing is lost, nothing is malformed, and each event can be read
// again from what is kept of it.
func FuzzPush(f *testing.F) {
	for _, s := range samples(f) {
		f.Add([]byte(s.body))
	}
	f.Add(envelope(f, of("messages", incoming(map[string]any{"type": "text", "text": map[string]any{"body": "hi"}}))))
	f.Fuzz(func(t *testing.T, body []byte) {
		events := whatsapp.ReadPush(meta.NumberID, body)
		if len(events) == 0 && !json.Valid(body) {
			t.Fatal("what is no JSON left nothing")
		}
		for _, ev := range events {
			check(t, body, ev)
			if ev.Problem != "" || len(ev.Raw) == channels.MaxRaw {
				continue
			}
			again := whatsapp.ReadPush(meta.NumberID, ev.Raw)
			if len(again) != 1 || again[0].Key != ev.Key || again[0].Chat != ev.Chat || again[0].Problem != "" {
				t.Fatalf("%s of %s is read again as %+v", ev.Key, ev.Chat, again)
			}
		}
	})
}

func check(t *testing.T, body []byte, ev channels.Event) {
	t.Helper()
	payloads := 0
	for _, set := range []bool{ev.Message != nil, ev.Edit != nil, ev.Delete != nil, ev.Reaction != nil, ev.Receipt != nil} {
		if set {
			payloads++
		}
	}
	switch {
	case ev.Key == "" || len(ev.Key) > channels.MaxKey || len(ev.Chat) > channels.MaxChat || len(ev.Raw) > channels.MaxRaw:
		t.Fatalf("an event breaks a bound: key of %d, chat of %d, raw of %d bytes", len(ev.Key), len(ev.Chat), len(ev.Raw))
	case len(ev.Raw) == 0 && len(body) > 0:
		t.Fatal("an event lacks its bytes")
	case (ev.Problem != "") == (payloads > 0) || payloads > 1:
		t.Fatalf("problem %q with %d payloads", ev.Problem, payloads)
	case ev.Message != nil && (ev.Chat == "" || ev.Sender.Scope == "" || ev.Sender.Address == ""):
		t.Fatal("a message lacks its chat or its sender")
	}
	if ev.Message == nil {
		return
	}
	for _, m := range ev.Message.Media {
		if m.Ref == "" || len(m.Ref) > channels.MaxRef {
			t.Fatalf("a file's reference has %d bytes", len(m.Ref))
		}
	}
}

// FuzzMarkup turns any text to HTML and back, and any HTML to text.
func FuzzMarkup(f *testing.F) {
	for _, s := range []string{"*bold* _thin_ ~gone~ `code` ```block```", "> quote", "<b>*</b>", "<ul><li>a<ol><li>b</ol></ul>", "<pre>```</pre>", "*_~`x`~_*"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		made := whatsapp.MarkupHTML(s)
		if strings.Contains(strings.ToLower(made), "<script") || utf8.ValidString(s) && !utf8.ValidString(made) {
			t.Fatalf("%q became %q", s, made)
		}
		if text := whatsapp.PlainMarkup(s); utf8.ValidString(s) && !utf8.ValidString(text) {
			t.Fatalf("%q became %q", s, text)
		}
	})
}
