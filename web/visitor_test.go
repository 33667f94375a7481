package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/channels/webchat"
)

// base is the address of the first web chat.
func (h *house) base() string { return fmt.Sprintf("/chat/%d", h.chat) }

// visitor makes a visitor of the first web chat.
func (h *house) visitor(details object) *caller {
	h.t.Helper()
	c := h.anybody()
	c.bearer = c.want(201, "POST", h.base()+"/visitors", details).str("token")
	return c
}

func uuid(n int) string { return fmt.Sprintf("6f1c9a52-0000-4000-8000-%012d", n) }

func said(text string) func(object) bool {
	return func(o object) bool {
		if inner, ok := o["object"].(object); ok {
			o = inner
		}
		return o["text"] == text
	}
}

// TestVisitorAndAgentTalk is the main job from end to end.
func TestVisitorAndAgentTalk(t *testing.T) {
	t.Parallel()
	h := boot(t)
	agents := h.root.listen("/api/v1/events", "")
	agents.until("hello", nil)

	v := h.visitor(object{"name": "Ann", "page": "https://shop.example/tea", "utm": object{"utm_source": "ads"}})
	first := v.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(1), "text": "Is it fresh?", "attachments": []string{}})
	if first.str("direction") != "inbound" || first.str("client_id") != uuid(1) {
		t.Errorf("%s", first.raw)
	}
	again := v.want(200, "POST", h.base()+"/messages", object{"client_id": strings.ToUpper(uuid(1)), "text": "Is it fresh?"})
	if again.str("id") != first.str("id") {
		t.Errorf("a replay made %s of %s", again.str("id"), first.str("id"))
	}
	agents.until("message.created", said("Is it fresh?"))

	list := h.root.want(200, "GET", "/api/v1/conversations", nil).items()
	if len(list) != 1 || list[0]["contact_name"] != "Ann" || list[0]["lead_id"] == nil || list[0]["request_id"] == nil {
		t.Fatalf("conversations: %v", list)
	}
	at := "/api/v1/conversations/" + list[0]["id"].(string)

	if o := h.root.want(200, "GET", at+"/origin", nil); o.str("page") != "https://shop.example/tea" || o.body["utm"].(object)["utm_source"] != "ads" {
		t.Errorf("%s", o.raw)
	}
	mine := v.listen(h.base()+"/events", "")
	mine.until("hello", nil)
	h.root.want(204, "POST", at+"/typing", object{"kind": "reply"})
	if e := mine.until("typing", nil); e.id != "" || !strings.Contains(e.data, "Root") {
		t.Errorf("typing: %+v", e)
	}
	v.want(204, "POST", h.base()+"/typing", object{"text": "and"})
	agents.until("typing", func(o object) bool { return o["kind"] == "visitor" })

	h.root.want(201, "POST", at+"/messages", object{"kind": "note", "text": "Secret."})
	answer := h.root.want(201, "POST", at+"/messages", object{"kind": "reply", "text": "Picked in May.", "seen_seq": 1})
	got := mine.until("message.created", said("Picked in May."))
	if got.id == "" || strings.Contains(got.data, "Secret") {
		t.Errorf("answer: %+v", got)
	}
	read := v.want(200, "GET", h.base()+"/messages", nil).items()
	if len(read) != 2 || read[1]["text"] != "Picked in May." || read[1]["author"].(object)["name"] != "Root" || read[1]["client_id"] != nil {
		t.Errorf("the visitor reads %v", read)
	}
	if rest := v.want(200, "GET", h.base()+"/messages?after="+first.str("id"), nil).items(); len(rest) != 1 {
		t.Errorf("after the first: %v", rest)
	}

	v.want(204, "POST", h.base()+"/receipts", object{"message_id": answer.str("id"), "state": "read"})
	agents.until("message.updated", func(o object) bool {
		m, _ := o["object"].(object)
		return m["id"] == answer.str("id") && m["state"] == "read"
	})
}

func TestVisitorResumesWithoutAGap(t *testing.T) {
	t.Parallel()
	h := boot(t)
	v := h.visitor(object{})
	s := v.listen(h.base()+"/events", "")
	s.until("hello", nil)
	v.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(1), "text": "one"})
	place := s.until("message.created", said("one")).id
	s.close()
	v.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(2), "text": "two"})
	other := h.visitor(object{})
	other.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(9), "text": "not yours"})
	v.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(3), "text": "three"})
	s = v.listen(h.base()+"/events", place)
	for _, want := range []string{"two", "three"} {
		if e := s.until("message.created", nil); !strings.Contains(e.data, `"`+want+`"`) {
			t.Fatalf("got %s, want %s", e.data, want)
		}
	}
	v.listen(h.base()+"/events", "nonsense").until("reset", nil)
	v.listen(h.base()+"/events", "999999999").until("reset", nil)
}

func TestVisitorFiles(t *testing.T) {
	t.Parallel()
	h := boot(t)
	v := h.visitor(object{})
	png := append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte("x"), 1000)...)
	up := v.upload(h.base()+"/files", "..\\карта.png", "image/png", png)
	if up.status != 201 || up.str("name") != "карта.png" || up.body["image"] != true {
		t.Fatalf("%d %s", up.status, up.raw)
	}
	url := up.str("url")
	nobody := h.anybody()
	got := nobody.want(200, "GET", url, nil)
	if !bytes.Equal(got.raw, png) || got.header.Get("Content-Type") != "image/png" || got.header.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.HasPrefix(got.header.Get("Content-Disposition"), "inline") || !strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d bytes, %v", len(got.raw), got.header)
	}
	nobody.header.Set("Range", "bytes=1-3")
	if part := nobody.want(206, "GET", url, nil); string(part.raw) != "PNG" || part.header.Get("Content-Range") != fmt.Sprintf("bytes 1-3/%d", len(png)) {
		t.Errorf("%q %v", part.raw, part.header)
	}
	nobody.header.Set("Range", "bytes=5000-")
	nobody.want(416, "GET", url, nil)
	nobody.header.Del("Range")
	nobody.want(404, "GET", url+"x", nil)
	nobody.want(404, "GET", strings.SplitN(url, "?", 2)[0], nil)

	page := v.upload(h.base()+"/files", "page.html", "text/html", []byte("<script>alert(1)</script>"))
	if a := nobody.want(200, "GET", page.str("url"), nil); !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("a page is shown: %v", a.header)
	}

	post := object{"client_id": uuid(1), "attachments": []string{up.str("id")}}
	v.want(201, "POST", h.base()+"/messages", post)
	v.want(200, "POST", h.base()+"/messages", post) // the file is used by now, and the retry still finds it
	if a := h.visitor(object{}).want(422, "POST", h.base()+"/messages", object{"client_id": uuid(2), "attachments": []string{up.str("id")}}); a.field() != "body.attachments[0]" {
		t.Errorf("another visitor's file: %s", a.raw)
	}
	if a := v.upload(h.base()+"/files", "big", "image/png", make([]byte, webchat.MaxFileBytes+1)); a.status != 413 || !strings.Contains(a.str("detail"), "25 MB") {
		t.Errorf("a big file: %d %s", a.status, a.raw)
	}
	// To the agents: who may see the conversation may see the file.
	list := h.root.want(200, "GET", "/api/v1/conversations", nil).items()
	m := h.root.want(200, "GET", "/api/v1/conversations/"+list[0]["id"].(string)+"/messages", nil).items()[0]
	h.root.want(200, "GET", m["attachments"].([]any)[0].(object)["url"].(string), nil)
}

func TestVisitorIsWhoTheTokenSays(t *testing.T) {
	t.Parallel()
	h := boot(t)
	v := h.visitor(object{})
	id := v.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(1), "text": "mine"}).str("id")
	for name, c := range map[string]*caller{
		"nobody": h.anybody(), "an agent": h.root, "a tampered token": {house: h, bearer: v.bearer + "x"}, "an API key": h.key(),
	} {
		if a := c.do("GET", h.base()+"/messages", nil); a.status != 401 {
			t.Errorf("%s reads the chat: %d", name, a.status)
		}
	}
	other := h.visitor(object{})
	if list := other.want(200, "GET", h.base()+"/messages", nil).items(); len(list) != 0 {
		t.Errorf("another visitor reads %v", list)
	}
	if a := other.do("POST", h.base()+"/receipts", object{"message_id": id, "state": "read"}); a.status != 404 {
		t.Errorf("another visitor's receipt: %d", a.status)
	}
	if a := other.do("POST", h.base()+"/messages", object{"client_id": uuid(1), "text": "the same id"}); a.status != 422 {
		t.Errorf("another visitor's client_id: %d %s", a.status, a.raw)
	}
	v.want(404, "GET", "/chat/999/messages", nil)
	v.want(404, "GET", "/chat/x/config", nil)
}

func TestSignedIdentity(t *testing.T) {
	t.Parallel()
	h := boot(t)
	at := fmt.Sprintf("/api/v1/accounts/%d", h.chat)
	h.root.want(200, "PATCH", at, object{"config": object{"identity_secret": "s3cret"}})
	if a := h.root.want(200, "GET", at, nil); bytes.Contains(a.raw, []byte("s3cret")) || !strings.Contains(a.str("snippet"), "/widget.js?account=") {
		t.Errorf("%s", a.raw)
	}
	identity := object{"id": "42", "name": "Ann", "hash": webchat.SignIdentity([]byte("s3cret"), "42")}
	h.anybody().want(201, "POST", h.base()+"/visitors", object{"identity": identity})
	identity["id"] = "43"
	if a := h.anybody().want(422, "POST", h.base()+"/visitors", object{"identity": identity}); a.field() != "body.identity.hash" {
		t.Errorf("%s", a.raw)
	}
}

func TestSitesOfAChat(t *testing.T) {
	t.Parallel()
	h := boot(t)
	h.root.want(200, "PATCH", fmt.Sprintf("/api/v1/accounts/%d", h.chat), object{"config": object{"sites": []string{"https://shop.example"}}})
	from := func(origin, method string) answer {
		c := h.anybody()
		c.header.Set("Origin", origin)
		return c.do(method, h.base()+"/config", nil)
	}
	if a := from("https://shop.example", "GET"); a.status != 200 || a.header.Get("Access-Control-Allow-Origin") != "https://shop.example" {
		t.Errorf("%d %v", a.status, a.header)
	}
	if a := from("https://shop.example", "OPTIONS"); a.status != 204 || !strings.Contains(a.header.Get("Access-Control-Allow-Headers"), "Authorization") {
		t.Errorf("%d %v", a.status, a.header)
	}
	if a := from("https://evil.example", "GET"); a.status != 403 || a.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%d %v", a.status, a.header)
	}
	if a := from(h.url, "GET"); a.status != 200 {
		t.Errorf("our own page: %d %s", a.status, a.raw)
	}
	frame := h.anybody().want(200, "GET", fmt.Sprintf("/widget/%d", h.chat), nil).header.Get("Content-Security-Policy")
	if !strings.HasSuffix(frame, "frame-ancestors 'self' https://shop.example") {
		t.Errorf("policy %q", frame)
	}
}

func TestPausedChatTakesNothing(t *testing.T) {
	t.Parallel()
	h := boot(t)
	v := h.visitor(object{})
	h.root.want(200, "POST", fmt.Sprintf("/api/v1/accounts/%d/pause", h.chat), nil)
	if a := v.do("POST", h.base()+"/messages", object{"client_id": uuid(1), "text": "hello"}); a.status != http.StatusServiceUnavailable {
		t.Errorf("%d %s", a.status, a.raw)
	}
	var cfg struct{ Online bool }
	if err := json.Unmarshal(v.want(200, "GET", h.base()+"/config", nil).raw, &cfg); err != nil || cfg.Online {
		t.Errorf("%+v %v", cfg, err)
	}
	h.root.want(200, "POST", fmt.Sprintf("/api/v1/accounts/%d/resume", h.chat), nil)
	v.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(1), "text": "hello"})
}

// TestVisitorsAreHeldBack comes through a proxy on this machine, as everybody does where
// there is one: only who comes from this machine itself is not bounded.
func TestVisitorsAreHeldBack(t *testing.T) {
	t.Parallel()
	h := boot(t)
	v := h.visitor(object{})
	v.header.Set("X-Forwarded-For", "192.0.2.7, 198.51.100.9")
	most := webchat.DefaultRates().Messages.Count
	for n := range most {
		v.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(n), "text": "again"})
	}
	a := v.want(429, "POST", h.base()+"/messages", object{"client_id": uuid(most), "text": "again"})
	if a.header.Get("Retry-After") == "" || a.str("code") != "too_many" {
		t.Errorf("%s %v", a.raw, a.header)
	}
	other := h.visitor(object{})
	other.header.Set("X-Forwarded-For", "198.51.100.9")
	other.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(100), "text": "mine"})
}
