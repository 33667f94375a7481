package imap_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"parley/channels"
	"parley/channels/email/connect"
	"parley/channels/email/imap"
	"parley/internal/testenv"
)

// oneToken gives the same token always.
type oneToken struct{ user, token string }

func (o oneToken) Token(context.Context) (user, accessToken string, err error) {
	return o.user, o.token, nil
}

// renewed gives the first of its tokens until that is forgotten.
type renewed struct {
	user string

	mu        sync.Mutex
	list      []string
	forgotten int
}

func (r *renewed) Token(context.Context) (user, accessToken string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.user, r.list[0], nil
}

func (r *renewed) Forget(token string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.list) > 1 && r.list[0] == token {
		r.list = r.list[1:]
		r.forgotten++
	}
}

func TestSignInByToken(t *testing.T) {
	t.Parallel()
	var user atomic.Value
	asked := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		good := r.Header.Get("Authorization") == "Bearer good-token"
		fmt.Fprintf(w, `{"active":%v,"username":%q}`, good, user.Load())
	}))
	defer asked.Close()
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{Introspect: asked.URL + "/"}))
	user.Store(h.user)
	h.config.Password = ""

	h.config.Tokens = oneToken{h.user, "withdrawn-token"}
	err := imap.New(h.config, h.env, h.translate).Test(t.Context())
	if e := channels.AsError(err); e == nil || e.Kind != channels.AuthFailed || e.Code != connect.CodeConsent {
		t.Errorf("a token that was withdrawn: %v; server: %s", err, h.server.Log())
	}
	for name, c := range map[string]struct {
		tokens []string
		good   bool
		forgot int
	}{
		"a token that was replaced":   {[]string{"withdrawn-token", "good-token"}, true, 1},
		"none that the server takes":  {[]string{"withdrawn-token", "another", "a third"}, false, 1},
		"no other than the withdrawn": {[]string{"withdrawn-token"}, false, 0},
	} {
		tokens := &renewed{user: h.user, list: c.tokens}
		h.config.Tokens = tokens
		err := imap.New(h.config, h.env, h.translate).Test(t.Context())
		if e := channels.AsError(err); c.good != (err == nil) || !c.good && (e.Kind != channels.AuthFailed || e.Code != connect.CodeConsent) {
			t.Errorf("%s: %v; server: %s", name, err, h.server.Log())
		}
		if tokens.forgotten != c.forgot {
			t.Errorf("%s: %d tokens forgotten, want %d", name, tokens.forgotten, c.forgot)
		}
	}
	h.config.Tokens = oneToken{h.user, "good-token"}
	h.start()
	h.connected()
	h.deliver("by token")
	h.arrives("by token")
}
