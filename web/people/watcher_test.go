package people_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"

	"github.com/gofiber/fiber/v2"

	"parley/internal/auth"
	"parley/internal/auth/authtest"
	"parley/web/people"
	"parley/web/rest"
)

// ear is a Watcher that keeps what it hears.
type ear struct{ heard []string }

func (e *ear) PeopleChanged() { e.heard = append(e.heard, "people") }

func (e *ear) PresenceChanged(agent int64, p auth.Presence) {
	e.heard = append(e.heard, fmt.Sprint(agent, " is ", p))
}

func TestWatcherHearsOfWhatCameToPass(t *testing.T) {
	t.Parallel()
	service := auth.New(auth.Options{Store: authtest.NewMemory(), NextID: authtest.IDs(1000), Hasher: authtest.CheapHasher()})
	app := fiber.New(fiber.Config{Immutable: true})
	app.Use(func(c *fiber.Ctx) error {
		c.SetUserContext(rest.WithRequest(context.Background(), &rest.Request{Language: "en"}))
		return c.Next()
	})
	watcher := &ear{}
	p := people.New(service, "http://localhost", "test")
	p.Watch(watcher)
	p.Declare(rest.New(app, rest.Options{Gate: service, Log: slog.New(slog.DiscardHandler)}))
	b := (&office{t: t, app: app}).setUp()

	me := "/agents/" + b.want(200, "GET", "/session", nil).body["agent"].(map[string]any)["id"].(string)
	team := b.want(201, "POST", "/teams", object("name", "Sales")).str("id")
	for _, step := range []struct {
		method, path string
		body         any
		status       int
		heard        []string
	}{
		{"PATCH", me, object("presence", "busy"), 200, []string{me[8:] + " is busy", "people"}},
		{"PATCH", me, object("name", "Boss"), 200, []string{"people"}},
		{"PATCH", me, object("presence", "asleep"), 422, nil},
		{"PATCH", "/teams/" + team, object("name", "Support"), 200, []string{"people"}},
		{"DELETE", "/teams/" + team, nil, 204, []string{"people"}},
		{"DELETE", "/teams/" + team, nil, 404, nil},
		{"GET", "/agents", nil, 200, nil},
		{"DELETE", "/session", nil, 204, []string{"people"}},
	} {
		watcher.heard = nil
		b.want(step.status, step.method, step.path, step.body)
		if !slices.Equal(watcher.heard, step.heard) {
			t.Errorf("%s %s: heard %v, want %v", step.method, step.path, watcher.heard, step.heard)
		}
	}
}
