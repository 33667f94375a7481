package events_test

import (
	"bufio"
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/internal/auth"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/web/events"
	"parley/web/rest"
)

// one lets an admin in, whatever they show.
type one struct{}

func (one) Authenticate(context.Context, string) (auth.Principal, error) {
	return auth.Principal{}, auth.ErrUnauthenticated
}

func (one) AuthenticateKey(context.Context, string) (auth.Viewer, error) {
	return auth.Viewer{Role: auth.RoleAdmin, Reach: auth.ReachAll, Key: 7}, nil
}

// TestStreamOnTheWire reads the stream as a browser does, over a real connection.
func TestStreamOnTheWire(t *testing.T) {
	t.Parallel()
	s := open(t, storetest.Open(t, store.SQLite), events.Options{})
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	done := make(chan struct{})
	api := rest.New(app, rest.Options{Gate: one{}, Log: slog.New(slog.DiscardHandler), Done: done})
	s.feed.Declare(api)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- app.Listener(ln) }()

	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+ln.Addr().String()+"/api/v1/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer key")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Type"); res.StatusCode != 200 || got != "text/event-stream" {
		t.Fatalf("%d %s", res.StatusCode, got)
	}
	lines := bufio.NewScanner(res.Body)
	next := func() string {
		if !lines.Scan() {
			t.Fatalf("the stream ends: %v", lines.Err())
		}
		return lines.Text()
	}
	for _, want := range []string{"retry: 1000", "", "id: 0", "event: hello", "data: {}", ""} {
		if got := next(); got != want {
			t.Fatalf("line %q, want %q", got, want)
		}
	}
	s.conversation(10)
	for _, want := range []string{"id: 1", "event: contact.created", `data: {"type":"contact.created"`, "", "id: 2", "event: conversation.created", `data: {"type":"conversation.created"`, ""} {
		if got := next(); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Fatalf("line %q, want %q", got, want)
		}
	}
	close(done) // the server shuts down: streams end by themselves
	if err := app.ShutdownWithTimeout(5 * time.Second); err != nil {
		t.Errorf("shut down: %v", err)
	}
	if err := <-served; err != nil {
		t.Errorf("serve: %v", err)
	}
}
