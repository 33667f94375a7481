package telegram_test

import (
	"errors"
	"net/http"
	"testing"

	"parley/channels"
	"parley/channels/telegram"
)

func TestConfig(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		set   map[string]string
		field string // "" = it opens
	}{
		{"token alone", map[string]string{"token": token}, ""},
		{"token with white space around", map[string]string{"token": " " + token + "\n"}, ""},
		{"no token", map[string]string{}, "token"},
		{"a bot's name for a token", map[string]string{"token": "@parley_bot"}, "token"},
		{"half a token", map[string]string{"token": "7000000001:"}, "token"},
		{"a token that would leave its path", map[string]string{"token": "1:aaaaaaaa/../../x"}, "token"},
		{"webhook", map[string]string{"token": token, "mode": "webhook"}, ""},
		{"another mode", map[string]string{"token": token, "mode": "push"}, "mode"},
		{"own server", map[string]string{"token": token, "base_url": "http://127.0.0.1:8081/telegram/"}, ""},
		{"a host alone", map[string]string{"token": token, "base_url": "api.telegram.org"}, "base_url"},
		{"a password", map[string]string{"token": token, "base_url": "https://u:p@a.example"}, "base_url"},
		{"a query", map[string]string{"token": token, "base_url": "https://a.example/?x"}, "base_url"},
		{"another scheme", map[string]string{"token": token, "base_url": "ftp://a.example"}, "base_url"},
	} {
		_, err := (&telegram.Driver{}).Open(channels.Account{Config: c.set}, channels.Env{HTTP: http.DefaultClient})
		var bad *channels.ConfigError
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.field != "" && (!errors.As(err, &bad) || bad.Field != c.field):
			t.Errorf("%s: %v, want a complaint about %s", c.name, err, c.field)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"42", "-100500", "-1001000000500/t9", "-1001000000500/d9", "42@conn-1_X"} {
		if got, err := telegram.RoundPlace(s); got != s || err != nil {
			t.Errorf("%s became %s, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "anna", "42/", "42/x1", "42/t", "42/tx", "99999999999999999999"} {
		if got, err := telegram.RoundPlace(s); err == nil {
			t.Errorf("%s is taken for %s", s, got)
		}
	}
}
