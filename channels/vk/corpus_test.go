package vk_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/vk"
)

const corpus = "../../../shared/corpora/webhooks/vk/extracted"

// payloads are the corpus as pushes. Some samples are what an event holds, without the event: they
// are tried as every kind there is.
func payloads(t testing.TB) map[string][]byte {
	all := map[string][]byte{}
	files, _ := filepath.Glob(filepath.Join(corpus, "*", "*.json"))
	if len(files) == 0 {
		t.Skip("no payloads in ../shared/corpora/webhooks/vk")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var e struct{ Type string }
		if err := json.Unmarshal(data, &e); err != nil {
			t.Fatal(err)
		}
		if e.Type != "" {
			all[filepath.Base(file)] = data
			continue
		}
		for _, kind := range append(vk.Kinds, "app_payload", "like_add", "donut_subscription_create", "donut_subscription_price_changed", "donut_money_withdraw") {
			all[filepath.Base(file)+" as "+kind] = []byte(fmt.Sprintf(`{"type":%q,"object":%s}`, kind, data))
		}
	}
	return all
}

// TestCorpus takes every sample payload: a message must come out where there is one, and what is not
// understood must be kept.
func TestCorpus(t *testing.T) {
	t.Parallel()
	table := map[string]int{}
	for name, raw := range payloads(t) {
		for _, ev := range vk.Events(raw, 123456, key, nil) {
			if ev.Key == "" || len(ev.Raw) == 0 || ev.Problem == "" && ev.Chat == "" {
				t.Errorf("%s became %+v", name, ev)
			}
			if strings.Contains(string(ev.Raw), "secret_123456") && ev.Problem == "" {
				t.Errorf("%s keeps the secret", name)
			}
		}
		var e struct{ Type string }
		_ = json.Unmarshal(raw, &e) // payloads has done so
		table[fmt.Sprintf("%-34s %s", e.Type, outcome(vk.Events(raw, 123456, key, nil)))]++
	}
	for _, line := range slices.Sorted(maps.Keys(table)) {
		t.Logf("%s × %d", line, table[line])
	}
	m := one(t, string(payloads(t)["events-lit.json as message_new"]))
	if m.Message == nil || m.Message.Text != "{}" || m.Chat != "1" {
		t.Errorf("the sample message became %+v", m)
	}
}

func outcome(events []channels.Event) string {
	if len(events) == 0 {
		return "no event of a conversation"
	}
	switch ev := events[0]; {
	case ev.Problem != "":
		return "quarantine: " + ev.Problem
	case ev.Message != nil:
		return "message"
	case ev.Edit != nil:
		return "edit"
	case ev.Receipt != nil:
		return "receipt"
	default:
		return "reaction"
	}
}

func FuzzEvents(f *testing.F) {
	for _, raw := range payloads(f) {
		f.Add(raw)
	}
	f.Add([]byte(message("message_new", `[id1|a] b","format_data":{"items":[{"type":"bold","offset":-1,"length":9999999}]},"fwd_messages":[{"fwd_messages":[{}]}],"attachments":[{"type":"wall","wall":{"attachments":[{"type":"wall"}]}}]`)))
	f.Add([]byte(envelope("market_order_new", `{"id":1,"user_id":1,"preview_order_items":[{}]}`)))
	f.Add([]byte(envelope("message_event", `{"user_id":1,"peer_id":1,"event_id":"x","payload":{}}`)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, ev := range vk.Events(raw, group, key, names) {
			switch {
			case ev.Key == "" || len(ev.Key) > channels.MaxKey || len(ev.Chat) > channels.MaxChat:
				t.Errorf("event = %+v", ev)
			case ev.Problem == "" && (ev.Chat == "" || ev.Chat == "0" || ev.Direction == ""):
				t.Errorf("event = %+v", ev)
			}
			if ev.Message != nil {
				for _, m := range ev.Message.Media {
					if len(m.Ref) > channels.MaxRef || strings.Contains(m.Ref, "://") {
						t.Errorf("media = %+v", m)
					}
				}
			}
		}
	})
}

func FuzzRender(f *testing.F) {
	f.Add("<p>a <b>b</b></p><ul><li>c</ul>")
	f.Fuzz(func(t *testing.T, html string) {
		text, format := vk.Render(html)
		if format == "" {
			return
		}
		var items []struct{ Offset, Length int }
		if err := json.Unmarshal([]byte(format), &items); err != nil {
			t.Fatal(err)
		}
		for _, it := range items {
			if it.Offset < 0 || it.Length <= 0 || it.Offset+it.Length > (channels.TextLimit{Max: 1, Unit: channels.UnitUTF16}).Len(text) {
				t.Errorf("%+v is outside %q", it, text)
			}
		}
	})
}
