package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/internal/testenv/program"
)

const password = "correct horse battery staple"

// typed runs a command with text on its standard input.
func (i *install) typed(input string, args ...string) program.Result {
	i.t.Helper()
	ctx, cancel := context.WithTimeout(i.t.Context(), time.Minute)
	defer cancel()
	var out, errs bytes.Buffer
	cmd := i.Command(ctx, i.env, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &errs
	_ = cmd.Run() // the status tells
	return program.Result{Status: cmd.ProcessState.ExitCode(), Stdout: out.String(), Stderr: errs.String()}
}

// request calls a running server and decodes its answer.
func request(t *testing.T, method, url, key, body string, out any) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if out != nil && res.StatusCode < 300 {
		if err := json.Unmarshal(text, out); err != nil {
			t.Fatalf("%s %s: %v: %s", method, url, err, text)
		}
	}
	return res.StatusCode
}

func signIn(t *testing.T, server, email, password string) int {
	t.Helper()
	return request(t, http.MethodPost, server+"/api/v1/session", "", fmt.Sprintf(`{"email":%q,"password":%q}`, email, password), nil)
}

func TestPeopleAndKeysBesideARunningServer(t *testing.T) {
	t.Parallel()
	i := newInstall(t)
	s := i.Serve(t, i.env, program.FreeAddress(t))

	create := []string{"admin", "create", "--email", "Ann@Example.com", "--name", "Ann"}
	text := i.do(create...)
	made := regexp.MustCompile(`(?m)^password: (\S{16,})$`).FindStringSubmatch(text)
	if made == nil {
		t.Fatalf("admin create: %q", text)
	}
	if status := signIn(t, s.URL, "ann@example.com", made[1]); status != http.StatusOK {
		t.Errorf("sign in with the password printed: status %d", status)
	}
	i.refused(2, create, "already")

	withPassword := []string{"admin", "create", "--email", "bob@example.com", "--name", "Bob", "--password-stdin"}
	for input, word := range map[string]string{"": "empty", "\n": "empty", "short\n": "characters", "bob@example.com\n": "--password-stdin"} {
		r := i.typed(input, withPassword...)
		line := judge(t, r, 2, withPassword, "--password-stdin", word)
		if input = strings.TrimSpace(input); input == "short" && strings.Contains(line, input) {
			t.Errorf("the password is shown: %q", line)
		}
	}
	r := i.typed(password+"\r\nmore\n", withPassword...)
	if r.Status != 0 || strings.Contains(r.Stdout+r.Stderr, password) {
		t.Errorf("admin create --password-stdin: %+v", r)
	}
	if status := signIn(t, s.URL, "bob@example.com", password); status != http.StatusOK {
		t.Errorf("sign in with the password given: status %d", status)
	}

	link := i.do("admin", "reset", "--email", " Bob@example.com ")
	token := regexp.MustCompile(`^https?://\S+/reset#(\S+)$`).FindStringSubmatch(link)
	if token == nil {
		t.Fatalf("admin reset: %q", link)
	}
	const another = "a quite different sentence"
	body := fmt.Sprintf(`{"token":%q,"password":%q}`, token[1], another)
	if status := request(t, http.MethodPost, s.URL+"/api/v1/password-reset/accept", "", body, nil); status >= 300 {
		t.Errorf("accept the reset: status %d", status)
	}
	if old, now := signIn(t, s.URL, "bob@example.com", password), signIn(t, s.URL, "bob@example.com", another); old != http.StatusUnauthorized || now != http.StatusOK {
		t.Errorf("after the reset: status %d with the old password, %d with the new one", old, now)
	}
	i.refused(2, []string{"admin", "reset", "--email", "eve@example.com"}, "--email", "eve@example.com")

	all, readOnly := i.do("apikey", "create", "--name", "all"), i.do("apikey", "create", "--name", "reader", "--scope", "teams:read", "--scope", "agents:read")
	for _, key := range []string{all, readOnly} {
		if strings.ContainsAny(key, " \n\t") || len(key) < 20 {
			t.Errorf("apikey create printed %q", key)
		}
	}
	for _, c := range []struct {
		key, method, path, body string
		status                  int
	}{
		{all, http.MethodPost, "/teams", `{"name":"Support"}`, http.StatusCreated},
		{all, http.MethodGet, "/conversations", "", http.StatusOK},
		{readOnly, http.MethodGet, "/teams", "", http.StatusOK},
		{readOnly, http.MethodGet, "/agents", "", http.StatusOK},
		{readOnly, http.MethodPost, "/teams", `{"name":"Sales"}`, http.StatusForbidden},
		{readOnly, http.MethodGet, "/conversations", "", http.StatusForbidden},
		{all + "x", http.MethodGet, "/teams", "", http.StatusUnauthorized},
	} {
		if status := request(t, c.method, s.URL+"/api/v1"+c.path, c.key, c.body, nil); status != c.status {
			t.Errorf("%s %s with a key: status %d, want %d", c.method, c.path, status, c.status)
		}
	}
	for _, hidden := range []string{password, another, made[1], token[1], all, readOnly} {
		if strings.Contains(s.Log(), hidden) {
			t.Error("the server's log shows a secret")
		}
	}
}
