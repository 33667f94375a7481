package custom

import (
	"net/url"
	"strings"

	"parley/channels"
)

// Driver opens custom accounts.
type Driver struct{}

var (
	_ channels.Driver = (*Driver)(nil)
	_ channels.Hooker = (*Driver)(nil)
)

// Kind implements channels.Driver.
func (*Driver) Kind() channels.Kind { return channels.KindCustom }

// Title names the network for people.
func (*Driver) Title() channels.Words { return words("Свой канал", "Custom channel") }

// Fields implements channels.Driver.
func (*Driver) Fields() []channels.Field {
	return []channels.Field{
		{
			Name: "secret", Type: channels.FieldSecret, Required: true,
			Label: words("Общий ключ", "Shared secret"),
			Help: words("Им подписывают обе стороны: X-Parley-Signature: sha256=HMAC-SHA256(тело). Лучше 32 случайных знака.",
				"Both sides sign with it: X-Parley-Signature: sha256=HMAC-SHA256(body). Best 32 random characters."),
		},
		{
			Name: "outgoing_url", Type: channels.FieldText,
			Label: words("Куда отправлять ответы", "Where answers go"),
			Help: words("Адрес вашей системы. Пусто — канал только принимает.",
				"The address of your system. Empty means that the channel only receives."),
		},
	}
}

const longestURL = 2000 // bytes

// Hooks implements channels.Hooker.
func (*Driver) Hooks() []channels.Hook {
	return []channels.Hook{{
		Paste: words("Ваша система отправляет сюда то, что ей пишут; подписывает тем же ключом.", "Your system posts here what people write to it, signed with the same secret."),
		With:  []string{"secret"},
	}}
}

// Open implements channels.Driver.
func (*Driver) Open(acct channels.Account, env channels.Env) (channels.Adapter, error) {
	secret := acct.Config["secret"]
	if strings.TrimSpace(secret) == "" {
		return nil, &channels.ConfigError{Field: "secret", RU: "Введите ключ, которым подписывают обе стороны.", EN: "Enter the secret that both sides sign with."}
	}
	out := strings.TrimSpace(acct.Config["outgoing_url"])
	if out != "" && !usable(out) {
		return nil, &channels.ConfigError{
			Field: "outgoing_url",
			RU:    "Нужен адрес вида https://example.com/parley, без имени и пароля.",
			EN:    "An address like https://example.com/parley is needed, without a name and password.",
		}
	}
	return &Account{id: acct.ID, secret: secret, out: out, env: env}, nil
}

// usable tells whether an address can be posted to or fetched from.
func usable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && len(address) <= longestURL && u.Host != "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http")
}

func words(ru, en string) channels.Words { return channels.Words{RU: ru, EN: en} }
