package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"parley/channels/form"
)

// siteForm is a form account of a house.
type siteForm struct {
	*house
	id, path string
	account  answer
}

func newForm(h *house, config object) siteForm {
	h.t.Helper()
	a := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "form", "name": "Contact us", "config": config})
	return siteForm{house: h, id: a.str("id"), path: "/forms/" + a.str("id"), account: a}
}

// fill posts a form; headers are pairs.
func (f siteForm) fill(kind, body string, headers ...string) answer {
	f.t.Helper()
	req := f.anybody().request("POST", f.path, strings.NewReader(body))
	req.Header.Set("Content-Type", kind)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		f.t.Fatal(err)
	}
	defer res.Body.Close()
	a := answer{status: res.StatusCode, header: res.Header}
	if a.raw, err = io.ReadAll(res.Body); err != nil {
		f.t.Fatal(err)
	}
	if json.Unmarshal(a.raw, &a.body) != nil {
		a.body = nil
	}
	return a
}

const (
	encoded = "application/x-www-form-urlencoded"
	asJSON  = "application/json"
)

func (f siteForm) conversations() []object {
	return f.root.want(200, "GET", "/api/v1/conversations?account="+f.id, nil).items()
}

// received is how often each outcome is in the account's log.
func (f siteForm) received() map[string]int {
	n := map[string]int{}
	for _, one := range f.root.want(200, "GET", "/api/v1/accounts/"+f.id+"/received", nil).items() {
		n[one["outcome"].(string)]++
	}
	return n
}

// TestFormBecomesALeadWithItsRequest follows what somebody filled in to all that it opens.
func TestFormBecomesALeadWithItsRequest(t *testing.T) {
	t.Parallel()
	f := newForm(boot(t), object{"title": "Question", "language": "en"})
	body := url.Values{
		"name": {"Anna"}, "email": {"anna@shop.com"}, "phone": {"+79001234567"}, "message": {"Where is it?"}, "order": {"77"},
		"utm_source": {"ads"}, "page": {"https://shop.com/cart"}, "submission_id": {"s-1"}, "website": {""},
	}.Encode()
	for range 2 { // pressed twice
		if a := f.fill(encoded, body); a.status != 200 || a.body["ok"] != true || !strings.Contains(a.str("thanks"), "Thank you") {
			t.Fatalf("%d %s", a.status, a.raw)
		}
	}
	list := f.conversations()
	if len(list) != 1 || list[0]["contact_name"] != "Anna" || list[0]["subject"] != "Question" || list[0]["unanswered"] != true {
		t.Fatalf("%v", list)
	}
	c := list[0]
	lead := f.root.want(200, "GET", "/api/v1/leads/"+c["lead_id"].(string), nil)
	if lead.body["utm"].(object)["utm_source"] != "ads" || lead.str("source") != "form" {
		t.Errorf("%s", lead.raw)
	}
	if o := f.root.want(200, "GET", "/api/v1/conversations/"+c["id"].(string)+"/origin", nil); o.str("page") != "https://shop.com/cart" || o.body["utm"].(object)["utm_source"] != "ads" {
		t.Errorf("%s", o.raw)
	}
	if request := f.root.want(200, "GET", "/api/v1/requests/"+c["request_id"].(string), nil); request.str("subject") != "Question" {
		t.Errorf("%s", request.raw)
	}
	messages := "/api/v1/conversations/" + c["id"].(string) + "/messages"
	text := f.root.want(200, "GET", messages, nil).items()[0]["text"]
	if text != "Where is it?\n\nName: Anna\nE-mail: anna@shop.com\nPhone: +79001234567\norder: 77\nPage: https://shop.com/cart" &&
		text != "Where is it?\n\nE-mail: anna@shop.com\nName: Anna\norder: 77\nPhone: +79001234567\nPage: https://shop.com/cart" { // url.Values sorts
		t.Errorf("%q", text)
	}
	person := f.root.want(200, "GET", "/api/v1/contacts/"+c["contact_id"].(string), nil)
	believed := map[string]any{}
	for _, one := range person.body["identities"].([]any) {
		i := one.(object)
		believed[i["scope"].(string)] = i["verified"]
	}
	if believed["email"] != false || believed["phone"] != false {
		t.Errorf("what was typed is believed: %s", person.raw)
	}
	if got := f.received(); got["message"] != 1 || got["duplicate"] != 1 {
		t.Errorf("%v", got)
	}
}

// TestFormCannotBeAnswered says so where an answer is tried, and lets notes be.
func TestFormCannotBeAnswered(t *testing.T) {
	t.Parallel()
	f := newForm(boot(t), object{})
	f.fill(asJSON, `{"phone":"+79001234567","message":"hi"}`)
	conversation := "/api/v1/conversations/" + f.conversations()[0]["id"].(string)
	if a := f.root.do("POST", conversation+"/messages", object{"kind": "reply", "text": "hello"}); a.status != 422 || a.field() != "body.text" || !strings.Contains(string(a.raw), "cannot be answered") {
		t.Errorf("%d %s", a.status, a.raw)
	}
	f.root.want(201, "POST", conversation+"/messages", object{"kind": "note", "text": "called them"})
	if l := f.root.want(200, "GET", conversation+"/limits", nil); l.body["text"].(object)["max"] != 0.0 {
		t.Errorf("%s", l.raw)
	}
}

func TestFormsOfEveryKindAreTaken(t *testing.T) {
	t.Parallel()
	f := newForm(boot(t), object{"fields": "phone*", "language": "ru"})
	var files bytes.Buffer
	w := multipart.NewWriter(&files)
	_ = w.WriteField("phone", "+79001234567")
	_ = w.WriteField("website", "")
	part, err := w.CreateFormFile("photo", `C:\pictures\a.png`)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write([]byte("\x89PNG\r\n\x1a\n and more"))
	_, _ = w.CreateFormFile("empty", "")
	_ = w.Close()
	for name, c := range map[string]struct {
		kind, body, accept string
		status             int
		holds              string
	}{
		"encoded":                {encoded, "phone=%2B79001234567", "", 200, `"ok":true`},
		"JSON":                   {asJSON, `{"phone":"+79001234568","sizes":["M","L"],"n":7,"agree":true,"utm":{"source":"x"}}`, "", 200, "Спасибо"},
		"with a file":            {w.FormDataContentType(), files.String(), "", 200, `"ok":true`},
		"a browser is led on":    {encoded, "phone=%2B79001234569", "text/html", 303, ""},
		"required":               {encoded, "name=Anna", "", 422, "body.phone"},
		"a browser reads why":    {encoded, "name=Anna", "text/html,*/*", 422, "Phone: Fill this field in."},
		"nested":                 {asJSON, `{"phone":"+79001234567","x":{"y":1}}`, "", 422, "body.x"},
		"broken JSON":            {asJSON, `{"phone":`, "", 422, "malformed"},
		"broken encoding":        {encoded, "phone=%zz", "", 422, "malformed"},
		"broken parts":           {"multipart/form-data; boundary=x", "--x\r\nwhat", "", 422, "malformed"},
		"of no kind":             {"text/plain", "phone=1", "", 415, "application/json"},
		"large":                  {encoded, "phone=" + strings.Repeat("1", form.MaxBody+1), "", 413, "12 MB"},
		"large without a length": {asJSON, `{"x":"` + strings.Repeat("1", 30_000) + `"}`, "", 422, "20000"},
	} {
		a := f.fill(c.kind, c.body, "Accept", c.accept)
		if a.status != c.status || !strings.Contains(string(a.raw), c.holds) {
			t.Errorf("%s: %d %.300s", name, a.status, a.raw)
		}
		if c.status == 303 && !strings.HasSuffix(a.header.Get("Location"), f.path+"/thanks") {
			t.Errorf("%s: leads to %s", name, a.header.Get("Location"))
		}
	}
	if n := len(f.conversations()); n != 4 {
		t.Errorf("%d conversations", n)
	}
	var attached bool
	for _, c := range f.conversations() {
		for _, m := range f.root.want(200, "GET", "/api/v1/conversations/"+c["id"].(string)+"/messages", nil).items() {
			for _, one := range m["attachments"].([]any) {
				attached = attached || one.(object)["name"] == "a.png" && one.(object)["type"] == "image/png"
			}
		}
	}
	if !attached {
		t.Error("the file is not there")
	}
}

func TestTheTrapIsThankedAndIgnored(t *testing.T) {
	t.Parallel()
	f := newForm(boot(t), object{})
	good, spam := f.fill(encoded, "message=hi&phone=%2B79001234567"), f.fill(encoded, "message=buy&phone=%2B79001234567&website=http%3A%2F%2Fspam")
	if spam.status != good.status || string(spam.raw) != string(good.raw) {
		t.Errorf("a machine can tell: %s and %s", spam.raw, good.raw)
	}
	if got := f.received(); len(f.conversations()) != 1 || got["ignored"] != 1 || got["message"] != 1 {
		t.Errorf("%v", got)
	}
}

func TestFormsComeFromTheirSites(t *testing.T) {
	t.Parallel()
	h := boot(t)
	f := newForm(h, object{"sites": []string{"shop.com", "*.shop.com"}, "redirect_url": "https://shop.com/thanks"})
	body := func(n int) string { return fmt.Sprintf(`{"phone":"+7900123456%d"}`, n) }
	for i, c := range []struct {
		origin string
		status int
		allow  string
	}{
		{"", 200, ""}, {"https://shop.com", 200, "https://shop.com"}, {"https://www.shop.com", 200, "https://www.shop.com"}, {h.url, 200, ""},
		{"https://evil.com", 403, ""}, {"https://shop.com.evil.com", 403, ""}, {"null", 403, ""},
	} {
		a := f.fill(asJSON, body(i), "Origin", c.origin)
		if a.status != c.status || a.header.Get("Access-Control-Allow-Origin") != c.allow {
			t.Errorf("%q: %d %v %s", c.origin, a.status, a.header, a.raw)
		}
		if c.status == 200 && a.str("redirect") != "https://shop.com/thanks" {
			t.Errorf("%s", a.raw)
		}
	}
	ask := h.plain("OPTIONS", f.path, "Origin", "https://shop.com", "Access-Control-Request-Method", "POST")
	if ask.status != 204 || ask.header.Get("Access-Control-Allow-Methods") != "POST" || !strings.Contains(ask.header.Get("Access-Control-Allow-Headers"), "Content-Type") {
		t.Errorf("%d %v", ask.status, ask.header)
	}
	if a := h.plain("OPTIONS", f.path, "Origin", "https://evil.com"); a.status != 403 {
		t.Errorf("%d", a.status)
	}
	page := h.plain("GET", f.path+"?utm_source=%22%3E%3Cscript%3E")
	policy := page.header.Get("Content-Security-Policy")
	if page.status != 200 || !strings.Contains(policy, "frame-ancestors 'self' https://shop.com http://shop.com") || !strings.Contains(policy, "form-action 'self' https://shop.com;") ||
		strings.Contains(policy, "unsafe") || !strings.Contains(string(page.raw), `name="submission_id"`) || strings.Contains(string(page.raw), "<script>") {
		t.Errorf("%d %s\n%s", page.status, policy, page.raw)
	}
	for _, path := range []string{"/forms/999", "/forms/x", "/forms/999/embed.js", fmt.Sprintf("/forms/%d", h.chat)} {
		if a := h.plain("GET", path); a.status != 404 {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

func TestFormsAreBoundedPerAddress(t *testing.T) {
	t.Parallel()
	f := newForm(boot(t), object{})
	statuses := map[int]int{}
	for i := range 25 {
		a := f.fill(asJSON, fmt.Sprintf(`{"phone":"+790012345%02d"}`, i), "X-Forwarded-For", "203.0.113.7")
		statuses[a.status]++
		if a.status == 429 && a.header.Get("Retry-After") == "" {
			t.Error("no word of when to come again")
		}
	}
	if statuses[200] != 20 || statuses[429] != 5 {
		t.Errorf("%v", statuses)
	}
	if a := f.fill(asJSON, `{"phone":"+79001234599"}`, "X-Forwarded-For", "203.0.113.8"); a.status != 200 {
		t.Errorf("a neighbour is held back: %d", a.status)
	}
	f.root.want(200, "POST", "/api/v1/accounts/"+f.id+"/pause", nil)
	if a := f.fill(asJSON, `{"phone":"+79001234600"}`); a.status < 400 {
		t.Errorf("a paused form takes: %d", a.status)
	}
}

// TestFormIsOfferedForPasting looks at what an administrator is given, and at the script.
func TestFormIsOfferedForPasting(t *testing.T) {
	t.Parallel()
	h := boot(t)
	f := newForm(h, object{"title": `</script><b>"`, "fields": []string{"name", "phone*", "Order No"}, "language": "en"})
	if s := f.account.str("snippet"); s != `<script src="`+f.path+`/embed.js" async></script>` {
		t.Errorf("%s", s)
	}
	markup := f.account.str("markup")
	for _, part := range []string{`action="` + f.path + `"`, `type="tel" name="phone" autocomplete="tel" required`, `name="Order No"`, `name="website"`} {
		if !strings.Contains(markup, part) {
			t.Errorf("%s lacks %s", markup, part)
		}
	}
	script := h.plain("GET", f.path+"/embed.js")
	if script.status != 200 || !strings.HasPrefix(script.header.Get("Content-Type"), "text/javascript") || script.header.Get("Cross-Origin-Resource-Policy") != "cross-origin" ||
		bytes.Contains(script.raw, []byte("</script>")) || len(script.raw) > 10_000 {
		t.Errorf("%d %v, %d bytes", script.status, script.header, len(script.raw))
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not here to read the script")
	}
	file := filepath.Join(t.TempDir(), "embed.js")
	if err := os.WriteFile(file, script.raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), node, "--check", file).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
