package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/vk"
	"parley/channels/whatsapp"
	"parley/channels/whatsapp/whatsapptest"
)

// corpora is where other people's webhook payloads lie, beside the repository.
const corpora = "../../../shared/corpora/webhooks"

// pushed is a payload as its network would push it to an account.
type pushed struct {
	name   string
	config map[string]string
	header map[string]string
	body   []byte
}

const pushSecret = "secret-of-the-corpora-0123456789"

// TestEveryPayloadIsTaken pushes every payload of the corpora at an account of its network, by the port alone: each is answered
// with success and well formed, and the kinds covered are printed as one table. What each must become is judged
// by the tests of the networks themselves.
func TestEveryPayloadIsTaken(t *testing.T) {
	t.Parallel()
	table := map[string]int{}
	for _, network := range []struct {
		driver   channels.Driver
		payloads []pushed
	}{{&whatsapp.Driver{}, whatsappPayloads(t)}, {&vk.Driver{}, vkPayloads(t)}} {
		kind := network.driver.Kind()
		if len(network.payloads) == 0 {
			t.Skipf("no payloads of %s in %s", kind, corpora)
		}
		for _, p := range network.payloads {
			for _, what := range take(t, network.driver, p) {
				table[fmt.Sprintf("%-9s %s", kind, what)]++
			}
		}
		table[fmt.Sprintf("%-9s payloads", kind)] = len(network.payloads)
	}
	var lines strings.Builder
	for _, what := range slices.Sorted(maps.Keys(table)) {
		fmt.Fprintf(&lines, "%5d  %s\n", table[what], what)
	}
	t.Logf("taken:\n%s", lines.String())
}

// take pushes a payload and names what came of it.
func take(t *testing.T, driver channels.Driver, p pushed) (kinds []string) {
	t.Helper()
	nobody := httptest.NewServer(http.NotFoundHandler())
	defer nobody.Close()
	p.config["base_url"] = nobody.URL
	adapter, err := driver.Open(channels.Account{ID: 7, Kind: driver.Kind(), Config: p.config}, channels.Env{
		Log: slog.New(slog.DiscardHandler), Now: time.Now, HTTP: nobody.Client(), Files: &channeltest.Files{}, Key: make([]byte, 32),
	})
	if err != nil {
		t.Fatalf("%s: %v", p.name, err)
	}
	recorder := channeltest.NewRecorder(channeltest.NewJournal())
	res, err := adapter.(channels.Webhook).Receive(t.Context(), channels.Request{Method: http.MethodPost, Path: "/", Header: p.header, Body: p.body}, recorder)
	if err != nil || res.Status != http.StatusOK {
		t.Errorf("%s: answered %d, %v", p.name, res.Status, err)
	}
	for _, fault := range recorder.Faults() {
		t.Errorf("%s: %s", p.name, fault)
	}
	for _, ev := range recorder.Events() {
		kinds = append(kinds, eventKind(ev))
	}
	if len(kinds) == 0 {
		kinds = []string{"(no conversation's)"}
	}
	return kinds
}

func eventKind(ev channels.Event) string {
	switch {
	case ev.Problem != "":
		return "quarantine"
	case ev.Message != nil && ev.Message.Press != nil:
		return "press"
	case ev.Message != nil && len(ev.Message.Media) > 0 && ev.Message.Media[0].Kind == channels.MediaFile:
		return "message with file"
	case ev.Message != nil && len(ev.Message.Media) > 0:
		return "message with " + string(ev.Message.Media[0].Kind)
	case ev.Message != nil:
		return "message"
	case ev.Edit != nil:
		return "edit"
	case ev.Delete != nil:
		return "delete"
	case ev.Reaction != nil:
		return "reaction"
	case ev.Receipt != nil:
		return "receipt " + string(ev.Receipt.State)
	}
	return "other"
}

// numberID is the number that a payload of WhatsApp is for.
var numberID = regexp.MustCompile(`"phone_number_id":\s*"(\d+)"`)

// blank is what samples of WhatsApp leave open.
var blank = regexp.MustCompile(`<[A-Z_]*(NUMBER|ID)>`)

func whatsappPayloads(t *testing.T) (list []pushed) {
	t.Helper()
	for name, text := range read(t, "whatsapp/tests/data/updates/*.json") {
		var samples map[string]json.RawMessage
		if err := json.Unmarshal(blank.ReplaceAll(text, []byte("972123456789")), &samples); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for sample, body := range samples {
			config := map[string]string{"token": "t", "phone_number_id": "1", "business_id": "2", "app_secret": pushSecret, "verify_token": "v"}
			if found := numberID.FindSubmatch(body); found != nil {
				config["phone_number_id"] = string(found[1])
			}
			list = append(list, pushed{name + "/" + sample, config, map[string]string{"x-hub-signature-256": whatsapptest.Sign(pushSecret, body)}, body})
		}
	}
	return list
}

// vkPayloads are the events of VK under our secret; some samples are what an event holds, and are taken as a message's.
func vkPayloads(t *testing.T) (list []pushed) {
	t.Helper()
	for name, text := range read(t, "vk/extracted/*/*.json") {
		var event map[string]json.RawMessage
		if err := json.Unmarshal(text, &event); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if event["type"] == nil {
			event = map[string]json.RawMessage{"type": []byte(`"message_new"`), "object": bytes.Clone(text)}
		}
		event["secret"], event["group_id"] = []byte(`"`+pushSecret+`"`), []byte("123456")
		body, err := json.Marshal(event)
		if err != nil {
			t.Fatal(err)
		}
		config := map[string]string{"token": "t", "group_id": "123456", "mode": "callback", "confirmation": "c", "secret": pushSecret}
		list = append(list, pushed{name, config, nil, body})
	}
	return list
}

// read reads the files of the corpora that fit a pattern, by their names.
func read(t *testing.T, pattern string) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(corpora, pattern))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, path := range paths {
		if files[path], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return files
}
