package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"parley/channels/whatsapp/whatsapptest"
)

// phone is a WhatsApp account of a house, and its far end.
type phone struct {
	*house
	far     *whatsapptest.Server
	account string
	post    func([]byte) int
}

func withWhatsApp(t *testing.T) *phone {
	t.Helper()
	far := whatsapptest.New(whatsapptest.Account{Token: "wa-token", NumberID: "106540352242922", Number: "15550783881", BusinessID: "102290129340398", Secret: "wa-secret", Verify: "wa-verify"})
	far.AddTemplate(`{"name":"order_ready","language":"ru","status":"APPROVED","category":"UTILITY","id":"1","components":[
		{"type":"BODY","text":"Здравствуйте, {{1}}! Заказ {{2}} готов."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Спасибо"}]}]}`)
	far.AddTemplate(`{"name":"sale","language":"ru","status":"REJECTED","rejected_reason":"INVALID_FORMAT","category":"MARKETING","id":"2","components":[{"type":"BODY","text":"Скидки"}]}`)
	server := httptest.NewServer(far)
	far.Listening(server.URL)
	t.Cleanup(func() { far.Stop(); server.Close() })
	h := bootWith(t, thisMachine())
	made := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "whatsapp", "name": "WhatsApp", "config": object{
		"token": "wa-token", "phone_number_id": far.Account.NumberID, "business_id": far.Account.BusinessID,
		"app_secret": far.Account.Secret, "verify_token": far.Account.Verify, "base_url": server.URL,
	}})
	hook := made.str("webhook_url")
	p := &phone{house: h, far: far, account: made.str("id")}
	p.post = func(body []byte) int {
		req := h.anybody().request("POST", hook, strings.NewReader(string(body)))
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set(whatsapptest.SignatureHeader, whatsapptest.Sign(far.Account.Secret, body))
		return h.anybody().send(req).status
	}
	return p
}

// push hands in what the network pushes.
func (p *phone) push(body []byte) {
	p.t.Helper()
	if status := p.post(body); status != 200 {
		p.t.Fatalf("the push was answered with %d", status)
	}
}

// last is the last message of a conversation.
func (p *phone) last(conversation string) object {
	p.t.Helper()
	items := p.root.want(200, "GET", conversation+"/messages", nil).items()
	return items[len(items)-1]
}

func TestWhatsAppButtonsBothWays(t *testing.T) {
	t.Parallel()
	p := withWhatsApp(t)
	p.push(p.far.Message("79001234567", "Анна", object{"type": "text", "text": object{"body": "Где заказ?"}}))
	conversation := "/api/v1/conversations/" + p.root.want(200, "GET", "/api/v1/conversations", nil).items()[0]["id"].(string)
	if l := p.root.want(200, "GET", conversation+"/limits", nil); l.body["window_open"] != true || l.body["templates"] != true || l.body["window_seconds"] != 86400.0 || l.body["buttons"].(object)["max"] != 10.0 {
		t.Errorf("%s", l.raw)
	}
	asked := p.root.want(201, "POST", conversation+"/messages", object{"kind": "reply", "text": "Доставить сегодня?", "buttons": []any{[]any{object{"text": "Да", "data": "today"}}, []any{object{"text": "Нет"}}}})
	p.eventually("the question is sent", func() bool { return p.last(conversation)["state"] == "sent" })
	call := p.far.Calls()[0]
	if call.Body["type"] != "interactive" || call.Text != "Доставить сегодня?" {
		t.Errorf("sent %v", call.Body)
	}
	p.push(p.far.Message("79001234567", "Анна", object{
		"type": "interactive", "context": object{"id": call.ID}, "interactive": object{"type": "button_reply", "button_reply": object{"id": "today", "title": "Да"}},
	}))
	got := p.last(conversation)
	if press, ok := got["press"].(object); !ok || press["data"] != "today" || press["text"] != "Да" || press["message_id"] != asked.str("id") || got["reply_to"] != asked.str("id") {
		t.Errorf("pressed %v", got)
	}
	// Beyond what the network shows, buttons are a list of numbers.
	p.root.want(201, "POST", conversation+"/messages", object{"kind": "reply", "text": "Когда?", "buttons": []any{[]any{object{"text": "Утром, пока все ещё спят"}}, []any{object{"text": "Вечером"}}}})
	p.eventually("the list is sent", func() bool { return len(p.far.Calls()) == 2 })
	if call := p.far.Calls()[1]; call.Text != "Когда?\n\n1. Утром, пока все ещё спят\n2. Вечером" {
		t.Errorf("sent %q", call.Text)
	}
	p.push(p.far.Message("79001234567", "Анна", object{"type": "text", "text": object{"body": "2"}}))
	if press, ok := p.last(conversation)["press"].(object); !ok || press["text"] != "Вечером" {
		t.Errorf("chose %v", press)
	}
	for _, wrong := range []object{
		{"buttons": []any{[]any{object{"text": "A"}, object{"text": "A"}}}, "text": "x"},
		{"buttons": []any{[]any{object{"text": "A", "url": "javascript:alert(1)"}}}, "text": "x"},
		{"buttons": []any{[]any{object{"text": "A"}}}},
	} {
		p.root.want(422, "POST", conversation+"/messages", wrong)
	}
}

func TestTemplatesOpenTheWindowForAHeldAnswer(t *testing.T) {
	t.Parallel()
	p := withWhatsApp(t)
	list := p.root.want(200, "GET", "/api/v1/message-templates", nil)
	if items := list.items(); len(items) != 2 || items[0]["name"] != "order_ready" || items[0]["state"] != "approved" || items[1]["reason"] != "INVALID_FORMAT" {
		t.Fatalf("%s", list.raw)
	}
	use := func(name string, values ...any) object {
		return object{"template": object{"name": name, "language": "ru", "values": values}}
	}
	begin := func(want int, message object) answer {
		return p.root.want(want, "POST", "/api/v1/conversations", object{"account_id": p.account, "address": "8 900 123-45-67", "message": message})
	}
	if a := begin(409, object{"text": "Добрый день"}); a.str("code") != "window_closed" {
		t.Errorf("%s", a.raw)
	}
	begin(422, use("sale"))
	begin(422, use("order_ready", "Анна"))
	begin(422, use("order_ready", "Анна", " "))
	begin(422, use("unknown"))
	conversation := "/api/v1/conversations/" + begin(201, use("order_ready", "Анна", "№ 7")).str("id")
	p.eventually("the template is sent", func() bool { return p.last(conversation)["state"] == "sent" })
	if m := p.last(conversation); m["text"] != "Здравствуйте, Анна! Заказ № 7 готов." || m["template"].(object)["name"] != "order_ready" || p.far.Calls()[0].Body["type"] != "template" {
		t.Errorf("sent %v by %v", m, p.far.Calls()[0].Body)
	}
	if a := p.root.want(409, "POST", conversation+"/messages", object{"text": "Заберёте сегодня?"}); a.str("code") != "window_closed" {
		t.Errorf("%s", a.raw)
	}
	held := p.root.want(201, "POST", conversation+"/messages", object{"text": "Заберёте сегодня?", "hold": true})
	if held.str("state") != "held" || held.body["seq"] != nil {
		t.Errorf("%s", held.raw)
	}
	taken := p.root.want(201, "POST", conversation+"/messages", object{"text": "Другое", "hold": true})
	p.root.want(200, "DELETE", "/api/v1/messages/"+taken.str("id"), nil)
	p.push(p.far.Message("79001234567", "Анна", object{"type": "text", "text": object{"body": "Здравствуйте"}}))
	p.eventually("the held answer is sent", func() bool { return len(p.far.Calls()) == 2 })
	if call := p.far.Calls()[1]; call.Text != "Заберёте сегодня?" {
		t.Errorf("sent %v", call.Body)
	}

	// A network that does not answer takes nothing away.
	p.far.Deny()
	after := p.root.want(200, "POST", "/api/v1/message-templates/refresh", object{"account_id": p.account})
	if reading := after.body["readings"].([]any)[0].(object); len(after.items()) != 2 || reading["error"] == nil || reading["read_at"] == nil {
		t.Errorf("%s", after.raw)
	}
	if items := p.root.want(200, "GET", "/api/v1/message-templates?state=approved", nil).items(); len(items) != 1 {
		t.Errorf("%v", items)
	}
}

func TestAStatusNamesTheMessageWhoseAnswerWasLost(t *testing.T) {
	t.Parallel()
	p := withWhatsApp(t)
	p.push(p.far.Message("79001234567", "Анна", object{"type": "text", "text": object{"body": "Привет"}}))
	conversation := "/api/v1/conversations/" + p.root.want(200, "GET", "/api/v1/conversations", nil).items()[0]["id"].(string)
	p.far.Next(whatsapptest.LoseReply)
	p.root.want(201, "POST", conversation+"/messages", object{"text": "Здравствуйте"})
	p.eventually("nobody knows", func() bool { return p.last(conversation)["state"] == "uncertain" })
	call := p.far.Calls()[0]
	for _, state := range []string{"read", "delivered", "sent"} { // in the wrong order: no message goes back
		p.push(p.far.Status(call, state))
		if m := p.last(conversation); m["state"] != "read" || m["remote_id"] != call.ID {
			t.Errorf("after %s: %v, %v", state, m["state"], m["remote_id"])
		}
	}
	p.push(p.far.Message("79001234567", "Анна", object{"type": "text", "text": object{"body": "Спасибо"}, "context": object{"id": call.ID}}))
	if reply := p.last(conversation)["reply_to"]; reply == nil {
		t.Error("the reply does not find what it answers")
	}
}

// TestSignedPushesAreReadAgainFromQuarantine retries what was written to a number that was connected later: the
// signature went with the request, and is not asked for again.
func TestSignedPushesAreReadAgainFromQuarantine(t *testing.T) {
	t.Parallel()
	p := withWhatsApp(t)
	other := whatsapptest.New(p.far.Account)
	other.Account.NumberID = "200000000000000"
	p.push(other.Message("79001234567", "Анна", object{"type": "text", "text": object{"body": "Вы здесь?"}}))
	list := p.root.want(200, "GET", "/api/v1/quarantine", nil).items()
	if len(list) != 1 {
		t.Fatalf("quarantine %v", list)
	}
	at := "/api/v1/quarantine/" + list[0]["id"].(string)
	if raw := p.root.want(200, "GET", list[0]["raw_url"].(string), nil); !strings.Contains(string(raw.raw), "200000000000000") || !strings.HasPrefix(raw.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%s %v", raw.raw, raw.header)
	}
	if a := p.root.want(409, "POST", at+"/retry", nil); a.str("code") != "not_understood" {
		t.Errorf("%s", a.raw)
	}
	p.root.want(200, "PATCH", "/api/v1/accounts/"+p.account, object{"config": object{"phone_number_id": "200000000000000"}})
	p.eventually("the retry is understood", func() bool {
		return p.root.do("POST", at+"/retry", nil).status == 200
	})
	if list := p.root.want(200, "GET", "/api/v1/quarantine", nil).items(); len(list) != 0 {
		t.Errorf("still in quarantine: %v", list)
	}
	conversations := p.root.want(200, "GET", "/api/v1/conversations", nil).items()
	if len(conversations) != 1 || conversations[0]["last_message"].(object)["text"] != "Вы здесь?" {
		t.Errorf("%v", conversations)
	}
	p.root.want(404, "POST", at+"/retry", nil)
}
