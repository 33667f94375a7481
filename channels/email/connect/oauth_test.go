package connect_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"parley/channels"
	"parley/channels/email/connect"
)

// provider is a small OAuth 2 server: it gives codes and rotates refresh tokens.
type provider struct {
	*httptest.Server
	mu        sync.Mutex
	challenge string
	refresh   string // the one that is valid
	asked     int    // how often tokens were asked for
	answer    func(w http.ResponseWriter) bool
	lasting   bool // gives refresh tokens
	life      int  // of access tokens, in seconds
}

func newProvider(t *testing.T) *provider {
	p := &provider{lasting: true, life: 3600}
	p.Server = httptest.NewServer(http.HandlerFunc(p.token))
	t.Cleanup(p.Close)
	return p
}

func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	if p.answer != nil && p.answer(w) {
		return
	}
	refuse := func(code string) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"error":%q,"error_description":"s3cret of jane"}`, code)
	}
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = r.FormValue("client_id"), r.FormValue("client_secret")
	}
	if id != "app" || secret != "s3cret" {
		refuse("invalid_client")
		return
	}
	switch r.FormValue("grant_type") {
	case "authorization_code":
		if r.FormValue("code") != "c0de" || oauth2.S256ChallengeFromVerifier(r.FormValue("code_verifier")) != p.challenge {
			refuse("invalid_grant")
			return
		}
	case "refresh_token":
		if r.FormValue("refresh_token") != p.refresh {
			refuse("invalid_grant")
			return
		}
	}
	out := map[string]any{"access_token": fmt.Sprintf("access-%d", p.asked), "token_type": "Bearer", "expires_in": p.life}
	if p.lasting {
		p.refresh = fmt.Sprintf("refresh-%d", p.asked)
		out["refresh_token"] = p.refresh
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out)
}

func (p *provider) grant() connect.Grant {
	return connect.Grant{Provider: "custom", ClientID: "app", ClientSecret: "s3cret", AuthURL: p.URL + "/auth", TokenURL: p.URL + "/token", Scopes: []string{"mail"}}
}

// consent goes through the page of consent and returns how the step after it ended.
func (p *provider) consent(t *testing.T, c connect.Consent, input map[string]string) (channels.LoginState, error) {
	t.Helper()
	first, err := c.Login(t.Context(), channels.LoginStep{Action: channels.LoginStart, ReturnURL: "https://desk.example/oauth/callback", State: "st4te"})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(first.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if q.Get("state") != "st4te" || q.Get("redirect_uri") != "https://desk.example/oauth/callback" || q.Get("login_hint") != "jane@example.com" ||
		q.Get("code_challenge_method") != "S256" || strings.Contains(first.URL, "s3cret") || first.ExpiresAt.IsZero() {
		t.Errorf("page of consent %s", first.URL)
	}
	p.mu.Lock()
	p.challenge = q.Get("code_challenge")
	p.mu.Unlock()
	return c.Login(t.Context(), channels.LoginStep{
		Action: channels.LoginFinish, ReturnURL: "https://desk.example/oauth/callback", Input: input, Memory: first.Memory,
	})
}

func TestConsentThenTokens(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	now := time.Now()
	state, err := p.consent(t, connect.Consent{Grant: p.grant(), HTTP: p.Client(), Now: func() time.Time { return now }, Hint: "jane@example.com"}, map[string]string{"code": "c0de"})
	if err != nil || !state.Done {
		t.Fatalf("%+v %v", state, err)
	}
	g, err := connect.ParseGrant(state.Keep[connect.FieldOAuth])
	if err != nil || g.RefreshToken == "" {
		t.Fatal("no refresh token kept", err)
	}
	var kept string
	tokens := connect.NewTokens(g, "jane@example.com", channels.Env{HTTP: p.Client(), Now: func() time.Time { return now }, Keep: func(_ context.Context, field, value string) error {
		kept = field + "=" + value
		return nil
	}})
	first := take(t, tokens)
	if first != take(t, tokens) {
		t.Error("a valid token was asked for again")
	}
	if !strings.HasPrefix(kept, "oauth={") || !strings.Contains(kept, p.refresh) {
		t.Error("the rotated refresh token was not kept")
	}
	start := now
	now = start.Add(59 * time.Minute)
	second := take(t, tokens)
	now = start // tokens' ends are counted by the real clock
	if second == first {
		t.Error("a token that is about to end was given")
	}
	tokens.Forget(first)
	if take(t, tokens) != second {
		t.Error("forgetting an old token took the present one")
	}
	tokens.Forget(second)
	if take(t, tokens) == second {
		t.Error("a refused token was given again")
	}
}

func take(t *testing.T, s connect.TokenSource) string {
	t.Helper()
	user, access, err := s.Token(t.Context())
	if err != nil || user != "jane@example.com" {
		t.Fatal(user, err)
	}
	return access
}

func TestManyWaitForOneToken(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	p.refresh = "r"
	g := p.grant()
	g.RefreshToken = "r"
	tokens := connect.NewTokens(g, "jane@example.com", channels.Env{HTTP: p.Client(), Now: time.Now})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, _, err := tokens.Token(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if p.asked != 1 {
		t.Errorf("the provider was asked %d times", p.asked)
	}
}

func TestARefreshTokenThatCannotBeKeptIsKeptLater(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	p.refresh = "r"
	g := p.grant()
	g.RefreshToken = "r"
	fail, kept := true, ""
	tokens := connect.NewTokens(g, "jane@example.com", channels.Env{HTTP: p.Client(), Now: time.Now, Keep: func(_ context.Context, _, value string) error {
		if fail {
			return errors.New("disk full")
		}
		kept = value
		return nil
	}})
	if _, _, err := tokens.Token(t.Context()); channels.AsError(err).Kind != channels.Transient {
		t.Errorf("%v", err)
	}
	fail, p.lasting = false, false // the provider does not rotate again
	take(t, tokens)
	if !strings.Contains(kept, p.refresh) {
		t.Error("the refresh token of the first time was lost")
	}
}

func TestRefusalsOfTheProviderInWords(t *testing.T) {
	t.Parallel()
	status := func(code int) func(http.ResponseWriter) bool {
		return func(w http.ResponseWriter) bool { w.WriteHeader(code); return true }
	}
	for name, c := range map[string]struct {
		change func(p *provider, g *connect.Grant)
		kind   channels.ErrorKind
		code   string
	}{
		"no consent yet":    {func(_ *provider, g *connect.Grant) { g.RefreshToken = "" }, channels.AuthFailed, connect.CodeConsent},
		"consent withdrawn": {func(p *provider, _ *connect.Grant) { p.refresh = "another" }, channels.AuthFailed, connect.CodeConsent},
		"wrong application": {func(_ *provider, g *connect.Grant) { g.ClientID = "other" }, channels.AuthFailed, "client_refused"},
		"provider down":     {func(p *provider, _ *connect.Grant) { p.answer = status(503) }, channels.Transient, "provider_unreachable"},
		"too many":          {func(p *provider, _ *connect.Grant) { p.answer = status(429) }, channels.Transient, "provider_unreachable"},
		"forbidden":         {func(p *provider, _ *connect.Grant) { p.answer = status(403) }, channels.AuthFailed, "token_refused"},
		"nobody there":      {func(p *provider, _ *connect.Grant) { p.Close() }, channels.Transient, "provider_unreachable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProvider(t)
			p.refresh = "r3fresh"
			g := p.grant()
			g.RefreshToken = "r3fresh"
			c.change(p, &g)
			_, _, err := connect.NewTokens(g, "jane", channels.Env{HTTP: p.Client(), Now: time.Now}).Token(t.Context())
			check(t, err, c.code, connect.FieldOAuth, c.kind)
			if text := fmt.Sprintf("%v %+v", err, g); strings.Contains(text, "r3fresh") || strings.Contains(text, "s3cret") {
				t.Error("a secret is told", text)
			}
		})
	}
}

func TestConsentThatComesToNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		input  map[string]string
		change func(p *provider)
		code   string
	}{
		"declined":       {map[string]string{"error": "access_denied"}, func(*provider) {}, "consent_refused"},
		"wrong code":     {map[string]string{"code": "x"}, func(*provider) {}, connect.CodeConsent},
		"not lasting":    {map[string]string{"code": "c0de"}, func(p *provider) { p.lasting = false }, "no_refresh_token"},
		"brings no code": {nil, func(*provider) {}, "consent_refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProvider(t)
			c.change(p)
			state, err := p.consent(t, connect.Consent{Grant: p.grant(), HTTP: p.Client(), Now: time.Now, Hint: "jane@example.com"}, c.input)
			if state.Done || len(state.Keep) > 0 {
				t.Error("signed in")
			}
			check(t, err, c.code, connect.FieldOAuth, channels.AuthFailed)
		})
	}
}

func TestParseGrant(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{
		`{"provider":"google","client_id":"x","client_secret":"s3cret"}`:                                           true,
		`{"provider":"microsoft","client_id":"x","tenant":"../evil"}`:                                              true,
		`{"provider":"mail.ru","client_id":"x"}`:                                                                   true,
		`{"provider":"custom","client_id":"x","auth_url":"https://a.example/a","token_url":"https://a.example/t"}`: true,
		`{"provider":"custom","client_id":"x","auth_url":"javascript:alert(1)","token_url":"https://a.example/t"}`: false,
		`{"provider":"custom","client_id":"x"}`:                                                                    false,
		`{"provider":"google","client_secret":"s3cret"}`:                                                           false,
		`{"provider":"s3cret","client_id":"x"}`:                                                                    false,
		`s3cret`:                                                                                                   false, `{"client_id":"s3cret"`: false, `[]`: false, ``: false,
	} {
		_, err := connect.ParseGrant(text)
		var bad *channels.ConfigError
		if ok != (err == nil) || !ok && (!errors.As(err, &bad) || bad.Field != "oauth" || strings.Contains(err.Error()+bad.RU, "s3cret")) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
