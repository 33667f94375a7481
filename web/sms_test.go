package web_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"parley/channels/sms/smstest"
)

// TestSMSBothWays runs the whole way over a gateway that is described by configuration: a text
// comes in, the answer goes out divided and counted, its receipt comes back, and we write first.
func TestSMSBothWays(t *testing.T) {
	t.Parallel()
	far := &smstest.Gateway{}
	server := httptest.NewServer(far)
	t.Cleanup(server.Close)
	h := bootWith(t, thisMachine())
	account := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "sms", "name": "SMS", "config": object{
		"provider": "http", "description": far.Description(server.URL), "login": "shop", "password": smstest.Password, "source": "SHOP", "max_segments": 2,
	}})
	hook := account.str("webhook_url")
	push := func(body string) answer {
		req := h.anybody().request("POST", hook, strings.NewReader(body))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return h.anybody().send(req)
	}
	for range 2 {
		if a := push("id=7&sender=79001234567&words=%D0%93%D0%B4%D0%B5%3F"); a.status != 200 || string(a.raw) != "ACK" {
			t.Fatalf("%d %s", a.status, a.raw)
		}
	}
	list := h.root.want(200, "GET", "/api/v1/conversations", nil).items()
	if len(list) != 1 || list[0]["contact_name"] != "+79001234567" {
		t.Fatalf("%v", list)
	}
	conversation := "/api/v1/conversations/" + list[0]["id"].(string)
	if l := h.root.want(200, "GET", conversation+"/limits", nil); l.body["text"].(object)["unit"] != "segments" || l.body["text"].(object)["max"] != 2.0 {
		t.Errorf("%s", l.raw)
	}
	if a := h.root.do("POST", conversation+"/messages", object{"kind": "reply", "text": strings.Repeat("я", 135)}); a.status != 422 || a.field() != "body.text" {
		t.Errorf("three SMS: %d %s", a.status, a.raw)
	}
	h.root.want(201, "POST", conversation+"/messages", object{"kind": "reply", "text": strings.Repeat("я", 134)})
	state := func(want string) func() bool {
		return func() bool {
			items := h.root.want(200, "GET", conversation+"/messages", nil).items()
			return items[len(items)-1]["state"] == want
		}
	}
	h.eventually("the answer is sent", state("sent"))
	if sent := far.Sent(); len(sent) != 1 || sent[0].Get("phone") != "79001234567" || sent[0].Get("from") != "SHOP" || sent[0].Get("user") != "shop" {
		t.Fatalf("%v", far.Sent())
	}
	push("id=g1&state=DELIVRD")
	h.eventually("the answer is delivered", state("delivered"))
	h.root.want(201, "POST", "/api/v1/conversations", object{"account_id": account.str("id"), "address": "8 900 765-43-21", "message": object{"text": "Your order is ready"}})
	h.eventually("the first message is sent", func() bool { return len(far.Sent()) == 2 })
	if to := far.Sent()[1].Get("phone"); to != "79007654321" {
		t.Errorf("written to %s", to)
	}
}

// TestStopWordsEndSMS follows a contact who wants no more messages, an agent who may not write,
// and both ways back.
func TestStopWordsEndSMS(t *testing.T) {
	t.Parallel()
	far := &smstest.Gateway{}
	server := httptest.NewServer(far)
	t.Cleanup(server.Close)
	h := bootWith(t, thisMachine())
	account := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "sms", "name": "SMS", "config": object{
		"provider": "http", "description": far.Description(server.URL), "login": "shop", "password": smstest.Password, "source": "SHOP", "max_segments": 2,
	}})
	says := func(id, text string) {
		t.Helper()
		form := url.Values{"id": {id}, "sender": {"79001234567"}, "words": {text}}
		req := h.anybody().request("POST", account.str("webhook_url"), strings.NewReader(form.Encode()))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if a := h.anybody().send(req); a.status != 200 {
			t.Fatalf("%d %s", a.status, a.raw)
		}
	}
	says("1", "СТОП")
	list := h.root.want(200, "GET", "/api/v1/conversations", nil).items()
	if len(list) != 1 || list[0]["unanswered"] != false || list[0]["lead_id"] != nil {
		t.Fatalf("%v", list)
	}
	at := "/api/v1/conversations/" + list[0]["id"].(string)
	stopped := func() any { return h.root.want(200, "GET", at+"/limits", nil).body["stopped"] }
	if s, ok := stopped().(object); !ok || s["word"] != "СТОП" || s["kind"] != "sms" || s["reason"] != "asked" {
		t.Errorf("%v", stopped())
	}
	contact := h.root.want(200, "GET", "/api/v1/contacts/"+list[0]["contact_id"].(string), nil)
	if stops := contact.body["identities"].([]any)[0].(object)["stops"].([]any); len(stops) != 1 {
		t.Errorf("%s", contact.raw)
	}
	h.root.want(200, "PATCH", "/api/v1/contacts/"+contact.str("id"), object{"identities": contact.body["identities"]})
	refused := func(a answer) {
		t.Helper()
		if a.status != 409 || a.str("code") != "contact_stopped" || !strings.Contains(string(a.raw), "lift the ban") {
			t.Errorf("%d %s", a.status, a.raw)
		}
	}
	reply := object{"kind": "reply", "text": "One more thing"}
	refused(h.root.do("POST", at+"/messages", reply))
	refused(h.root.do("POST", "/api/v1/conversations", object{"account_id": account.str("id"), "address": "+7 900 123-45-67", "message": object{"text": "News"}}))
	h.root.want(204, "DELETE", at+"/stop", nil)
	h.root.want(201, "POST", at+"/messages", reply)
	says("2", "stop")
	refused(h.root.do("POST", at+"/messages", reply))
	says("3", "start")
	if stopped() != nil {
		t.Errorf("%v", stopped())
	}
	h.root.want(201, "POST", at+"/messages", reply)
	h.eventually("both answers are sent", func() bool { return len(far.Sent()) == 2 })
	said := 0
	for _, e := range h.root.want(200, "GET", at+"/timeline", nil).items() {
		if e["type"] == "suppression" {
			said++
		}
	}
	if said != 4 {
		t.Errorf("the timeline tells of %d changes", said)
	}
	h.root.want(404, "DELETE", "/api/v1/conversations/999999/stop", nil)
}
