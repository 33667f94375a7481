package web_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/channels"
)

// misread hands events in as a program would that did not understand them yet.
func (h *house) misread(account string, events ...channels.Event) {
	h.t.Helper()
	var id channels.AccountID
	if _, err := fmt.Sscan(account, &id); err != nil {
		h.t.Fatal(err)
	}
	in, ok := h.app.Supervisor.Inbound(id)
	if !ok {
		h.t.Fatal("the account does not run")
	}
	if _, err := in.Deliver(h.t.Context(), channels.Batch{Events: events}); err != nil {
		h.t.Fatal(err)
	}
}

// quarantined is what the page shows, newest first.
func (h *house) quarantined() []object {
	h.t.Helper()
	return h.root.want(200, "GET", "/api/v1/quarantine", nil).items()
}

func TestSignedPushesAreReadAgain(t *testing.T) {
	t.Parallel()
	h := boot(t)
	account := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "custom", "name": "Shop", "config": object{"secret": "shared secret of both"}}).str("id")
	h.misread(account,
		channels.Event{Key: "raw:1", Direction: channels.Inward, Problem: "the body is no JSON: it breaks at byte 9", Raw: []byte(`{"broken`)},
		channels.Event{Key: "raw:2", Direction: channels.Inward, Problem: "could not be stored",
			Raw: []byte(`{"id":"m1","type":"message","chat_id":"anna","sender":{"id":"anna","name":"Anna"},"text":"Where is my order?"}`)},
	)
	size := func() any { return h.root.want(200, "GET", "/api/v1/accounts", nil).items()[1]["quarantined"] }
	list := h.quarantined()
	if len(list) != 2 || list[0]["account_id"] != account || size() != 2.0 {
		t.Fatalf("%v, %v", list, size())
	}
	russian := h.key()
	russian.header.Set("Accept-Language", "ru")
	for i, want := range []string{"не удалось сохранить", "тело — не JSON: ошибка у байта 9"} {
		if got := russian.want(200, "GET", "/api/v1/quarantine", nil).items()[i]["error"]; got != want {
			t.Errorf("the reason of %d: %v", i, got)
		}
	}
	understood, broken := "/api/v1/quarantine/"+list[0]["id"].(string), "/api/v1/quarantine/"+list[1]["id"].(string)
	if a := h.root.want(200, "GET", understood+"/raw", nil); !strings.Contains(string(a.raw), "Where is my order?") || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%v %s", a.header, a.raw)
	}
	outcome := h.root.want(200, "POST", understood+"/retry", nil).items()
	if len(outcome) != 1 || outcome[0]["outcome"] != "message" || outcome[0]["conversation_id"] == nil {
		t.Errorf("%v", outcome)
	}
	if c := h.root.want(200, "GET", "/api/v1/conversations", nil).items(); len(c) != 1 || c[0]["contact_name"] != "Anna" {
		t.Errorf("%v", c)
	}
	h.root.want(404, "POST", understood+"/retry", nil)
	if a := h.root.want(409, "POST", broken+"/retry", nil); a.str("code") != "not_understood" || size() != 1.0 {
		t.Errorf("%s, %v", a.raw, size())
	}
	h.root.want(204, "DELETE", broken, nil)
	h.root.want(404, "DELETE", broken, nil)
	if list := h.quarantined(); len(list) != 0 || size() != 0.0 {
		t.Errorf("%v, %v", list, size())
	}
}

func TestMailsAreReadAgain(t *testing.T) {
	t.Parallel()
	port, _ := postOffice(t)
	h := bootWith(t, thisMachine())
	account := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "email", "name": "Desk", "config": object{
		"address": "desk@shop.example", "username": "desk", "password": "s3cret-word",
		"imap_host": "127.0.0.1", "imap_port": port, "imap_security": "none", "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none",
	}}).str("id")
	const letter = "From: Anna <anna@example.com>\r\nTo: desk@shop.example\r\nSubject: Lamp\r\nMessage-ID: <m1@example.com>\r\nDate: Sun, 22 Nov 2026 08:00:00 +0000\r\n\r\nIs it in stock?\r\n"
	kept := func(text string) *channels.File {
		ref, err := h.app.Blobs.Put(t.Context(), strings.NewReader(text), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		return &channels.File{Hash: ref.Hash, Name: "mail.eml", Type: "message/rfc822", Size: ref.Size}
	}
	h.misread(account,
		channels.Event{Key: "raw:1", Direction: channels.Inward, Problem: "the mail does not say who wrote it", Original: kept("Subject: nobody\r\n\r\nx\r\n"), Raw: []byte("Subject: nobody")},
		channels.Event{Key: "raw:2", Direction: channels.Inward, Problem: "the mail could not be understood", Original: kept(letter), Raw: []byte("From: Anna")},
	)
	list := h.quarantined()
	if len(list) != 2 {
		t.Fatalf("%v", list)
	}
	understood, nobody := "/api/v1/quarantine/"+list[0]["id"].(string), "/api/v1/quarantine/"+list[1]["id"].(string)
	if a := h.root.want(200, "GET", understood+"/raw", nil); string(a.raw) != letter {
		t.Errorf("%q", a.raw)
	}
	if outcome := h.root.want(200, "POST", understood+"/retry", nil).items(); len(outcome) != 1 || outcome[0]["outcome"] != "message" {
		t.Errorf("%v", outcome)
	}
	c := h.root.want(200, "GET", "/api/v1/conversations", nil).items()
	if len(c) != 1 || c[0]["subject"] != "Lamp" || c[0]["contact_name"] != "Anna" {
		t.Errorf("%v", c)
	}
	if a := h.root.want(409, "POST", nobody+"/retry", nil); a.str("code") != "not_understood" || len(h.quarantined()) != 1 {
		t.Errorf("%s", a.raw)
	}
}
