package token_test

import (
	"math"
	"net/mail"
	"strings"
	"testing"

	"parley/channels/email/token"
)

var (
	key   = []byte("0123456789abcdef0123456789abcdef")
	other = []byte("another account's key of 32 byte")
)

func TestTokensOpen(t *testing.T) {
	t.Parallel()
	for _, id := range []int64{1, 255, 256, 70_000, 1 << 40, math.MaxInt64} {
		messageID := token.MessageID(key, id, "example.org")
		plus := token.PlusAddress(key, id, "support@example.org")
		if messageID != token.MessageID(key, id, "example.org") {
			t.Errorf("message %d has two Message-IDs", id)
		}
		for _, form := range []string{
			messageID,
			"<" + messageID + ">",
			" <" + messageID + ">\r\n",
			strings.ToUpper(messageID),
			strings.Replace(messageID, "example.org", "rewritten.example.com", 1),
			strings.TrimSuffix(messageID, "@example.org"),
			plus,
			strings.ToUpper(plus),
			"Support <" + plus + ">",
			strings.Replace(plus, "support", "SRS0=HHH=TT=example.net=support", 1),
			strings.Replace(plus, "support", "support+sales", 1),
		} {
			if got, ok := token.Parse(key, form); !ok || got != id {
				t.Errorf("%q opens as %d, %v, want %d", form, got, ok, id)
			}
			if got, ok := token.Parse(other, form); ok {
				t.Errorf("%q opens under another account's key, as %d", form, got)
			}
		}
	}
}

func TestForeignTextsDoNotOpen(t *testing.T) {
	t.Parallel()
	good := token.MessageID(key, 12345, "example.org")
	local, _, _ := strings.Cut(good, "@")
	bad := []string{
		"", "@", "<>", "+@", "p.", "p.@example.org", "support@example.org", "support+@example.org", "support+news@example.org",
		"CAF+abc@mail.gmail.com", local + "a", local[:len(local)-1], "x" + local, strings.TrimPrefix(local, "p."),
		local + "=", "p." + strings.Repeat("a", 5000), "p.\x00", "p.ж@example.org",
		token.MessageID(key, 0, "example.org"), token.MessageID(key, -1, "example.org"),
	}
	// One changed character is enough, wherever it stands.
	for i := len("p."); i < len(local); i++ {
		c := byte('a')
		if local[i] == c {
			c = 'b'
		}
		bad = append(bad, local[:i]+string(c)+local[i+1:]+"@example.org")
	}
	for _, text := range bad {
		if id, ok := token.Parse(key, text); ok {
			t.Errorf("%q opens, as %d", text, id)
		}
	}
	if _, ok := token.Parse(nil, token.MessageID(nil, 1, "example.org")); ok {
		t.Error("a token opens under no key")
	}
}

func TestPlusAddressStaysAnAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"support@example.org":                    true,
		"support+de@example.org":                 true,
		"поддержка@example.org":                  true,
		`"two words"@example.org`:                false, // the plus would stand outside the quotes
		"":                                       false,
		"nobody":                                 false,
		"@example.org":                           false,
		strings.Repeat("x", 60) + "@example.org": false,
	} {
		got := token.PlusAddress(key, math.MaxInt64, address)
		if (got != address) != want {
			t.Errorf("%q becomes %q", address, got)
		}
		if got != address {
			if parsed, err := mail.ParseAddress(got); err != nil || parsed.Address != got {
				t.Errorf("%q is no address: %v", got, err)
			}
		}
	}
}

func TestTokensAreShort(t *testing.T) {
	t.Parallel()
	if got := token.MessageID(key, math.MaxInt64, ""); len(got) > 32 {
		t.Errorf("the left side of a Message-ID has %d characters", len(got))
	}
}

func FuzzParse(f *testing.F) {
	f.Add(token.MessageID(key, 7, "example.org"))
	f.Add(token.PlusAddress(key, 1<<50, "support@example.org"))
	f.Add("<CAF+abc@mail.gmail.com>")
	f.Add("p.aaaaaaaaaaaaaaaaaaaa")
	f.Fuzz(func(t *testing.T, text string) {
		id, ok := token.Parse(key, text)
		if !ok {
			return
		}
		ours := strings.TrimSuffix(token.MessageID(key, id, ""), "@")
		if id <= 0 || !strings.Contains(strings.ToLower(text), strings.TrimPrefix(ours, "p.")) {
			t.Errorf("%q opens as %d, whose token it does not hold", text, id)
		}
	})
}
