package people_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"parley/internal/auth"
	"parley/internal/auth/authtest"
	"parley/web"
)

// office is a server over people in memory.
type office struct {
	t   *testing.T
	app *fiber.App
}

func open(t *testing.T) *office {
	t.Helper()
	service := auth.New(auth.Options{
		Store: authtest.NewMemory(), NextID: authtest.IDs(1000), Hasher: authtest.CheapHasher(),
		EmailRate: auth.Rate{Burst: 3, Every: 3600e9}, NetworkRate: auth.Rate{Burst: 100, Every: 1e9},
	})
	server, err := web.New(web.Deps{PublicURL: "https://desk.example.com", Version: "test", Auth: service})
	if err != nil {
		t.Fatal(err)
	}
	return &office{t: t, app: server.Handler()}
}

// browser is one signed-in, or not yet signed-in, browser.
type browser struct {
	*office
	cookie, csrf string
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   map[string]any
}

func (a answer) str(name string) string { s, _ := a.body[name].(string); return s }

func (b *browser) do(method, path string, body any) answer {
	b.t.Helper()
	var in io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		in = bytes.NewReader(data)
	}
	req := httptest.NewRequest(method, "/api/v1"+path, in)
	req.Header.Set("Accept-Language", "en")
	if b.cookie != "" {
		req.Header.Set("Cookie", b.cookie)
		req.Header.Set("X-CSRF-Token", b.csrf)
	}
	res, err := b.app.Test(req, 10_000)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	a := answer{status: res.StatusCode, header: res.Header}
	if len(data) > 0 {
		if err := json.Unmarshal(data, &a.body); err != nil {
			b.t.Fatalf("%s %s: %q: %v", method, path, data, err)
		}
	}
	if set := res.Header.Get("Set-Cookie"); set != "" {
		b.cookie, _, _ = strings.Cut(set, ";")
		b.csrf = a.str("csrf_token")
	}
	return a
}

func (b *browser) want(status int, method, path string, body any) answer {
	b.t.Helper()
	a := b.do(method, path, body)
	if a.status != status {
		b.t.Fatalf("%s %s: %d %v, want %d", method, path, a.status, a.body, status)
	}
	return a
}

func object(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = pairs[i+1]
	}
	return m
}

func (o *office) setUp() *browser {
	o.t.Helper()
	b := &browser{office: o}
	b.want(201, "POST", "/setup", object("name", "Root", "email", "root@example.com", "password", authtest.Password, "language", "en"))
	return b
}

func TestFirstRun(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := &browser{office: o}
	if a := b.want(200, "GET", "/setup", nil); a.body["needed"] != true || a.body["version"] != "test" {
		t.Errorf("%v", a.body)
	}
	b.want(401, "GET", "/session", nil)
	a := b.want(201, "POST", "/setup", object("name", "Root", "email", "root@example.com", "password", authtest.Password, "language", "ru"))
	set := a.header.Get("Set-Cookie")
	for _, part := range []string{"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(set, part) {
			t.Errorf("cookie %q lacks %s", set, part)
		}
	}
	agent := a.body["agent"].(map[string]any)
	if agent["role"] != "admin" || agent["language"] != "ru" || a.str("csrf_token") == "" {
		t.Errorf("%v", a.body)
	}
	if again := b.want(200, "GET", "/session", nil); again.str("csrf_token") != a.str("csrf_token") {
		t.Error("another CSRF token for the same session")
	}
	// The agent's own language wins over the request's.
	if a := b.want(409, "POST", "/setup", object("name", "B", "email", "b@example.com", "password", authtest.Password)); a.str("code") != "already_set_up" {
		t.Errorf("%v", a.body)
	}
	b.want(204, "DELETE", "/session", nil)
	b.want(401, "GET", "/session", nil)
}

func TestWrongPasswordsAreThrottled(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.setUp()
	b := &browser{office: o}
	for range 3 {
		if a := b.want(401, "POST", "/session", object("email", "root@example.com", "password", "wrong password")); a.str("code") != "bad_credentials" {
			t.Fatalf("%v", a.body)
		}
	}
	a := b.want(429, "POST", "/session", object("email", "root@example.com", "password", authtest.Password))
	if a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

func TestInvitationMakesAnAgent(t *testing.T) {
	t.Parallel()
	o := open(t)
	root := o.setUp()
	team := root.want(201, "POST", "/teams", object("name", "Sales")).str("id")
	inv := root.want(201, "POST", "/invitations", object("email", "ann@example.com", "name", "Ann", "role", "agent", "team_ids", []string{team}))
	link, token, ok := strings.Cut(inv.str("url"), "#")
	if !ok || link != "https://desk.example.com/join" {
		t.Fatalf("url %q", inv.str("url"))
	}
	if list := root.want(200, "GET", "/invitations", nil); list.body["items"].([]any)[0].(map[string]any)["url"] != nil {
		t.Error("the list shows the link")
	}
	ann := &browser{office: o}
	if a := ann.want(200, "POST", "/invitations/look", object("token", token)); a.str("email") != "ann@example.com" {
		t.Errorf("%v", a.body)
	}
	a := ann.want(201, "POST", "/invitations/accept", object("token", token, "name", "Ann", "password", authtest.Password, "language", "en"))
	if teams := a.body["teams"].([]any); len(teams) != 1 || teams[0].(map[string]any)["id"] != team {
		t.Errorf("teams %v", teams)
	}
	ann.want(410, "POST", "/invitations/accept", object("token", token, "name", "Ann", "password", authtest.Password))
	ann.want(403, "POST", "/invitations", object("email", "x@example.com"))
	ann.want(403, "GET", "/api-keys", nil)
	ann.want(200, "GET", "/agents", nil)
}

func TestAgentsChangeThemselves(t *testing.T) {
	t.Parallel()
	o := open(t)
	root := o.setUp()
	id := root.want(201, "POST", "/agents", object("name", "Ann", "email", "ann@example.com", "role", "agent", "password", authtest.Password, "language", "en")).str("id")
	ann := &browser{office: o}
	ann.want(200, "POST", "/session", object("email", "ann@example.com", "password", authtest.Password))
	if a := ann.want(200, "PATCH", "/agents/"+id, object("presence", "online", "name", "Anna")); a.str("name") != "Anna" || a.str("presence") != "online" {
		t.Errorf("%v", a.body)
	}
	ann.want(403, "PATCH", "/agents/"+id, object("role", "admin"))
	a := root.want(422, "PATCH", "/agents/"+id, object("role", "king", "nonsense", 1))
	if errs := a.body["errors"].([]any); len(errs) != 2 {
		t.Errorf("%v", a.body)
	}
	root.want(404, "PATCH", "/agents/999", object("name", "x"))
	root.want(404, "GET", "/agents/nonsense", nil)
	root.want(204, "DELETE", "/agents/"+id, nil)
	ann.want(401, "GET", "/session", nil)
}

func TestPasswordResetSignsIn(t *testing.T) {
	t.Parallel()
	o := open(t)
	root := o.setUp()
	id := root.want(201, "POST", "/agents", object("name", "Ann", "email", "ann@example.com")).str("id")
	_, token, _ := strings.Cut(root.want(200, "POST", "/agents/"+id+"/password-reset", nil).str("url"), "#")
	ann := &browser{office: o}
	ann.want(422, "POST", "/password-reset/accept", object("token", token, "password", "short"))
	ann.want(200, "POST", "/password-reset/accept", object("token", token, "password", authtest.Password))
	ann.want(204, "POST", "/session/password", object("current", authtest.Password, "new", "another fine phrase"))
	list := ann.want(200, "GET", "/sessions", nil).body["items"].([]any)
	if len(list) != 1 || list[0].(map[string]any)["current"] != true {
		t.Errorf("%v", list)
	}
}

func TestKeysWorkWithinTheirScopes(t *testing.T) {
	t.Parallel()
	o := open(t)
	root := o.setUp()
	made := root.want(201, "POST", "/api-keys", object("name", "reader", "scopes", []string{"agents:read"}))
	get := func(path string) int {
		req := httptest.NewRequest("GET", "/api/v1"+path, nil)
		req.Header.Set("Authorization", "Bearer "+made.str("key"))
		res, err := o.app.Test(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		return res.StatusCode
	}
	if a, b := get("/agents"), get("/teams"); a != 200 || b != 403 {
		t.Errorf("agents %d, teams %d", a, b)
	}
	root.want(204, "DELETE", "/api-keys/"+made.str("id"), nil)
	if a := get("/agents"); a != 401 {
		t.Errorf("a revoked key answers %d", a)
	}
}

func TestListsHavePages(t *testing.T) {
	t.Parallel()
	o := open(t)
	root := o.setUp()
	for _, name := range []string{"a", "b", "c"} {
		root.want(201, "POST", "/teams", object("name", name))
	}
	var names []string
	for path := "/teams?limit=2"; path != ""; {
		a := root.want(200, "GET", path, nil)
		for _, item := range a.body["items"].([]any) {
			names = append(names, item.(map[string]any)["name"].(string))
		}
		path = ""
		if next := a.str("next"); next != "" {
			path = "/teams?limit=2&cursor=" + next
		}
	}
	if strings.Join(names, "") != "abc" {
		t.Errorf("%v", names)
	}
	a := root.want(422, "GET", "/teams?cursor=x", nil)
	if loc := a.body["errors"].([]any)[0].(map[string]any)["location"]; loc != "query.cursor" {
		t.Errorf("location %v", loc)
	}
}
