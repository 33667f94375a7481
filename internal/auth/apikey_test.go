package auth_test

import (
	"slices"
	"strings"
	"testing"

	"parley/internal/auth"
	"parley/internal/fault"
)

func TestParseAPIKey(t *testing.T) {
	t.Parallel()
	prefix, text := auth.NewKeyTextForTest()
	good := text.Reveal()
	cases := []struct {
		name, in, prefix string
		ok               bool
	}{
		{"fresh", good, prefix, true},
		{"nothing", "", "", false},
		{"other brand", strings.Replace(good, "parley", "barley", 1), "", false},
		{"cut", good[:len(good)-1], "", false},
		{"longer", good + "a", "", false},
		{"upper case", strings.ToUpper(good), "", false},
		{"moved mark", strings.Replace(good, prefix+"_", prefix[:7]+"_"+prefix[7:], 1), "", false},
		{"odd letter", good[:len(good)-1] + "1", "", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got, ok := auth.ParseAPIKey(c.in); got != c.prefix || ok != c.ok {
				t.Errorf("ParseAPIKey = %q, %v; want %q, %v", got, ok, c.prefix, c.ok)
			}
		})
	}
}

func FuzzParseAPIKey(f *testing.F) {
	_, text := auth.NewKeyTextForTest()
	f.Add(text.Reveal())
	f.Add("parley_")
	f.Add("parley_aaaaaaaa_")
	f.Fuzz(func(t *testing.T, in string) {
		prefix, ok := auth.ParseAPIKey(in)
		if ok && (len(prefix) != 8 || !strings.HasPrefix(in, "parley_"+prefix+"_")) {
			t.Errorf("%q has the prefix %q", in, prefix)
		}
	})
}

func TestScopesAllow(t *testing.T) {
	t.Parallel()
	s := auth.Scopes{"agents:read", "leads:write"}
	cases := []struct {
		scopes auth.Scopes
		noun   string
		write  bool
		want   bool
	}{
		{s, "agents", false, true},
		{s, "agents", true, false},
		{s, "leads", false, true},
		{s, "leads", true, true},
		{s, "contacts", false, false},
		{s, "agent", false, false},
		{nil, "anything", true, true},
	}
	for _, c := range cases {
		if got := c.scopes.Allow(c.noun, c.write); got != c.want {
			t.Errorf("%v.Allow(%q, %v) = %v", c.scopes, c.noun, c.write, got)
		}
	}
}

func TestScopesWithin(t *testing.T) {
	t.Parallel()
	cases := []struct {
		inner, outer auth.Scopes
		want         bool
	}{
		{nil, nil, true},
		{auth.Scopes{"a:write"}, nil, true},
		{nil, auth.Scopes{"a:write"}, false},
		{auth.Scopes{"a:read"}, auth.Scopes{"a:write"}, true},
		{auth.Scopes{"a:write"}, auth.Scopes{"a:read"}, false},
		{auth.Scopes{"a:read", "b:read"}, auth.Scopes{"a:read"}, false},
	}
	for _, c := range cases {
		if got := c.inner.Within(c.outer); got != c.want {
			t.Errorf("%v.Within(%v) = %v", c.inner, c.outer, got)
		}
	}
}

func TestParseScopes(t *testing.T) {
	t.Parallel()
	got, err := auth.ParseScopes([]string{"leads:write", "api-keys:read", "leads:write"}, nil)
	if err != nil || !slices.Equal(got, auth.Scopes{"api-keys:read", "leads:write"}) {
		t.Errorf("ParseScopes = %v, %v", got, err)
	}
	for _, bad := range []string{"", "leads", "leads:", ":read", "leads:delete", "Leads:read", "le ads:read", "-a:read", "*:read"} {
		if _, err := auth.ParseScopes([]string{bad}, nil); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
	_, err = auth.ParseScopes([]string{"lead:read"}, []string{"leads", "contacts"})
	if f, ok := fault.As(err); !ok || !strings.Contains(f.Fields[0].Text.EN, "leads, contacts") {
		t.Errorf("unknown noun: %v", err)
	}
	if _, err := auth.ParseScopes(slices.Repeat([]string{"a:read"}, 101), nil); fault.KindOf(err) != fault.Invalid {
		t.Errorf("too many: %v", err)
	}
}
