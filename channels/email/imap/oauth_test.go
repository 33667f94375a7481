package imap_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
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
	h.config.Tokens = oneToken{h.user, "good-token"}
	h.start()
	h.connected()
	h.deliver("by token")
	h.arrives("by token")
}
