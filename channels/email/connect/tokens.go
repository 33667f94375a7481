package connect

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"parley/channels"
)

// freshFor is how long before its end a token is replaced, so that none ends on the way.
const freshFor = 2 * time.Minute

// refreshTime bounds one exchange with the provider.
const refreshTime = 20 * time.Second

// Tokens gives the access tokens of one grant. It keeps one until shortly before its end
// and asks the provider once for all that wait.
type Tokens struct {
	user string
	http *http.Client
	now  func() time.Time
	keep func(ctx context.Context, field, value string) error

	turn  chan struct{} // held by whoever asks the provider
	mu    sync.Mutex
	grant Grant
	token oauth2.Token
	kept  bool // the grant is stored as it is
}

var _ TokenSource = (*Tokens)(nil)

// NewTokens returns the tokens of a grant for a user.
func NewTokens(g Grant, user string, env channels.Env) *Tokens {
	if g.User != "" {
		user = g.User
	}
	return &Tokens{grant: g, user: user, http: env.HTTP, now: env.Now, keep: env.Keep, kept: true, turn: make(chan struct{}, 1)}
}

// Token returns a valid access token. An *channels.Error of the kind AuthFailed says that
// somebody has to consent anew.
func (t *Tokens) Token(ctx context.Context) (user, accessToken string, err error) {
	if access, ok := t.fresh(); ok {
		return t.user, access, nil
	}
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return "", "", problem(channels.Transient, CodeTokenSlow, FieldOAuth, consent[CodeTokenSlow])
	}
	if access, ok := t.fresh(); ok { // somebody else has just asked
		return t.user, access, nil
	}
	access, err := t.refresh(ctx)
	return t.user, access, err
}

// Forget drops the present token, because a server refused it before its time.
func (t *Tokens) Forget(accessToken string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.token.AccessToken == accessToken {
		t.token = oauth2.Token{}
	}
}

func (t *Tokens) fresh() (string, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	ok := t.token.AccessToken != "" && (t.token.Expiry.IsZero() || t.now().Add(freshFor).Before(t.token.Expiry))
	return t.token.AccessToken, ok
}

func (t *Tokens) refresh(ctx context.Context) (string, error) {
	t.mu.Lock()
	g, kept := t.grant, t.kept
	t.mu.Unlock()
	if g.RefreshToken == "" {
		return "", problem(channels.AuthFailed, CodeConsent, FieldOAuth, consentMissing)
	}
	// Whoever waits may leave; a token that was rotated must still be kept.
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), refreshTime)
	defer cancel()
	asking := context.WithValue(within, oauth2.HTTPClient, t.http)
	token, err := g.config("").TokenSource(asking, &oauth2.Token{RefreshToken: g.RefreshToken}).Token()
	if err != nil {
		return "", tokenProblem(err, g.service())
	}
	if token.RefreshToken != "" && token.RefreshToken != g.RefreshToken {
		g.RefreshToken, kept = token.RefreshToken, false
	}
	if !kept {
		err = t.store(within, g)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.grant, t.kept = g, err == nil
	if err != nil { // the access token is not used, so that the next caller stores anew
		return "", err
	}
	t.token = *token
	return token.AccessToken, nil
}

// store keeps a rotated refresh token. One that cannot be kept would be lost with this
// process, so that is told and not passed over.
func (t *Tokens) store(ctx context.Context, g Grant) error {
	text, err := g.Text()
	if err == nil && t.keep != nil {
		err = t.keep(ctx, FieldOAuth, text)
	}
	if err != nil {
		return problem(channels.Transient, CodeTokenLost, FieldOAuth, consent[CodeTokenLost])
	}
	return nil
}

// tokenProblem says in words why a provider gave no token. The cause is left out: it
// quotes the provider's answer, in which anything may stand.
func tokenProblem(err error, s Service) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response != nil {
		switch code := refused.ErrorCode; {
		case code == "invalid_client" || code == "unauthorized_client":
			return problem(channels.AuthFailed, CodeClient, FieldOAuth, consent[CodeClient])
		case code == "redirect_uri_mismatch":
			return problem(channels.AuthFailed, CodeReturn, FieldOAuth, consent[CodeReturn])
		case code == "invalid_grant" || code == "access_denied" || code == "interaction_required" || code == "consent_required":
			return problem(channels.AuthFailed, CodeConsent, FieldOAuth, consent[CodeConsent])
		case refused.Response.StatusCode >= 400 && refused.Response.StatusCode < 500 && refused.Response.StatusCode != http.StatusTooManyRequests:
			return problem(channels.AuthFailed, CodeToken, FieldOAuth, consent[CodeToken])
		}
	}
	var r refusal
	if errors.As(err, &r) {
		text := r.Text()
		return problem(channels.Permanent, CodeEgress, FieldOAuth, words(text.RU, text.EN))
	}
	host := "?"
	if u, err := url.Parse(s.TokenURL); err == nil {
		host = u.Host
	}
	return problem(channels.Transient, CodeProvider, FieldOAuth, consent[CodeProvider].Fill(map[string]string{"host": host}))
}
