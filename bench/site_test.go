package bench_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"parley/internal/testenv"
	"parley/internal/testenv/program"
)

// site is a running program with a filled database.
type site struct {
	*program.Server
	env    []string // for further commands on the same database
	key    string   // an API key with every scope
	client *http.Client
}

// databases are the two that every row is measured on.
var databases = []struct {
	name string
	env  func(b *testing.B) []string
}{
	{"sqlite", func(*testing.B) []string { return nil }},
	{"postgres", func(b *testing.B) []string { return []string{"PARLEY_DATABASE=" + testenv.DurablePostgres(b)} }},
}

const secretKey = "PARLEY_SECRET_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// openSite starts the program on what env names; the database stays as it is.
func openSite(b *testing.B, env []string) *site {
	b.Helper()
	p := program.Build(b, "")
	key := p.MustRun(b, env, "apikey", "create", "--name", "bench")
	return &site{
		Server: p.Serve(b, env, program.FreeAddress(b)), env: env, key: key,
		client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
	}
}

// call makes one request and decodes its answer into result unless that is nil. It returns the answer's
// size in bytes. Anything but success ends the benchmark.
func (s *site) call(b *testing.B, method, path, token string, body, result any) int {
	b.Helper()
	size, err := s.try(method, path, token, body, result)
	if err != nil {
		b.Fatal(err)
	}
	return size
}

// try is call for goroutines that may not end the benchmark.
func (s *site) try(method, path, token string, body, result any) (int, error) {
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return 0, fmt.Errorf("encode request: %w", err)
		}
		reader = bytes.NewReader(text)
	}
	req, err := http.NewRequest(method, s.URL+path, reader)
	if err != nil {
		return 0, fmt.Errorf("make request: %w", err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := s.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("call server: %w", err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, fmt.Errorf("read answer: %w", err)
	}
	if res.StatusCode >= 300 {
		return 0, fmt.Errorf("%s %s: %s: %.300s", method, path, res.Status, text)
	}
	if result != nil {
		if err := json.Unmarshal(text, result); err != nil {
			return 0, fmt.Errorf("decode answer: %w", err)
		}
	}
	return len(text), nil
}

// setting reads a number from the environment as text for a flag.
func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
