package connect

import (
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/oauth2"

	"parley/channels"
)

// FieldOAuth is the secret configuration field that holds a Grant as JSON.
const FieldOAuth = "oauth"

// Grant is the right to act for a mailbox, and the application it was given to: the JSON
// of the field FieldOAuth. An administrator gives all but the tokens. It must never be
// logged or put in an error.
type Grant struct {
	Provider     string   `json:"provider"` // google, microsoft, yandex, mailru or custom
	ClientID     string   `json:"client_id"`
	ClientSecret string   `json:"client_secret,omitempty"` // none for a public client
	Tenant       string   `json:"tenant,omitempty"`        // of Microsoft; "" is any
	AuthURL      string   `json:"auth_url,omitempty"`      // in place of the provider's
	TokenURL     string   `json:"token_url,omitempty"`
	Scopes       []string `json:"scopes,omitempty"`
	RefreshToken string   `json:"refresh_token,omitempty"` // "" before consent
	// User is who consented, where that is not the account's user name.
	User string `json:"user,omitempty"`
}

// ParseGrant reads the field FieldOAuth. The error is a *channels.ConfigError that says
// which part is missing and never quotes the text.
func ParseGrant(text string) (Grant, error) {
	var g Grant
	if err := json.Unmarshal([]byte(text), &g); err != nil {
		return Grant{}, wrongGrant("Нужен JSON с provider, client_id и client_secret.", "JSON with provider, client_id and client_secret is needed.")
	}
	if g.Provider == "mail.ru" {
		g.Provider = ServiceMailRu
	}
	if _, ok := service(g.Provider, g.Tenant); !ok {
		return Grant{}, wrongGrant("provider: google, microsoft, yandex, mailru или custom.", "provider: google, microsoft, yandex, mailru or custom.")
	}
	s := g.service()
	switch {
	case strings.TrimSpace(g.ClientID) == "":
		return Grant{}, wrongGrant("Укажите client_id своего приложения.", "Give the client_id of your application.")
	case !webAddress(s.AuthURL):
		return Grant{}, wrongGrant("auth_url: адрес страницы согласия.", "auth_url: the address of the page of consent.")
	case !webAddress(s.TokenURL):
		return Grant{}, wrongGrant("token_url: адрес, выдающий токены.", "token_url: the address that gives tokens.")
	}
	return g, nil
}

func wrongGrant(ru, en string) error {
	return &channels.ConfigError{Field: FieldOAuth, RU: ru, EN: en}
}

// Text is the grant as the field holds it.
func (g Grant) Text() (string, error) {
	b, err := json.Marshal(g)
	if err != nil {
		return "", fmt.Errorf("encode grant: %w", err)
	}
	return string(b), nil
}

// Format hides the grant from fmt, whatever the verb.
func (g Grant) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("grant of " + g.Provider)) }

func (g Grant) service() Service {
	s, _ := service(g.Provider, g.Tenant)
	if g.AuthURL != "" {
		s.AuthURL = g.AuthURL
	}
	if g.TokenURL != "" {
		s.TokenURL = g.TokenURL
	}
	if len(g.Scopes) > 0 {
		s.Scopes = g.Scopes
	}
	return s
}

func (g Grant) config(returnURL string) *oauth2.Config {
	s := g.service()
	if g.ClientSecret == "" {
		s.Style = oauth2.AuthStyleInParams // a public client has nothing for a header
	}
	return &oauth2.Config{
		ClientID: g.ClientID, ClientSecret: g.ClientSecret, RedirectURL: returnURL, Scopes: s.Scopes,
		Endpoint: oauth2.Endpoint{AuthURL: s.AuthURL, TokenURL: s.TokenURL, AuthStyle: s.Style},
	}
}
