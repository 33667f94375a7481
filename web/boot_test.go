package web_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/internal/app"
	"parley/internal/auth"
	"parley/internal/config"
)

// house is the whole product on SQLite, answering on a port of its own.
type house struct {
	t    *testing.T
	app  *app.App
	url  string
	chat channels.AccountID // the first web chat
	root *caller
}

const password = "correct horse battery"

// boot starts a house with one administrator, and with networks of the test.
func boot(t *testing.T, drivers ...channels.Driver) *house {
	t.Helper()
	return bootWith(t, config.Config{}, drivers...)
}

// bootWith is boot with settings beside those of the place.
func bootWith(t *testing.T, c config.Config, drivers ...channels.Driver) *house {
	t.Helper()
	dir := t.TempDir()
	c.Listen, c.Data, c.Blobs = "127.0.0.1:0", dir, filepath.Join(dir, "blobs")
	a, err := app.New(t.Context(), app.Options{
		Config:  c,
		Log:     slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
		Version: "test", Drivers: drivers,
	})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, app: a}
	if h.url, err = a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := a.Stop(ctx); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	if h.chat, err = a.EnsureWebchat(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.root = h.anybody()
	h.root.want(201, "POST", "/api/v1/setup", object{"name": "Root", "email": "root@example.com", "password": password, "language": "en"})
	return h
}

// object is a JSON object.
type object = map[string]any

// caller is a browser, a program or a visitor.
type caller struct {
	*house
	cookie, csrf string
	bearer       string
	header       http.Header
}

func (h *house) anybody() *caller { return &caller{house: h, header: http.Header{}} }

// agent makes an agent and signs them in.
func (h *house) agent(in auth.NewAgent) *caller {
	h.t.Helper()
	in.Name, in.Email, in.Password, in.Language = "Agent "+string(in.Role), fmt.Sprintf("%s-%d@example.com", in.Role, time.Now().UnixNano()), password, "en"
	if _, err := h.app.Auth.CreateAgent(h.t.Context(), auth.System(), in); err != nil {
		h.t.Fatal(err)
	}
	c := h.anybody()
	c.want(200, "POST", "/api/v1/session", object{"email": in.Email, "password": password})
	return c
}

// key makes an API key.
func (h *house) key(scopes ...string) *caller {
	h.t.Helper()
	c := h.anybody()
	c.bearer = h.root.want(201, "POST", "/api/v1/api-keys", object{"name": "key", "scopes": scopes}).str("key")
	return c
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	raw    []byte
	body   object // nil when it is no JSON object
}

func (a answer) str(name string) string { s, _ := a.body[name].(string); return s }

func (a answer) items() []object {
	list, _ := a.body["items"].([]any)
	out := make([]object, len(list))
	for i, one := range list {
		out[i], _ = one.(object)
	}
	return out
}

// field is the location of the first field at fault.
func (a answer) field() string {
	list, _ := a.body["errors"].([]any)
	if len(list) == 0 {
		return ""
	}
	s, _ := list[0].(object)["location"].(string)
	return s
}

func (c *caller) request(method, path string, body io.Reader) *http.Request {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Accept-Language", "en")
	for name, values := range c.header {
		req.Header[name] = values
	}
	if c.cookie != "" {
		req.Header.Set("Cookie", c.cookie)
		req.Header.Set("X-CSRF-Token", c.csrf)
	}
	if c.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+c.bearer)
	}
	return req
}

func (c *caller) send(req *http.Request) answer {
	c.t.Helper()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	a := answer{status: res.StatusCode, header: res.Header}
	if a.raw, err = io.ReadAll(res.Body); err != nil {
		c.t.Fatal(err)
	}
	if json.Unmarshal(a.raw, &a.body) != nil {
		a.body = nil
	}
	if set := res.Header.Get("Set-Cookie"); set != "" {
		c.cookie, _, _ = strings.Cut(set, ";")
		c.csrf = a.str("csrf_token")
	}
	return a
}

// do sends JSON; a []byte goes as it is.
func (c *caller) do(method, path string, body any) answer {
	c.t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		in = bytes.NewReader(b)
	default:
		data, err := json.Marshal(b)
		if err != nil {
			c.t.Fatal(err)
		}
		in = bytes.NewReader(data)
	}
	req := c.request(method, path, in)
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return c.send(req)
}

func (c *caller) want(status int, method, path string, body any) answer {
	c.t.Helper()
	a := c.do(method, path, body)
	if a.status != status {
		c.t.Fatalf("%s %s: %d %s, want %d", method, path, a.status, a.raw, status)
	}
	return a
}

// upload sends a file as browsers do.
func (c *caller) upload(path, name, kind string, content []byte) answer {
	c.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreatePart(map[string][]string{
		"Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename=%q`, name)}, "Content-Type": {kind},
	})
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		c.t.Fatal(err)
	}
	req := c.request("POST", path, &body)
	req.Header.Set("Content-Type", form.FormDataContentType())
	return c.send(req)
}

// event is one server-sent event.
type event struct{ id, name, data string }

// stream reads server-sent events.
type stream struct {
	t    *testing.T
	body io.ReadCloser
	in   *bufio.Reader
}

// listen opens an event stream after an event, "" for now.
func (c *caller) listen(path, last string) *stream {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 20*time.Second)
	c.t.Cleanup(cancel)
	req := c.request("GET", path, nil).WithContext(ctx)
	if last != "" {
		req.Header.Set("Last-Event-ID", last)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
		c.t.Fatalf("%s: %d %s", path, res.StatusCode, res.Header.Get("Content-Type"))
	}
	s := &stream{t: c.t, body: res.Body, in: bufio.NewReader(res.Body)}
	c.t.Cleanup(s.close)
	return s
}

func (s *stream) close() { _ = s.body.Close() }

// next returns the next event; the test's deadline bounds the wait.
func (s *stream) next() event {
	s.t.Helper()
	var e event
	for {
		line, err := s.in.ReadString('\n')
		if err != nil {
			s.t.Fatalf("the stream ended: %v", err)
		}
		line = strings.TrimSuffix(line, "\n")
		name, value, _ := strings.Cut(line, ": ")
		switch {
		case line == "" && e.name != "":
			return e
		case name == "id":
			e.id = value
		case name == "event":
			e.name = value
		case name == "data":
			e.data = value
		}
	}
}

// until skips to the event of a name for which ok holds.
func (s *stream) until(name string, ok func(object) bool) event {
	s.t.Helper()
	for {
		e := s.next()
		if e.name != name {
			continue
		}
		var data object
		if err := json.Unmarshal([]byte(e.data), &data); err != nil {
			s.t.Fatalf("event %s: %v", e.data, err)
		}
		if ok == nil || ok(data) {
			return e
		}
	}
}
