package webchat_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/webchat"
	"parley/internal/fault"
)

var now = time.Unix(1_700_000_000, 0)

// paths returns the fields that a fault names.
func paths(err error) string {
	f, ok := fault.As(err)
	if !ok {
		return ""
	}
	var list []string
	for _, x := range f.Fields {
		list = append(list, x.Path)
	}
	return strings.Join(list, " ")
}

func TestWelcome(t *testing.T) {
	t.Parallel()
	hash := webchat.SignIdentity([]byte(secret), "u-17")
	for name, c := range map[string]struct {
		in    webchat.Introduction
		wrong string
	}{
		"stranger":            {webchat.Introduction{}, ""},
		"details":             {webchat.Introduction{Name: "Anna", Email: "Anna@Example.com", Phone: "+7 (900) 123-45-67"}, ""},
		"no address":          {webchat.Introduction{Email: "anna"}, "email"},
		"two signs":           {webchat.Introduction{Email: "a@b@c.ru"}, "email"},
		"no number":           {webchat.Introduction{Phone: "call me"}, "phone"},
		"everything wrong":    {webchat.Introduction{Name: strings.Repeat("ж", 101), Email: "@", Phone: "1"}, "name email phone"},
		"known user":          {webchat.Introduction{Identity: &webchat.Identity{ID: "u-17", Hash: hash}}, ""},
		"hash in upper case":  {webchat.Introduction{Identity: &webchat.Identity{ID: "u-17", Hash: strings.ToUpper(hash)}}, ""},
		"another's hash":      {webchat.Introduction{Identity: &webchat.Identity{ID: "u-18", Hash: hash}}, "identity.hash"},
		"half a hash":         {webchat.Introduction{Identity: &webchat.Identity{ID: "u-17", Hash: hash[:32]}}, "identity.hash"},
		"no hash":             {webchat.Introduction{Identity: &webchat.Identity{ID: "u-17"}}, "identity.hash"},
		"no id":               {webchat.Introduction{Identity: &webchat.Identity{Hash: webchat.SignIdentity([]byte(secret), "")}}, "identity.id"},
		"id of control signs": {webchat.Introduction{Identity: &webchat.Identity{ID: "u\x00", Hash: webchat.SignIdentity([]byte(secret), "u\x00")}}, "identity.id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := open(t, map[string]string{"identity_secret": secret})
			_, err := a.Welcome(c.in, now)
			if got := paths(err); got != c.wrong || (err != nil) != (c.wrong != "") {
				t.Errorf("wrong fields %q (%v), want %q", got, err, c.wrong)
			}
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Error("the error holds the secret")
			}
		})
	}
}

func TestIdentityNeedsASecret(t *testing.T) {
	t.Parallel()
	a := open(t, nil)
	_, err := a.Welcome(webchat.Introduction{Identity: &webchat.Identity{ID: "u", Hash: webchat.SignIdentity(nil, "u")}}, now)
	if paths(err) != "identity" {
		t.Errorf("without a secret an identity is met with %v", err)
	}
}

func TestSenderOfAKnownUser(t *testing.T) {
	t.Parallel()
	a := open(t, map[string]string{"identity_secret": secret})
	in := webchat.Introduction{Phone: "8 900 123-45-67", Identity: &webchat.Identity{
		ID: "u-17", Name: "Anna", Email: "Anna@Example.com", Hash: webchat.SignIdentity([]byte(secret), "u-17"),
	}}
	v, err := a.Welcome(in, now)
	if err != nil {
		t.Fatal(err)
	}
	ev, err := a.Event(v, webchat.Post{ClientID: uuid(), Text: "hi"})
	if err != nil {
		t.Fatal(err)
	}
	want := []channels.Address{
		{Scope: "account:7:user", Address: "u-17", Verified: true},
		{Scope: "email", Address: "anna@example.com"},
		{Scope: "phone", Address: "89001234567"},
	}
	if ev.Sender.Scope != "account:7" || ev.Sender.Address != v.ID || ev.Sender.Name != "Anna" || ev.Chat != v.ID {
		t.Errorf("sender = %+v in %q", ev.Sender, ev.Chat)
	}
	if len(ev.Sender.Extra) != 3 || ev.Sender.Extra[0] != want[0] || ev.Sender.Extra[1] != want[1] || ev.Sender.Extra[2] != want[2] {
		t.Errorf("extra = %+v, want %+v", ev.Sender.Extra, want)
	}
}

func TestVisitorIDs(t *testing.T) {
	t.Parallel()
	a := open(t, nil)
	seen := map[string]bool{}
	for range 100 {
		id := visitor(t, a).ID
		if seen[id] || !regexp.MustCompile(`^[a-z2-7]{26}$`).MatchString(id) {
			t.Fatalf("id %q", id)
		}
		seen[id] = true
	}
}

func TestGuestNames(t *testing.T) {
	t.Parallel()
	for language, pattern := range map[string]string{"ru": `^Гость [1-9]\d{3}$`, "en": `^Guest [1-9]\d{3}$`, "ar": `^زائر [1-9]\d{3}$`} {
		v := webchat.Visitor{ID: "abc", Language: language}
		if name := v.DisplayName(); !regexp.MustCompile(pattern).MatchString(name) || name != v.DisplayName() {
			t.Errorf("%s: %q", language, name)
		}
	}
	if got := (webchat.Visitor{ID: "abc", Name: "Anna"}).DisplayName(); got != "Anna" {
		t.Errorf("given name became %q", got)
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	both, english := open(t, nil).Config(), open(t, map[string]string{"languages": "en"}).Config()
	for asked, want := range map[string]string{"ru": "ru", "ru-RU": "ru", "en_GB": "en", "de": "ru", "": "ru"} {
		if got := both.Language(asked); got != want {
			t.Errorf("%q: %q, want %q", asked, got, want)
		}
		if got := english.Language(asked); got != "en" {
			t.Errorf("%q of an English chat: %q", asked, got)
		}
	}
}
