package web_test

import (
	"encoding/json"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/channels/custom/customtest"
	"parley/internal/config"
	"parley/internal/load"
)

// thisMachine lets the house call what the test runs.
func thisMachine() config.Config {
	return config.Config{EgressAllow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
}

// eventually looks until it is satisfied; the test's own deadline bounds it.
func (h *house) eventually(what string, look func() bool) {
	h.t.Helper()
	deadline := time.NewTimer(10 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !look() {
		select {
		case <-tick.C:
		case <-deadline.C:
			h.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// push posts a signed body to an account's webhook.
func (h *house) push(hook, secret, body string) answer {
	h.t.Helper()
	req := h.anybody().request("POST", hook, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Parley-Signature", customtest.Sign(secret, []byte(body)))
	return h.anybody().send(req)
}

// TestCustomChannelBothWays runs the whole way: another system's message becomes a
// conversation, the answer reaches that system once and signed, and its receipt comes back.
func TestCustomChannelBothWays(t *testing.T) {
	t.Parallel()
	const secret = "shared secret of both"
	partner := customtest.New(secret)
	partner.NameThem = true
	server := httptest.NewServer(partner)
	t.Cleanup(server.Close)
	h := bootWith(t, thisMachine())
	account := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "custom", "name": "Shop", "config": object{"outgoing_url": server.URL, "secret": secret}})
	hook := account.str("webhook_url")
	if strings.Contains(string(account.raw), secret) || !strings.HasPrefix(hook, "/hooks/") {
		t.Fatalf("%s", account.raw)
	}
	first := `{"id":"m1","type":"message","chat_id":"anna","sender":{"id":"anna","name":"Anna"},"text":"Where is my order?","page":"https://shop.example/lamps","utm":{"utm_campaign":"autumn"}}`
	if a := h.push(hook, "guess", first); a.status != 401 {
		t.Errorf("unsigned: %d %s", a.status, a.raw)
	}
	for i, outcome := range []string{"message", "duplicate"} {
		if a := h.push(hook, secret, first); a.status != 200 || a.str("outcome") != outcome || a.str("message_id") == "" {
			t.Fatalf("push %d: %d %s", i, a.status, a.raw)
		}
	}
	list := h.root.want(200, "GET", "/api/v1/conversations", nil).items()
	if len(list) != 1 || list[0]["contact_name"] != "Anna" || list[0]["request_id"] == nil || list[0]["lead_id"] == nil {
		t.Fatalf("%v", list)
	}
	if o := h.root.want(200, "GET", "/api/v1/conversations/"+list[0]["id"].(string)+"/origin", nil); o.str("page") != "https://shop.example/lamps" || o.body["utm"].(object)["utm_campaign"] != "autumn" {
		t.Errorf("%s", o.raw)
	}
	messages := "/api/v1/conversations/" + list[0]["id"].(string) + "/messages"
	answer := h.root.want(201, "POST", messages, object{"kind": "reply", "text": "On its way"}).str("id")
	state := func(want string) func() bool {
		return func() bool {
			items := h.root.want(200, "GET", messages, nil).items()
			return items[len(items)-1]["state"] == want
		}
	}
	h.eventually("the answer is sent", state("sent"))
	got := partner.Got()
	if len(got) != 1 || !got[0].Signed || got[0].Body["id"] != answer || got[0].Body["text"] != "On its way" || got[0].Body["chat_id"] != "anna" {
		t.Fatalf("%d requests: %s", len(got), got[0].Raw)
	}
	if a := h.push(hook, secret, `{"id":"r1","type":"receipt","message_id":"theirs-`+answer+`","state":"read"}`); a.str("outcome") != "receipt" {
		t.Fatalf("%s", a.raw)
	}
	h.eventually("the answer is read", state("read"))
	if a := h.push(hook, secret, `{"id":"e1","type":"edit","message_id":"m1","text":"Where is order 7?"}`); a.str("outcome") != "edit" {
		t.Errorf("%s", a.raw)
	}
	if a := h.push(hook, secret, `{"id":"x","type":`); a.status != 200 || a.str("outcome") != "quarantined" || a.str("problem") == "" {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if items := h.root.want(200, "GET", "/api/v1/quarantine", nil).items(); len(items) != 1 {
		t.Errorf("quarantine: %v", items)
	}
	if a := h.root.want(200, "POST", "/api/v1/accounts/"+account.str("id")+"/test", nil); a.body["ok"] != true {
		t.Errorf("test: %s", a.raw)
	}
}

// TestCustomLoad runs the generator against the house, and its journal against the store.
func TestCustomLoad(t *testing.T) {
	t.Parallel()
	h := boot(t)
	path := filepath.Join(t.TempDir(), "journal")
	j, err := load.OpenJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	result, err := load.Run(t.Context(), load.RunOptions{URL: h.url, Key: h.key().bearer, Kind: "custom", Rate: 200, For: time.Second, Clients: 8, Journal: j})
	if err != nil || j.Close() != nil || result.Acknowledged != 200 {
		t.Fatalf("%v %v", result, err)
	}
	entries, err := load.ReadJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := load.Verify(t.Context(), entries, h.app.Store); err != nil || !v.OK() || v.Stored != 200 {
		t.Errorf("%v %v", v, err)
	}
	var page struct {
		Items []struct{ Key, Outcome string }
	}
	list := h.root.want(200, "GET", "/api/v1/accounts/"+entries[0].Account+"/received", nil)
	if err := json.Unmarshal(list.raw, &page); err != nil || len(page.Items) == 0 || page.Items[0].Key == "" {
		t.Errorf("%v %s", err, list.raw)
	}
}
