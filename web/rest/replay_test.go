package rest_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"

	"parley/internal/fault"
	"parley/web/rest"
)

// notes is a rest.Replays in memory.
type notes struct {
	mu   sync.Mutex
	kept map[string]*note
}

type note struct {
	request, body string
	status        int
}

func (n *notes) Begin(ctx context.Context, owner, key, request string) (context.Context, int, string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch have := n.kept[owner+" "+key]; {
	case have == nil:
		n.kept[owner+" "+key] = &note{request: request}
		return context.WithValue(ctx, begun{}, true), 0, "", nil
	case have.request != request:
		return ctx, 0, "", fault.New(fault.Conflict, "idempotency_key_reused", fault.T("другой", "another"))
	default:
		return ctx, have.status, have.body, nil
	}
}

// begun marks the contexts that Begin returns.
type begun struct{}

func (n *notes) Finish(_ context.Context, owner, key string, status int, body string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	have := n.kept[owner+" "+key]
	have.status, have.body = status, body
	return nil
}

func (n *notes) Forget(_ context.Context, owner, key string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.kept, owner+" "+key)
	return nil
}

// counting makes a server whose operations count how often they ran.
func counting(t *testing.T) (*fiber.App, *int) {
	t.Helper()
	app := fiber.New(fiber.Config{Immutable: true, StreamRequestBody: true, DisablePreParseMultipartForm: true})
	app.Use(func(c *fiber.Ctx) error {
		defer rest.Drain(c)
		c.SetUserContext(rest.WithRequest(t.Context(), &rest.Request{ID: c.Get("Idempotency-Key"), Language: "en"}))
		return c.Next()
	})
	api := rest.New(app, rest.Options{Gate: gate{}, Replays: &notes{kept: map[string]*note{}}, Log: slog.New(slog.DiscardHandler)})
	ran := 0
	handle := func(ctx context.Context, who rest.Caller, in *struct{ Body thing }) (*rest.Body[seen], error) {
		ran++
		if ctx.Value(begun{}) == nil && who.RequestID != "" {
			t.Error("the operation does not run under the context of Begin")
		}
		if in.Body.Name == "bad" {
			return nil, fault.New(fault.Conflict, "no", fault.T("нет", "no"))
		}
		return rest.Reply(seen{Name: in.Body.Name}), nil
	}
	rest.Add(api, rest.Op{ID: "make", Method: http.MethodPost, Path: "/things", Need: rest.Write("things"), Status: 201}, handle)
	rest.Add(api, rest.Op{ID: "mint", Method: http.MethodPost, Path: "/secrets", Need: rest.Write("things"), Secret: true}, handle)
	return app, &ran
}

func keyed(key, path, body, caller string) request {
	return request{method: "POST", path: "/api/v1" + path, body: body, key: caller, header: http.Header{"Idempotency-Key": {key}}}
}

func TestOneKeyWritesOnce(t *testing.T) {
	t.Parallel()
	app, ran := counting(t)
	s1, h1, b1 := do(t, app, keyed("k", "/things", `{"name":"a"}`, "all"))
	s2, h2, b2 := do(t, app, keyed("k", "/things", `{"name":"a"}`, "all"))
	if *ran != 1 || s1 != 201 || s2 != 201 || b2["name"] != b1["name"] {
		t.Errorf("ran %d times: %d %v, %d %v", *ran, s1, b1, s2, b2)
	}
	if h1.Get("Idempotent-Replayed") != "" || h2.Get("Idempotent-Replayed") != "true" {
		t.Errorf("replayed: %q then %q", h1.Get("Idempotent-Replayed"), h2.Get("Idempotent-Replayed"))
	}
	if s, _, b := do(t, app, keyed("k", "/things", `{"name":"b"}`, "all")); s != 422 || b["code"] != "idempotency_key_reused" {
		t.Errorf("another body: %d %v", s, b)
	}
	if s, _, _ := do(t, app, keyed("other", "/things", `{"name":"a"}`, "all")); s != 201 || *ran != 2 {
		t.Errorf("another key: %d, ran %d times", s, *ran)
	}
	if s, _, _ := do(t, app, keyed("", "/things", `{"name":"a"}`, "all")); s != 201 || *ran != 3 {
		t.Errorf("no key: %d, ran %d times", s, *ran)
	}
}

func TestFailedKeyIsFree(t *testing.T) {
	t.Parallel()
	app, ran := counting(t)
	for range 2 {
		if s, _, _ := do(t, app, keyed("k", "/things", `{"name":"bad"}`, "all")); s != 409 {
			t.Fatal(s)
		}
	}
	if s, _, _ := do(t, app, keyed("k", "/things", `{"nam`, "all")); s != 400 {
		t.Fatal(s)
	}
	if s, _, _ := do(t, app, keyed("k", "/things", `{"name":"a"}`, "all")); s != 201 || *ran != 3 {
		t.Errorf("%d, ran %d times", s, *ran)
	}
}

func TestSecretsAreNotReplayed(t *testing.T) {
	t.Parallel()
	app, ran := counting(t)
	if s, _, _ := do(t, app, keyed("k", "/secrets", `{"name":"a"}`, "all")); s != 200 {
		t.Fatal(s)
	}
	s, _, b := do(t, app, keyed("k", "/secrets", `{"name":"a"}`, "all"))
	if s != 409 || b["code"] != "already_done" || *ran != 1 {
		t.Errorf("%d %v, ran %d times", s, b, *ran)
	}
}

func TestMalformedKeysAreRefused(t *testing.T) {
	t.Parallel()
	app, ran := counting(t)
	for _, key := range []string{strings.Repeat("x", 256), "with blank", "кириллица"} {
		if s, _, _ := do(t, app, keyed(key, "/things", `{"name":"a"}`, "all")); s != 422 || *ran != 0 {
			t.Errorf("%q: %d", key, s)
		}
	}
	if s, _, _ := do(t, app, keyed("k", "/things", strings.Repeat(" ", rest.MaxJSON+5), "all")); s != 413 {
		t.Errorf("a huge body: %d", s)
	}
}
