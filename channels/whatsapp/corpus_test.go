package whatsapp_test

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
)

// corpus is where other people's webhook payloads lie, beside the repository.
const corpus = "../../../shared/corpora/webhooks/whatsapp/tests/data/updates"

// blanks fill what samples leave open.
var blanks = strings.NewReplacer(
	"<BUSINESS_PHONE_NUMBER_ID>", "1122334455667", "<BUSINESS_DISPLAY_PHONE_NUMBER>", "972123456789", "<WHATSAPP_BUSINESS_ACCOUNT_ID>", "1234567890987654321",
	"<WHATSAPP_USER_PHONE_NUMBER>", "972987654321", "<USER_PHONE_NUMBER>", "972987654321", "<GROUP_PARTICIPANT_USER_PHONE_NUMBER>", "972987654321",
	"<WHATSAPP_MESSAGE_ID>", "wamid.abc", "<ORIGINAL_WHATSAPP_MESSAGE_ID>", "wamid.original",
)

// sample is one payload and what must become of it.
type sample struct {
	name   string
	body   []byte
	number string // the phone_number_id that it is for; "" = none
	items  int    // what was said or reported in it: each must become an event
}

// samples reads the corpus and the examples of Meta's own OpenAPI.
func samples(t testing.TB) (list []sample) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpus, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var payloads map[string]json.RawMessage
		if err := json.Unmarshal([]byte(blanks.Replace(string(text))), &payloads); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, name := range slices.Sorted(maps.Keys(payloads)) {
			list = append(list, sampleOf(t, strings.TrimSuffix(filepath.Base(path), ".json")+"/"+name, payloads[name]))
		}
	}
	if doc, err := loadSchema(); err == nil {
		hook := doc.Paths.Value("/whatsapp/webhooks").Post.RequestBody.Value.Content["application/json"]
		for _, name := range slices.Sorted(maps.Keys(hook.Examples)) {
			text, err := json.Marshal(hook.Examples[name].Value.Value)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, sampleOf(t, "openapi/"+name, text))
		}
	}
	return list
}

func sampleOf(t testing.TB, name string, body []byte) sample {
	t.Helper()
	var p struct {
		Entry []struct {
			Changes []struct {
				Field string
				Value struct {
					Metadata struct {
						ID string `json:"phone_number_id"`
					}
					Messages, Statuses, Calls []map[string]any
					Echoes                    []any `json:"message_echoes"`
					Preferences               []any `json:"user_preferences"`
				}
			}
		}
	}
	if err := json.Unmarshal(body, &p); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	s := sample{name: name, body: body}
	for _, e := range p.Entry {
		for _, c := range e.Changes {
			v := c.Value
			s.number = v.Metadata.ID
			s.items += len(v.Messages) + len(v.Echoes) + len(v.Preferences)
			for _, st := range v.Statuses {
				if st["type"] != "call" { // calls ring elsewhere
					s.items++
				}
			}
			for _, call := range v.Calls {
				if call["event"] == "connect" && call["direction"] == "USER_INITIATED" {
					s.items++
				}
			}
		}
	}
	return s
}

// kindOf names what an event is, for the table.
func kindOf(ev channels.Event) string {
	prefix := ""
	if ev.Historic {
		prefix = "historic "
	}
	if ev.Direction == channels.Echo {
		prefix += "echo: "
	}
	switch m := ev.Message; {
	case ev.Problem != "":
		return "problem"
	case ev.Receipt != nil:
		return "receipt " + string(ev.Receipt.State)
	case ev.Reaction != nil && ev.Reaction.Emoji == "":
		return prefix + "reaction taken back"
	case ev.Reaction != nil:
		return prefix + "reaction"
	case ev.Edit != nil:
		return prefix + "edit"
	case ev.Delete != nil:
		return prefix + "delete"
	case ev.Nature != channels.NaturePerson:
		return prefix + string(ev.Nature)
	case m.Press != nil:
		return prefix + "press"
	case m.Location != nil:
		return prefix + "location"
	case len(m.Cards) > 0:
		return prefix + "cards"
	case len(m.Media) > 0 && m.Media[0].Kind == channels.MediaFile:
		return prefix + "document"
	case len(m.Media) > 0:
		return prefix + string(m.Media[0].Kind)
	case strings.HasPrefix(m.Text, "WhatsApp не передаёт"):
		return prefix + "not handed over"
	case strings.HasPrefix(m.Text, "Заказ · "):
		return prefix + "order"
	case strings.HasPrefix(m.Text, "Форма · "):
		return prefix + "form"
	case strings.HasPrefix(m.Text, "Звонок"):
		return prefix + "call"
	case ev.Source.UTM != nil:
		return prefix + "text from an advertisement"
	case m.ReplyTo != "":
		return prefix + "answer"
	}
	return prefix + "text"
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	list := samples(t)
	if len(list) == 0 {
		t.Skip("no payloads at ../shared/corpora/webhooks/whatsapp")
	}
	kinds := map[string]int{}
	w := newWorld(t)
	for _, s := range list {
		account := w.account()
		if s.number != "" {
			account.Config["phone_number_id"] = s.number
		}
		in := newInbox(w.openAs(t, account))
		if status := in.push(t, s.body); status != 200 {
			t.Errorf("%s: answered %d", s.name, status)
		}
		events := in.Events()
		if len(events) != s.items {
			t.Errorf("%s: %d events of %d items", s.name, len(events), s.items)
		}
		for _, ev := range events {
			kinds[kindOf(ev)]++
			if ev.Problem != "" {
				t.Errorf("%s: not understood: %s", s.name, ev.Problem)
			}
			if len(ev.Raw) == 0 || ev.At.IsZero() {
				t.Errorf("%s: an event lacks its bytes or its time", s.name)
			}
			if ev.Message != nil && ev.Message.Text == "" && len(ev.Message.Media) == 0 {
				t.Errorf("%s: a message says nothing", s.name)
			}
		}
		if len(events) == 0 {
			kinds["no conversation's: "+strings.Split(s.name, "/")[0]]++
		}
		for _, fault := range in.Faults() {
			t.Errorf("%s: %s", s.name, fault)
		}
		// The same push again changes nothing, and so does each event's own part of it.
		in.push(t, s.body)
		for _, ev := range events {
			in.push(t, ev.Raw)
		}
		if again := in.Events(); len(again) != len(events) {
			t.Errorf("%s: %d events after pushes that repeat, %d before", s.name, len(again), len(events))
		}
	}
	var table strings.Builder
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		fmt.Fprintf(&table, "%5d  %s\n", kinds[k], k)
	}
	t.Logf("%d payloads:\n%s", len(list), table.String())
}
