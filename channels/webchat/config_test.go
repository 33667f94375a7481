package webchat_test

import (
	"errors"
	"regexp"
	"slices"
	"testing"

	"parley/channels"
	"parley/channels/webchat"
)

func TestConfigErrors(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]map[string]string{
		"languages": {"languages": "ru,xx"}, "pre_chat": {"pre_chat": "name,shoe size"}, "color": {"color": "red"},
		"position": {"position": "top"}, "sites": {"sites": "shop.ru; script-src *"},
	} {
		_, err := webchat.NewDriver(nil).Open(channels.Account{ID: 7, Config: config}, channels.Env{})
		var bad *channels.ConfigError
		if !errors.As(err, &bad) || bad.Field != name {
			t.Errorf("%v: %v", config, err)
		}
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	c := open(t, map[string]string{"title": " ", "languages": "en, ru ,en", "pre_chat": "email"}).Config()
	if c.Title != "Shop" || !slices.Equal(c.Languages, []string{"en", "ru"}) || !slices.Equal(c.PreChat, []string{"email"}) || c.Position != "right" {
		t.Errorf("config = %+v", c)
	}
}

func TestSites(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sites, origin string
		want          bool
	}{
		{"", "https://any.ru", true},
		{"shop.ru", "https://shop.ru", true},
		{"shop.ru", "http://shop.ru", true},
		{"Shop.RU/", "https://shop.ru", true},
		{"shop.ru", "https://SHOP.ru:443", true},
		{"shop.ru", "https://shop.ru:8443", false},
		{"shop.ru:8443", "https://shop.ru:8443", true},
		{"shop.ru", "https://www.shop.ru", false},
		{"shop.ru", "https://shop.ru.evil.com", false},
		{"shop.ru", "https://evilshop.ru", false},
		{"*.shop.ru", "https://www.shop.ru", true},
		{"*.shop.ru", "https://shop.ru", false},
		{"*.shop.ru", "https://evilshop.ru", false},
		{"https://shop.ru", "http://shop.ru", false},
		{"a.ru,b.ru", "https://b.ru", true},
		{"магазин.рф", "https://xn--80aairftm.xn--p1ai", true},
		{"localhost:3000", "http://localhost:3000", true},
		{"shop.ru", "", false},
		{"shop.ru", "null", false},
		{"shop.ru", "ftp://shop.ru", false},
	} {
		if got := open(t, map[string]string{"sites": c.sites}).Config().Sites.Allow(c.origin); got != c.want {
			t.Errorf("%q lets %q in: %v", c.sites, c.origin, got)
		}
	}
}

func TestFrameAncestors(t *testing.T) {
	t.Parallel()
	for sites, want := range map[string][]string{
		"":                         {"*"},
		"https://shop.ru":          {"https://shop.ru"},
		"*.shop.ru:8080":           {"https://*.shop.ru:8080", "http://*.shop.ru:8080"},
		"http://a.ru,https://b.ru": {"http://a.ru", "https://b.ru"},
	} {
		if got := open(t, map[string]string{"sites": sites}).Config().Sites.FrameAncestors(); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", sites, got, want)
		}
	}
}

// FuzzSites looks for an entry that leaves the list of sources it is written into.
func FuzzSites(f *testing.F) {
	for _, seed := range []string{"shop.ru", "https://*.shop.ru:8443/", "магазин.рф", "a;b", "[::1]:80", "x y", "*.", "http://"} {
		f.Add(seed, "https://shop.ru")
	}
	f.Fuzz(func(t *testing.T, sites, origin string) {
		a, err := webchat.NewDriver(nil).Open(channels.Account{ID: 7, Config: map[string]string{"sites": sites}}, channels.Env{})
		if err != nil {
			return
		}
		list := a.(*webchat.Account).Config().Sites
		list.Allow(origin)
		for _, source := range list.FrameAncestors() {
			if !regexp.MustCompile(`^(\*|https?://(\*\.)?[a-z0-9.-]+(:[0-9]{1,5})?)$`).MatchString(source) {
				t.Errorf("%q became the source %q", sites, source)
			}
		}
	})
}
