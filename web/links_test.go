package web_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"

	"parley/channels"
)

func TestAccountKindsDescribeTheForm(t *testing.T) {
	t.Parallel()
	h := boot(t)
	a := h.root.want(200, "GET", "/api/v1/account-kinds", nil)
	for _, part := range []string{`"kind":"webchat"`, `"name":"Site chat"`, `"type":"secret"`, `"ru":"Приветствие"`, `{"value":"left","label":{"ru":"Слева","en":"Left","ar":"يسار"}}`, `"when":null`, `"hooks":[]`} {
		if !bytes.Contains(a.raw, []byte(part)) {
			t.Errorf("%s lacks %s", a.raw, part)
		}
	}
}

func TestAccountsAreConnectedChangedAndArchived(t *testing.T) {
	t.Parallel()
	h := boot(t)
	if a := h.root.do("POST", "/api/v1/accounts", object{"kind": "webchat", "name": "", "config": object{"color": "red", "colour": "x"}}); a.status != 422 ||
		!bytes.Contains(a.raw, []byte("body.name")) || !bytes.Contains(a.raw, []byte("body.config.color")) || !bytes.Contains(a.raw, []byte("body.config.colour")) {
		t.Errorf("%d %s", a.status, a.raw)
	}
	h.root.want(422, "POST", "/api/v1/accounts", object{"kind": "pigeon", "name": "x"})
	made := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "webchat", "name": "Shop", "config": object{"greeting": "Hi", "identity_secret": "s3cret"}, "team_id": nil})
	at := "/api/v1/accounts/" + made.str("id")
	if bytes.Contains(made.raw, []byte("s3cret")) || made.body["config"].(object)["greeting"] != "Hi" || fmt.Sprint(made.body["secrets"]) != "[identity_secret]" {
		t.Errorf("%s", made.raw)
	}
	changed := h.root.want(200, "PATCH", at, object{"name": "Shop 2", "config": object{"greeting": nil}})
	if changed.str("name") != "Shop 2" || changed.body["config"].(object)["greeting"] != nil || fmt.Sprint(changed.body["secrets"]) != "[identity_secret]" {
		t.Errorf("%s", changed.raw)
	}
	h.root.want(422, "PATCH", at, object{"kind": "email"})
	if a := h.root.want(200, "POST", at+"/test", nil); a.body["ok"] != true {
		t.Errorf("%s", a.raw)
	}
	h.root.want(204, "DELETE", at, nil)
	h.root.want(404, "GET", at, nil)

	h.visitor(object{}).want(201, "POST", h.base()+"/messages", object{"client_id": uuid(1), "text": "hello"})
	first := fmt.Sprintf("/api/v1/accounts/%d", h.chat)
	if a := h.root.want(409, "DELETE", first, nil); a.str("code") != "account_in_use" {
		t.Errorf("%s", a.raw)
	}
	if list := h.root.want(200, "GET", first+"/received", nil).items(); len(list) != 1 || list[0]["key"] != uuid(1) || list[0]["outcome"] != "message" {
		t.Errorf("received %v", list)
	}
	h.root.want(204, "DELETE", first+"?archive=true", nil)
	if list := h.root.want(200, "GET", "/api/v1/accounts", nil).items(); len(list) != 0 {
		t.Errorf("accounts %v", list)
	}
	h.anybody().want(404, "GET", h.base()+"/config", nil)
	if list := h.root.want(200, "GET", "/api/v1/accounts?archived=true", nil).items(); len(list) != 1 || list[0]["archived"] != true {
		t.Errorf("archived %v", list)
	}
	if a := h.root.want(409, "PATCH", first, object{"name": "New"}); a.str("code") != "account_archived" {
		t.Errorf("%s", a.raw)
	}
	for range 2 { // the second time nothing changes
		if back := h.root.want(200, "PATCH", first, object{"archived": false}); back.body["archived"] != false || back.str("state") == "stopped" {
			t.Errorf("%s", back.raw)
		}
	}
	h.anybody().want(200, "GET", h.base()+"/config", nil)
	for range 2 {
		if away := h.root.want(200, "PATCH", first, object{"archived": true}); away.body["archived"] != true || away.str("state") != "stopped" {
			t.Errorf("%s", away.raw)
		}
	}
	h.anybody().want(404, "GET", h.base()+"/config", nil)
}

func TestQuarantineKeepsWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	h := boot(t)
	in, ok := h.app.Supervisor.Inbound(h.chat)
	if !ok {
		t.Fatal("the chat does not run")
	}
	_, err := in.Deliver(t.Context(), channels.Batch{Events: []channels.Event{{
		Key: "odd-1", Direction: channels.Inward, Chat: "x", Problem: "no such field", Raw: []byte("{\"odd\": \xff}"),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	list := h.root.want(200, "GET", "/api/v1/quarantine", nil).items()
	if len(list) != 1 || list[0]["error"] != "no such field" || !strings.Contains(list[0]["raw"].(string), `"odd"`) {
		t.Fatalf("quarantine %v", list)
	}
	at := "/api/v1/quarantine/" + list[0]["id"].(string)
	h.root.want(200, "GET", at, nil)
	if a := h.root.want(409, "POST", at+"/retry", nil); a.str("code") != "cannot_retry" {
		t.Errorf("%s", a.raw)
	}
	h.root.want(404, "GET", "/api/v1/quarantine/999999", nil)
}

// TestAStrangersPushIsNotRead announces 8 MB to a wrong address and sends none of it: the refusal comes at once, and
// the connection ends.
func TestAStrangersPushIsNotRead(t *testing.T) {
	t.Parallel()
	h := boot(t)
	far, err := net.Dial("tcp", strings.TrimPrefix(h.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	head := "POST /hooks/%d/guess HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
	// fasthttp itself waits for what it reads ahead, 64 kB, before anybody is asked.
	if _, err := far.Write(append(fmt.Appendf(nil, head, h.chat, 8<<20), make([]byte, 64<<10)...)); err != nil {
		t.Fatal(err)
	}
	said, err := io.ReadAll(far) // until the end of the connection
	if err != nil && !errors.Is(err, syscall.ECONNRESET) {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(said, []byte("HTTP/1.1 404")) {
		t.Errorf("the answer is %q", said)
	}
}

func TestPushesNeedTheSecret(t *testing.T) {
	t.Parallel()
	h := boot(t)
	nobody := h.anybody()
	for _, path := range []string{fmt.Sprintf("/hooks/%d/guess", h.chat), "/hooks/999/guess", "/hooks/x/guess"} {
		for _, method := range []string{"GET", "POST"} {
			if a := nobody.do(method, path, nil); a.status != 404 || bytes.Contains(a.raw, []byte("guess")) {
				t.Errorf("%s %s: %d %s", method, path, a.status, a.raw)
			}
		}
	}
	if metrics := nobody.want(200, "GET", "/metrics", nil); bytes.Contains(metrics.raw, []byte("guess")) {
		t.Error("the secret of an address became a series")
	}
}
