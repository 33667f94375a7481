package whatsapp_test

import (
	"errors"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/whatsapp"
)

func TestConfiguration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, c := range map[string]struct{ field, value, blamed string }{
		"as it is":              {"provider", "cloud", ""},
		"no provider":           {"provider", "", ""},
		"no token":              {"token", "", "token"},
		"a token with a break":  {"token", "EAAG\r\nX: y", "token"},
		"a number for an id":    {"phone_number_id", "+7 999", "phone_number_id"},
		"a path for an id":      {"business_id", "1/../2", "business_id"},
		"no secret":             {"app_secret", "", "app_secret"},
		"no verify token":       {"verify_token", "", "verify_token"},
		"Meta's own address":    {"base_url", "", ""},
		"an address with slash": {"base_url", "https://proxy.example/meta/", ""},
		"an address with query": {"base_url", "https://proxy.example/?token=1", "base_url"},
		"with a password":       {"base_url", "https://user:pass@proxy.example", "base_url"},
		"of another kind":       {"base_url", "ftp://proxy.example", "base_url"},
		"an unknown provider":   {"provider", "pigeon", "provider"},
		"an id that never ends": {"phone_number_id", strings.Repeat("1", 33), "phone_number_id"},
	} {
		account := w.account()
		account.Config[c.field] = c.value
		driver := whatsapp.Driver{}
		_, err := driver.Open(account, w.env())
		var bad *channels.ConfigError
		switch {
		case c.blamed == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.blamed != "" && !errors.As(err, &bad):
			t.Errorf("%s: %v, want a fault of %s", name, err, c.blamed)
		case c.blamed != "" && (bad.Field != c.blamed || bad.RU == "" || bad.EN == ""):
			t.Errorf("%s: %+v, want a fault of %s", name, bad, c.blamed)
		}
	}
}

func TestCodesHaveWords(t *testing.T) {
	t.Parallel()
	for _, code := range whatsapp.Codes() {
		if w, ok := whatsapp.Words(code); !ok || w.RU == "" || w.EN == "" || w.RU == w.EN {
			t.Errorf("%s has the words %+v", code, w)
		}
	}
	if _, ok := whatsapp.Words("no_such_code"); ok {
		t.Error("an unknown code has words")
	}
}
