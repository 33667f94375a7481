package auth_test

import (
	"strings"
	"testing"

	"parley/internal/auth"
	"parley/internal/fault"
)

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	cases := []struct{ password, code string }{
		{"correct horse battery", ""},
		{"пароль из слов", ""},
		{strings.Repeat("яб", 100), ""},
		{"a1b2c3d4e5", ""},
		{"a1b2c3d4e", "too_short"},
		{"яяяяяяяяя", "too_short"}, // nine characters, eighteen bytes
		{strings.Repeat("яб", 100) + "x", "too_long"},
		{"anna.petrova@example.com", "personal"},
		{"Anna.Petrova@Example.com", "personal"},
		{"anna.petrova", "personal"},
		{"Anna Petrova", "personal"},
		{"annapetrova", "personal"},
		{"Password123", "common"},
		{"          ", "common"},
		{"ааааааааааа", "common"},
		{"abc\xff\xfe1234567890", "malformed"},
	}
	for _, c := range cases {
		t.Run(c.password, func(t *testing.T) {
			t.Parallel()
			err := auth.CheckPassword("new", c.password, "anna.petrova@example.com", "Anna Petrova")
			if c.code == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			f, ok := fault.As(err)
			if !ok || len(f.Fields) != 1 || f.Fields[0].Code != c.code || f.Fields[0].Path != "new" {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestCleanEmail(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" Anna@Example.COM\n":                    "anna@example.com",
		"a+b@c":                                  "a+b@c",
		"имя@пример.рф":                          "имя@пример.рф",
		"":                                       "",
		"anna":                                   "",
		"@example.com":                           "",
		"anna@":                                  "",
		"a@b@c":                                  "",
		"a b@c.d":                                "",
		"Anna <anna@example.com>":                "",
		"a\x00@b.c":                              "",
		strings.Repeat("a", 250) + "@b.cd":       "",
		"a@" + strings.Repeat("b", 240) + ".com": "a@" + strings.Repeat("b", 240) + ".com",
	} {
		got, err := auth.CleanEmail(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("CleanEmail(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}
