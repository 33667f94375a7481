package web_test

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"parley/internal/config"
	"parley/internal/testenv"
)

// ministry is an OAuth 2 server for one mailbox, which an IMAP server asks too.
type ministry struct {
	*httptest.Server
	mu        sync.Mutex
	mailbox   string
	challenge string
	refreshed int
}

func newMinistry(t *testing.T) *ministry {
	m := &ministry{}
	m.Server = httptest.NewServer(m)
	t.Cleanup(m.Close)
	return m
}

func (m *ministry) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	defer m.mu.Unlock()
	answer := func(v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v)
	}
	switch {
	case r.URL.Path == "/auth":
		m.challenge = r.FormValue("code_challenge")
		back := url.Values{"state": {r.FormValue("state")}, "code": {"c0de"}}
		http.Redirect(w, r, r.FormValue("redirect_uri")+"?"+back.Encode(), http.StatusFound)
	case r.URL.Path == "/token" && r.FormValue("grant_type") == "authorization_code":
		if r.FormValue("code") != "c0de" || oauth2.S256ChallengeFromVerifier(r.FormValue("code_verifier")) != m.challenge {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		answer(map[string]any{"access_token": "first", "refresh_token": "r0", "token_type": "Bearer", "expires_in": 3600})
	case r.URL.Path == "/token":
		if r.FormValue("refresh_token") != fmt.Sprintf("r%d", m.refreshed) { // each works once
			w.WriteHeader(http.StatusBadRequest)
			answer(map[string]any{"error": "invalid_grant"})
			return
		}
		m.refreshed++
		answer(map[string]any{"access_token": "t0ken", "refresh_token": fmt.Sprintf("r%d", m.refreshed), "token_type": "Bearer", "expires_in": 3600})
	case strings.HasPrefix(r.URL.Path, "/who/") && strings.HasSuffix(r.URL.Path+r.Header.Get("Authorization"), "t0ken"):
		answer(map[string]any{"username": m.mailbox, "active": true})
	default:
		w.WriteHeader(http.StatusUnauthorized)
	}
}

func TestAMailboxIsSignedInByConsent(t *testing.T) {
	t.Parallel()
	m := newMinistry(t)
	dovecot := testenv.StartDovecot(t, testenv.DovecotOptions{Introspect: m.URL + "/who/"})
	m.mailbox, _ = dovecot.Mailbox(t)
	host, port, err := net.SplitHostPort(dovecot.IMAP)
	if err != nil {
		t.Fatal(err)
	}
	imapPort, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	smtpPort, _ := postOffice(t)
	h := bootWith(t, config.Config{EgressAllow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	made := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "email", "name": "Desk", "config": object{
		"address": m.mailbox, "username": m.mailbox, "imap_host": host, "imap_port": imapPort, "imap_security": "none",
		"smtp_host": "127.0.0.1", "smtp_port": smtpPort, "smtp_security": "none",
		"oauth": fmt.Sprintf(`{"provider":"custom","client_id":"app","client_secret":"s3cret","auth_url":"%s/auth","token_url":"%s/token"}`, m.URL, m.URL),
	}})
	at := "/api/v1/accounts/" + made.str("id")
	h.root.state(at, "needs_auth")

	started := h.root.want(200, "POST", at+"/login", object{"step": "start"})
	if strings.Contains(started.str("url"), "s3cret") {
		t.Error("the client's secret is in the address")
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Get(started.str("url"))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	back, err := url.Parse(res.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	if to := h.root.bring(back.Query()); !strings.HasSuffix(to, "sign_in=done") {
		t.Fatal(to)
	}
	h.root.state(at, "connected")

	// The refresh token was rotated when it was first used: only a kept one opens again.
	h.root.want(200, "POST", at+"/pause", nil)
	h.root.want(200, "POST", at+"/resume", nil)
	h.root.state(at, "connected")
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.refreshed < 2 {
		t.Errorf("%d refresh tokens were used", m.refreshed)
	}
}

// state waits until an account is in a state.
func (c *caller) state(at, want string) {
	c.t.Helper()
	var last answer
	for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(20 * time.Millisecond) {
		if last = c.want(200, "GET", at, nil); last.str("state") == want {
			return
		}
	}
	c.t.Fatalf("still not %s: %s", want, last.raw)
}
