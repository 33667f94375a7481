package web_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/channels/webchat"
	"parley/web/files"
)

// TestBadInputIsExplained sends what goes wrong in practice, on both sides.
func TestBadInputIsExplained(t *testing.T) {
	t.Parallel()
	h := boot(t)
	v := h.visitor(object{})
	v.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(1), "text": "hello"})
	conversation := "/api/v1/conversations/" + h.root.want(200, "GET", "/api/v1/conversations", nil).items()[0]["id"].(string)
	answers, posts := conversation+"/messages", h.base()+"/messages"
	long := strings.Repeat("я", webchat.MaxText+1)
	for name, c := range map[string]struct {
		who    *caller
		path   string
		body   string
		status int
		field  string // location of the field at fault
		says   string // in the detail or the field's message
	}{
		"malformed":                {h.root, answers, `{"kind": "reply",`, 400, "", "line and column 1:"},
		"unknown field":            {h.root, answers, `{"kind":"reply","txet":"x"}`, 422, "body.txet", "no such field"},
		"over-long answer":         {h.root, answers, `{"kind":"reply","text":"` + long + `"}`, 422, "body.text", "10000"},
		"NUL in an answer":         {h.root, answers, `{"kind":"reply","text":"a\u0000b"}`, 422, "body.text", "NUL"},
		"NUL in a list":            {h.root, "POST /api/v1/labels", `{"name":["\u0000"]}`, 422, "body.name[0]", "NUL"},
		"number beyond integers":   {h.root, answers, `{"kind":"reply","text":"a","seen_seq":1000000000000000000000}`, 422, "body.seen_seq", "out of range"},
		"number beyond floats":     {h.root, answers, `{"kind":"reply","text":"a","seen_seq":1e999}`, 422, "body.seen_seq", "out of range"},
		"exponent in an integer":   {h.root, answers, `{"kind":"reply","text":"a","seen_seq":1e3}`, 422, "body.seen_seq", "without an exponent"},
		"time that is none":        {h.root, "GET /api/v1/search?q=a&from=2026-01-01", ``, 422, "query.from", "Write times like"},
		"NUL in a query":           {h.root, "GET /api/v1/conversations?q=a%00", ``, 422, "query.q", "NUL"},
		"a word no condition has":  {h.root, "POST /api/v1/views", `{"name":"x","conditions":{"al":[]}}`, 422, "body.conditions", "one of all, any"},
		"two conditions in one":    {h.root, "POST /api/v1/views", `{"name":"x","conditions":{"all":[],"any":[]}}`, 422, "body.conditions", "one of all, any"},
		"a condition of nothing":   {h.root, "POST /api/v1/views", `{"name":"x","conditions":{"all":[{"not":null}]}}`, 422, "body.conditions", "one of all, any"},
		"nothing, in capitals":     {h.root, "POST /api/v1/views", `{"name":"x","conditions":{"Any":null}}`, 422, "body.conditions", "one of all, any"},
		"a query in no UTF-8":      {h.root, "GET /api/v1/requests?type=%ff", ``, 422, "query.type", "not UTF-8"},
		"raw NUL":                  {h.root, answers, "{\"kind\":\"reply\",\"text\":\"a\x00b\"}", 400, "", "line and column"},
		"huge body":                {h.root, answers, `{"kind":"note","text":"` + strings.Repeat("x", 1<<20) + `"}`, 413, "", "1048576"},
		"unknown agent":            {h.root, "PATCH " + conversation, `{"assignee_id":"999999"}`, 422, "body.assignee_id", ""},
		"malformed id":             {h.root, "PATCH " + conversation, `{"assignee_id":"me"}`, 422, "body.assignee_id", "not an id"},
		"malformed time":           {h.root, "PATCH " + conversation, `{"snoozed_until":"tomorrow"}`, 422, "body.snoozed_until", "2026-"},
		"malformed id in the path": {h.root, "/api/v1/conversations/abc/messages", `{"kind":"reply","text":"x"}`, 404, "", ""},
		"no such operation":        {h.root, "/api/v1/nonsense", `{}`, 404, "", ""},
		"no such page":             {h.root, "/nonsense", `{}`, 404, "", ""},
		"no such method":           {h.root, "PUT /api/v1/conversations", `{}`, 405, "", ""},
		"visitor: malformed":       {v, posts, `{"client_id"`, 400, "", "line and column"},
		"visitor: unknown field":   {v, posts, `{"client_id":"` + uuid(2) + `","html":"<b>"}`, 422, "body.html", "no such field"},
		"visitor: over-long":       {v, posts, `{"client_id":"` + uuid(2) + `","text":"` + long + `"}`, 422, "body.text", "10000"},
		"visitor: NUL":             {v, posts, `{"client_id":"` + uuid(2) + `","text":"\u0000"}`, 422, "body.text", "NUL"},
		"visitor: no UUID":         {v, posts, `{"client_id":"7","text":"x"}`, 422, "body.client_id", "UUID"},
		"visitor: nothing":         {v, posts, `{"client_id":"` + uuid(2) + `","text":"  "}`, 422, "body.text", ""},
	} {
		method, path, ok := strings.Cut(c.path, " ")
		if !ok {
			method, path = "POST", c.path
		}
		a := c.who.do(method, path, []byte(c.body))
		if a.status != c.status || a.header.Get("Content-Type") != "application/problem+json" || a.field() != c.field || !strings.Contains(string(a.raw), c.says) {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
		if a.str("detail") == "" || a.str("code") == "" || a.str("request_id") == "" {
			t.Errorf("%s: the problem is not complete: %s", name, a.raw)
		}
	}
	if got := v.want(200, "GET", posts, nil).items(); len(got) != 1 {
		t.Errorf("what was refused is stored: %v", got)
	}
}

// TestHugeHeadIsRefused sends an address that the server does not read to its end.
func TestHugeHeadIsRefused(t *testing.T) {
	t.Parallel()
	h := boot(t)
	a := h.root.want(413, "GET", "/api/v1/search?q="+strings.Repeat("x", 17<<10), nil)
	if a.header.Get("Content-Type") != "application/problem+json" || a.str("code") != "head_too_large" || a.str("detail") == "" {
		t.Errorf("the problem is %s", a.raw)
	}
}

func TestOverLargeFileNamesTheLimit(t *testing.T) {
	t.Parallel()
	h := boot(t)
	a := h.root.upload("/api/v1/files", "big.bin", "application/octet-stream", make([]byte, files.MaxBytes+1))
	if a.status != 413 || !strings.Contains(a.str("detail"), "25 MB") || a.body["max_bytes"] != float64(files.MaxBytes) {
		t.Errorf("%d %s", a.status, a.raw)
	}
	if a := h.root.upload("/api/v1/files", "big.bin", "application/octet-stream", make([]byte, files.MaxBytes)); a.status != 201 || a.body["size"] != float64(files.MaxBytes) {
		t.Errorf("%d %s", a.status, a.raw)
	}
	req := h.root.request("POST", "/api/v1/files", strings.NewReader(`{}`))
	req.Header.Set("Content-Type", "application/json")
	if a := h.root.send(req); a.status != 415 {
		t.Errorf("JSON instead of a file: %d %s", a.status, a.raw)
	}
	req = h.root.request("POST", "/api/v1/files", strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n"))
	req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	if a := h.root.send(req); a.status != 422 || a.field() != "body.file" {
		t.Errorf("no file: %d %s", a.status, a.raw)
	}
	req = h.root.request("POST", "/api/v1/files", strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\ncut off"))
	req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	if a := h.root.send(req); a.status != 400 {
		t.Errorf("cut off: %d %s", a.status, a.raw)
	}
}

// TestNoBodyBecomesARequest sends bodies that handlers do not read, and looks whether
// their bytes are taken for the next request on the connection.
func TestNoBodyBecomesARequest(t *testing.T) {
	t.Parallel()
	h := boot(t)
	host := strings.TrimPrefix(h.url, "http://")
	smuggled := "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
	for name, head := range map[string]string{
		"with a length": fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(smuggled), smuggled),
		"in chunks":     fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(smuggled), smuggled),
	} {
		conn, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, "POST /api/v1/nonsense HTTP/1.1\r\nHost: x\r\n"+head+"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(conn)
		_ = conn.Close()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if bytes.Contains(all, []byte("\r\n\r\nok\n")) {
			t.Errorf("%s: the body was taken for a request:\n%s", name, all)
		}
		if n := bytes.Count(all, []byte("HTTP/1.1 ")); n < 1 || n > 2 {
			t.Errorf("%s: %d answers", name, n)
		}
	}
}

func TestIdempotencyKeySendsOnce(t *testing.T) {
	t.Parallel()
	h := boot(t)
	h.visitor(object{}).want(201, "POST", h.base()+"/messages", object{"client_id": uuid(1), "text": "hello"})
	at := "/api/v1/conversations/" + h.root.want(200, "GET", "/api/v1/conversations", nil).items()[0]["id"].(string) + "/messages"
	h.root.header.Set("Idempotency-Key", "k-1")
	first := h.root.want(201, "POST", at, object{"kind": "reply", "text": "Yes"})
	again := h.root.want(201, "POST", at, object{"kind": "reply", "text": "Yes"})
	if first.str("id") != again.str("id") || again.header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("%s then %s", first.raw, again.raw)
	}
	h.root.want(422, "POST", at, object{"kind": "reply", "text": "No"})
	h.root.header = http.Header{}
	if n := len(h.root.want(200, "GET", at, nil).items()); n != 2 {
		t.Errorf("%d messages", n)
	}
}
