package main_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/testenv/program"
)

func TestServeDrainsWhenTerminated(t *testing.T) {
	t.Parallel()
	i := newInstall(t)
	s := i.Serve(t, i.env, program.FreeAddress(t))
	says(t, s, s.URL+"/setup") // where a new installation begins
	if text := i.do("doctor", "--url", s.URL); !strings.Contains(text, "ready") {
		t.Errorf("doctor --url: %q", text)
	}
	i.do("admin", "create", "--email", "ann@example.com", "--name", "Ann")
	listen(t, s.URL, i.do("apikey", "create", "--name", "page"))

	begun := time.Now()
	if status := s.Terminate(t); status != 0 {
		t.Errorf("exit status %d after SIGTERM:\n%s", status, s.Log())
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("draining took %s", took)
	}
	again := i.Serve(t, i.env, program.FreeAddress(t))
	says(t, again, "ready at "+again.URL)
}

// says waits until a server, which answers before it prints, has printed a text.
func says(t *testing.T, s *program.Server, text string) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !strings.Contains(s.Log(), text) {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("the server does not say %q:\n%s", text, s.Log())
		}
	}
}

// listen opens an event stream, as a page does, that stays open until the test ends.
func listen(t *testing.T, server, key string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, server+"/api/v1/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	if line, err := bufio.NewReader(res.Body).ReadString('\n'); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("event stream: status %d, %q, %v", res.StatusCode, line, err)
	}
}
