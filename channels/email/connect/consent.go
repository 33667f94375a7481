package connect

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/oauth2"

	"parley/channels"
)

// consentLife is how long the page of consent may stay open.
const consentLife = 15 * time.Minute

// memoryVerifier is where a sign-in remembers its PKCE verifier (RFC 7636).
const memoryVerifier = "verifier"

// Consent signs a mailbox in at its provider's page. It is what a mail account's Login
// does; hint is the mailbox's address.
type Consent struct {
	Grant Grant
	HTTP  *http.Client // the guarded client
	Now   func() time.Time
	Hint  string
}

// Login takes one step, as channels.Authenticator has it.
func (c Consent) Login(ctx context.Context, s channels.LoginStep) (channels.LoginState, error) {
	switch s.Action {
	case channels.LoginStart:
		return c.start(s), nil
	case channels.LoginFinish:
		return c.finish(ctx, s)
	}
	return channels.LoginState{}, nil // nobody needs to ask or to be told
}

func (c Consent) start(s channels.LoginStep) channels.LoginState {
	verifier := oauth2.GenerateVerifier()
	options := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier)}
	for name, value := range c.Grant.service().Ask {
		options = append(options, oauth2.SetAuthURLParam(name, value))
	}
	if c.Hint != "" {
		options = append(options, oauth2.SetAuthURLParam("login_hint", c.Hint))
	}
	return channels.LoginState{
		URL:       c.Grant.config(s.ReturnURL).AuthCodeURL(s.State, options...),
		Prompt:    words("Войдите в почту на странице провайдера и разрешите доступ.", "Sign in to the mailbox on the provider's page and allow access."),
		ExpiresAt: c.Now().Add(consentLife),
		Memory:    map[string]string{memoryVerifier: verifier},
	}
}

func (c Consent) finish(ctx context.Context, s channels.LoginStep) (channels.LoginState, error) {
	if s.Input["error"] != "" || s.Input["code"] == "" {
		return channels.LoginState{}, refusedConsent()
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, c.HTTP)
	token, err := c.Grant.config(s.ReturnURL).Exchange(ctx, s.Input["code"], oauth2.VerifierOption(s.Memory[memoryVerifier]))
	if err != nil {
		return channels.LoginState{}, tokenProblem(err, c.Grant.service())
	}
	if token.RefreshToken == "" {
		return channels.LoginState{}, problem(channels.AuthFailed, CodeNotLasting, FieldOAuth, consent[CodeNotLasting])
	}
	g := c.Grant
	g.RefreshToken = token.RefreshToken
	text, err := g.Text()
	if err != nil {
		return channels.LoginState{}, err
	}
	return channels.LoginState{Done: true, Keep: map[string]string{FieldOAuth: text}}, nil
}

func refusedConsent() error {
	return problem(channels.AuthFailed, CodeDeclined, FieldOAuth, consent[CodeDeclined])
}
