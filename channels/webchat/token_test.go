package webchat_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/webchat"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	tokens := webchat.NewTokens(key())
	v := webchat.Visitor{ID: "abc", Name: `Анна "Ann" <b>`, IssuedAt: now.Unix()}
	token, err := tokens.Issue(7, v)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := tokens.Open(7, token, now); err != nil || got.ID != v.ID || got.Name != v.Name {
		t.Errorf("opened as %+v, %v", got, err)
	}
	body, mac, _ := strings.Cut(token, ".")
	forged, _ := webchat.NewTokens([]byte(strings.Repeat("x", 32))).Issue(7, v)
	file := tokens.FileToken(7, 1, now)
	for name, bad := range map[string]string{
		"empty": "", "no signature": body, "empty signature": body + ".", "altered": "A" + body[1:] + "." + mac,
		"another key": forged, "a file's": file, "too long": strings.Repeat("a", webchat.MaxToken) + "." + mac,
	} {
		if _, err := tokens.Open(7, bad, now); !errors.Is(err, webchat.ErrToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := tokens.Open(8, token, now); !errors.Is(err, webchat.ErrToken) {
		t.Errorf("another account: %v", err)
	}
	if _, err := tokens.Open(7, token, now.Add(401*24*time.Hour)); !errors.Is(err, webchat.ErrToken) {
		t.Errorf("a year later: %v", err)
	}
}

func TestLongestToken(t *testing.T) {
	t.Parallel()
	a := open(t, map[string]string{"identity_secret": secret})
	long := strings.Repeat(`"`, 1000) // every character is escaped in JSON
	utm := map[string]string{}
	for i := range 20 {
		utm[fmt.Sprintf("utm_%02d%s", i, long)] = long
	}
	user := strings.Repeat(`\`, 128)
	v, err := a.Welcome(webchat.Introduction{
		Name: strings.Repeat(`"`, 200), Email: strings.Repeat("a", 240) + "@example.ru", Phone: "+7 900 123-45-67", Page: long, Referrer: long, UTM: utm,
		Identity: &webchat.Identity{ID: user, Hash: webchat.SignIdentity([]byte(secret), user)},
	}, now)
	if err != nil {
		t.Fatal(err)
	}
	tokens := webchat.NewTokens(key())
	token, err := tokens.Issue(7, v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tokens.Open(7, token, now); err != nil {
		t.Errorf("a token of %d bytes is not accepted, the limit is %d", len(token), webchat.MaxToken)
	}
}

func TestFileTokens(t *testing.T) {
	t.Parallel()
	tokens := webchat.NewTokens(key())
	token := tokens.FileToken(7, 42, now)
	for name, c := range map[string]struct {
		account channels.AccountID
		file    int64
		token   string
		at      time.Time
		want    bool
	}{
		"at once":         {7, 42, token, now, true},
		"two hours later": {7, 42, token, now.Add(2 * time.Hour), true},
		"expired":         {7, 42, token, now.Add(3*time.Hour + time.Second), false},
		"another file":    {7, 43, token, now, false},
		"another account": {8, 42, token, now, false},
		"longer life":     {7, 42, "z" + token, now, false},
		"empty":           {7, 42, "", now, false},
		"dot":             {7, 42, ".", now, false},
	} {
		if got := tokens.CheckFile(c.account, c.file, c.token, c.at); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if tokens.FileToken(7, 42, now.Truncate(time.Hour)) != tokens.FileToken(7, 42, now.Truncate(time.Hour).Add(59*time.Minute)) {
		t.Error("the address changes within an hour")
	}
}

func TestTokensHideTheirKey(t *testing.T) {
	t.Parallel()
	tokens := webchat.NewTokens(key())
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		if got := fmt.Sprintf(verb, tokens); strings.Contains(got, "kkkk") || strings.Contains(got, "6b6b") || strings.Contains(got, "107 107") {
			t.Errorf("%s shows %s", verb, got)
		}
	}
}
