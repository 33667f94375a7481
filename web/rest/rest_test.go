package rest_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/internal/auth"
	"parley/internal/fault"
	"parley/web/rest"
)

// gate knows one session of an agent, one of an admin and two keys.
type gate struct{}

func (gate) Authenticate(_ context.Context, token string) (auth.Principal, error) {
	switch token {
	case "agent":
		return auth.Principal{Viewer: auth.Viewer{AgentID: 7, Role: auth.RoleAgent, Reach: auth.ReachTeam, Language: "ru"}}, nil
	case "admin":
		return auth.Principal{Viewer: auth.Viewer{AgentID: 1, Role: auth.RoleAdmin, Reach: auth.ReachAll}}, nil
	}
	return auth.Principal{}, auth.ErrUnauthenticated
}

func (gate) AuthenticateKey(_ context.Context, text string) (auth.Viewer, error) {
	all := auth.Viewer{Role: auth.RoleAdmin, Reach: auth.ReachAll, Key: 5}
	switch text {
	case "all":
		return all, nil
	case "readers":
		all.Scopes = auth.Scopes{"things:read"}
		return all, nil
	}
	return auth.Viewer{}, auth.ErrBadKey
}

type thing struct {
	Name  string              `json:"name" minLength:"1" maxLength:"5"`
	Owner rest.Maybe[rest.ID] `json:"owner_id" required:"false"`
	Sort  string              `json:"sort,omitempty" enum:"up,down"`
}

type seen struct {
	Name   string   `json:"name"`
	Owner  rest.Ref `json:"owner_id"`
	Set    bool     `json:"set"`
	Caller int64    `json:"caller"`
}

// server has one operation of each sort.
func server(t *testing.T, log io.Writer) *fiber.App {
	t.Helper()
	app := fiber.New(fiber.Config{Immutable: true, StreamRequestBody: true, DisablePreParseMultipartForm: true})
	app.Use(func(c *fiber.Ctx) error {
		c.SetUserContext(rest.WithRequest(t.Context(), &rest.Request{
			ID: "0123456789abcdef", Language: rest.ChooseLanguage(c.Get("Accept-Language")),
		}))
		defer rest.Drain(c)
		return c.Next()
	})
	api := rest.New(app, rest.Options{Gate: gate{}, Log: slog.New(slog.NewTextHandler(log, nil))})
	rest.Add(api, rest.Op{ID: "make-thing", Method: http.MethodPost, Path: "/things", Need: rest.Write("things"), Status: 201},
		func(_ context.Context, who rest.Caller, in *struct{ Body thing }) (*rest.Body[seen], error) {
			return rest.Reply(seen{Name: in.Body.Name, Owner: rest.Ref(in.Body.Owner.Value), Set: in.Body.Owner.Set, Caller: who.AgentID}), nil
		})
	rest.Add(api, rest.Op{ID: "get-thing", Method: http.MethodGet, Path: "/things/{id}", Need: rest.Read("things")},
		func(_ context.Context, _ rest.Caller, in *struct {
			ID rest.ID `path:"id"`
		}) (*rest.Body[seen], error) {
			switch rest.Num[int64](in.ID) {
			case 1:
				return rest.Reply(seen{Name: "one"}), nil
			case 2:
				return nil, errors.New("the disk of secrets burns")
			case 3:
				return nil, fault.New(fault.TooMany, "slow", fault.T("Медленнее.", "Slower.")).After(1500 * time.Millisecond)
			case 4:
				return nil, fault.New(fault.Conflict, "newer", fault.T("Новее.", "Newer.")).WithDetails(map[string]any{"messages": []int{1}, "code": "no"})
			}
			return nil, rest.ErrNotFound
		})
	rest.Add(api, rest.Op{ID: "drop-thing", Method: http.MethodDelete, Path: "/things/{id}", Need: rest.Write("things").For(auth.RoleAdmin).Person()},
		func(context.Context, rest.Caller, *struct {
			ID rest.ID `path:"id"`
		}) (*rest.None, error) {
			return nil, nil
		})
	return app
}

type request struct {
	method, path, body, cookie, key, csrf, language string
	header                                          http.Header
}

func do(t *testing.T, app *fiber.App, r request) (int, http.Header, map[string]any) {
	t.Helper()
	req := httptest.NewRequest(r.method, r.path, strings.NewReader(r.body))
	for k, v := range r.header {
		req.Header[k] = v
	}
	if r.cookie != "" {
		req.Header.Set("Cookie", "other=1; parley_session="+r.cookie)
	}
	if r.key != "" {
		req.Header.Set("Authorization", "Bearer "+r.key)
	}
	if r.csrf != "" {
		req.Header.Set("X-CSRF-Token", auth.CSRFToken(r.csrf))
	}
	if r.language != "" {
		req.Header.Set("Accept-Language", r.language)
	}
	res, err := app.Test(req, 5000)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if len(body) > 0 {
		if err := json.Unmarshal(body, &out); err != nil {
			t.Fatalf("%s %s answers %d %q: %v", r.method, r.path, res.StatusCode, body, err)
		}
	}
	return res.StatusCode, res.Header, out
}

func TestNeedIsChecked(t *testing.T) {
	t.Parallel()
	app := server(t, io.Discard)
	good := `{"name":"a"}`
	for name, c := range map[string]struct {
		request
		status int
		code   string
	}{
		"nobody":               {request{method: "GET", path: "/api/v1/things/1"}, 401, "unauthenticated"},
		"unknown session":      {request{method: "GET", path: "/api/v1/things/1", cookie: "x"}, 401, "unauthenticated"},
		"unknown key":          {request{method: "GET", path: "/api/v1/things/1", key: "x"}, 401, "bad_api_key"},
		"agent reads":          {request{method: "GET", path: "/api/v1/things/1", cookie: "agent"}, 200, ""},
		"agent writes":         {request{method: "POST", path: "/api/v1/things", body: good, cookie: "agent", csrf: "agent"}, 201, ""},
		"no CSRF token":        {request{method: "POST", path: "/api/v1/things", body: good, cookie: "agent"}, 403, "csrf"},
		"another's CSRF token": {request{method: "POST", path: "/api/v1/things", body: good, cookie: "agent", csrf: "admin"}, 403, "csrf"},
		"key needs no CSRF":    {request{method: "POST", path: "/api/v1/things", body: good, key: "all"}, 201, ""},
		"key reads in scope":   {request{method: "GET", path: "/api/v1/things/1", key: "readers"}, 200, ""},
		"key out of scope":     {request{method: "POST", path: "/api/v1/things", body: good, key: "readers"}, 403, "missing_scope"},
		"wrong role":           {request{method: "DELETE", path: "/api/v1/things/1", cookie: "agent", csrf: "agent"}, 403, "forbidden"},
		"right role":           {request{method: "DELETE", path: "/api/v1/things/1", cookie: "admin", csrf: "admin"}, 204, ""},
		"a key is no person":   {request{method: "DELETE", path: "/api/v1/things/1", key: "all"}, 403, "agent_only"},
		"from another site":    {request{method: "POST", path: "/api/v1/things", body: good, cookie: "agent", csrf: "agent", header: http.Header{"Sec-Fetch-Site": {"cross-site"}}}, 403, "cross_site"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, _, body := do(t, app, c.request)
			if code, _ := body["code"].(string); status != c.status || code != c.code {
				t.Errorf("%d %v, want %d %s", status, body, c.status, c.code)
			}
		})
	}
}

func TestBadInputNamesTheField(t *testing.T) {
	t.Parallel()
	app := server(t, io.Discard)
	for name, c := range map[string]struct {
		body     string
		status   int
		location string
		says     string
	}{
		"unknown field":   {`{"name":"a","nmae":1}`, 422, "body.nmae", "no such field"},
		"missing field":   {`{}`, 422, "body.name", "required"},
		"too long":        {`{"name":"abcdef"}`, 422, "body.name", "At most 5 characters."},
		"empty":           {`{"name":""}`, 422, "body.name", "empty"},
		"wrong type":      {`{"name":5}`, 422, "body.name", "string"},
		"not a choice":    {`{"name":"a","sort":"left"}`, 422, "body.sort", "up, down"},
		"not an id":       {`{"name":"a","owner_id":"x"}`, 422, "body.owner_id", "not an id"},
		"an id as number": {`{"name":"a","owner_id":7}`, 422, "body.owner_id", "string"},
		"NUL":             {`{"name":"a\u0000b"}`, 422, "body.name", "NUL"},
		"malformed":       {"{\"name\":\"a\",\n  oops}", 400, "", "line and column 2:3"},
		"cut short":       {`{"name":"a"`, 400, "", "unexpected end"},
		"raw NUL":         {"{\"name\":\"a\x00b\"}", 400, "", "line and column 1:11"},
		"nothing":         {``, 400, "", "body is needed"},
		"a list":          {`[]`, 422, "body", "object"},
		"huge":            {`{"name":"` + strings.Repeat("a", rest.MaxJSON) + `"}`, 413, "", "1048576"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, header, body := do(t, app, request{method: "POST", path: "/api/v1/things", body: c.body, key: "all"})
			if status != c.status || header.Get("Content-Type") != rest.ProblemType {
				t.Fatalf("%d %s %v", status, header.Get("Content-Type"), body)
			}
			if status != int(body["status"].(float64)) {
				t.Errorf("the document says %v", body["status"])
			}
			says := body["detail"].(string)
			if c.location != "" {
				first := body["errors"].([]any)[0].(map[string]any)
				if first["location"] != c.location {
					t.Errorf("location %v, want %s", first["location"], c.location)
				}
				says = first["message"].(string)
			}
			if !strings.Contains(says, c.says) {
				t.Errorf("says %q, want %q in it", says, c.says)
			}
		})
	}
}

func TestMaybeTellsAbsentFromNull(t *testing.T) {
	t.Parallel()
	app := server(t, io.Discard)
	for body, want := range map[string][2]any{
		`{"name":"a"}`:                   {false, nil},
		`{"name":"a","owner_id":null}`:   {true, nil},
		`{"name":"a","owner_id":"1042"}`: {true, "1042"},
	} {
		status, _, got := do(t, app, request{method: "POST", path: "/api/v1/things", body: body, key: "all"})
		if status != 201 || got["set"] != want[0] || got["owner_id"] != want[1] {
			t.Errorf("%s: %d %v", body, status, got)
		}
	}
}

func TestErrorsBecomeProblems(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	app := server(t, &log)
	for _, c := range []struct {
		id, language, cookie string
		status               int
		detail               string
	}{
		{"x", "en", "", 404, "There is no such"},
		{"0", "en", "", 404, "There is no such"},
		{"9", "ru", "", 404, "Такого адреса"},
		{"9", "en", "agent", 404, "Такого адреса"}, // the agent's own language wins
		{"3", "de", "", 429, "Slower."},
		{"4", "", "", 409, "Newer."},
		{"2", "", "", 500, "Internal error"},
	} {
		r := request{method: "GET", path: "/api/v1/things/" + c.id, language: c.language, cookie: c.cookie}
		if c.cookie == "" {
			r.key = "all"
		}
		status, header, body := do(t, app, r)
		if detail, _ := body["detail"].(string); status != c.status || !strings.Contains(detail, c.detail) {
			t.Errorf("%+v: %d %v", c, status, body)
		}
		switch c.status {
		case 429:
			if header.Get("Retry-After") != "2" {
				t.Errorf("Retry-After %q", header.Get("Retry-After"))
			}
		case 409:
			if body["messages"] == nil || body["code"] != "newer" {
				t.Errorf("details: %v", body)
			}
		case 500:
			if strings.Contains(body["detail"].(string), "burns") || body["request_id"] != "0123456789abcdef" {
				t.Errorf("%v", body)
			}
		}
	}
	if n := strings.Count(log.String(), "the disk of secrets burns"); n != 1 {
		t.Errorf("logged %d times: %s", n, log.String())
	}
}

func TestChooseLanguage(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]string{
		"": "en", "ru": "ru", "en": "en", "de": "en", "ru-RU,ru;q=0.9,en;q=0.8": "ru",
		"en-GB,ru;q=0.3": "en", "fr,ru;q=0.5": "ru", "q=;;": "en", "*": "en",
		"ar": "ar", "AR": "ar", "ar-EG,ar;q=0.9,en;q=0.8": "ar", "de,ar;q=0.4": "ar",
	} {
		if got := rest.ChooseLanguage(accept); got != want {
			t.Errorf("%q: %s, want %s", accept, got, want)
		}
	}
}
