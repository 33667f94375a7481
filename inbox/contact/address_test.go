package contact_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/inbox/contact"
	"parley/internal/fault"
)

func TestNormalise(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ scope, in, out, field string }{
		{"email", " Anna@Example.COM ", "anna@example.com", ""},
		{"email", "Иван@Почта.рф", "иван@почта.рф", ""},
		{"email", "anna", "", "address"},
		{"email", "a@b@c", "", "address"},
		{"email", "Anna <anna@example.com>", "", "address"},
		{"email", "", "", "address"},
		{"phone", "+7 (900) 123-45-67", "+79001234567", ""},
		{"phone", "8 900 123 45 67", "+79001234567", ""},
		{"phone", "0049 30 1234567", "+49301234567", ""},
		{"phone", "79001234567", "+79001234567", ""},
		{"phone", "call me", "", "address"},
		{"phone", "1234", "", "address"},
		{"phone", "1234567890123456", "", "address"},
		{"account:21", " Visitor-7 ", "Visitor-7", ""},
		{"telegram", "12345", "12345", ""},
		{"telegram", "12\x0034\x075", "12345", ""},
		{"Telegram", "12345", "", "scope"},
		{"", "12345", "", "scope"},
		{"telegram", strings.Repeat("x", 501), "", "address"},
	} {
		got, err := contact.Normalise(c.scope, c.in)
		field := ""
		if f, ok := fault.As(err); ok {
			field = f.Fields[0].Path
		}
		if got != c.out || field != c.field {
			t.Errorf("%s %q: %q, refused for %q; want %q, %q", c.scope, c.in, got, field, c.out, c.field)
		}
	}
}

func TestPrefixes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"":        nil,
		" Anna@ ": {"anna@"},
		"+7 900":  {"+7 900", "+7900"},
		"8900":    {"8900", "+8900", "+7900"},
		"hat 42":  {"hat 42"},
	} {
		if got := contact.Prefixes(in); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// FuzzNormalise holds that what is stored is text, is bounded, and stays what it is
// when it is normalised again.
func FuzzNormalise(f *testing.F) {
	for _, seed := range [][2]string{{"email", "Anna@Example.com"}, {"phone", "8 (900) 123-45-67"}, {"phone", "00"}, {"account:1", "\xff\x00x"}, {"email", "İ@x"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, scope, address string) {
		once, err := contact.Normalise(scope, address)
		if err != nil {
			return
		}
		if once == "" || !utf8.ValidString(once) || strings.ContainsRune(once, 0) {
			t.Fatalf("%q %q became %q", scope, address, once)
		}
		if twice, err := contact.Normalise(scope, once); err != nil || twice != once {
			t.Fatalf("%q %q became %q, then %q: %v", scope, address, once, twice, err)
		}
	})
}
