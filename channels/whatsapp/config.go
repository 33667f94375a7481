package whatsapp

import (
	"net/url"
	"strings"

	"parley/channels"
)

// providerCloud is the way of connecting; there is no other yet.
const providerCloud = "cloud"

const (
	defaultBase = "https://graph.facebook.com"
	// version is the Graph API's version that everything here was written against.
	version = "v23.0"

	maxID     = 32   // digits of an id of Meta's
	maxSecret = 4096 // bytes
	maxBase   = 500
)

// settings are an account's configuration, read.
type settings struct {
	token    string
	number   string // phone_number_id
	business string // business_id
	secret   string // app_secret
	verify   string // verify_token
	base     *url.URL
}

// parse reads a configuration. The error is a *channels.ConfigError.
func parse(values map[string]string) (settings, error) {
	get := func(name string) string { return strings.TrimSpace(values[name]) }
	switch get("provider") {
	case "", providerCloud:
	default:
		return settings{}, wrong("provider", "Выберите Cloud API: телефон по QR-коду пока не поддерживается.", "Choose the Cloud API: a phone linked by QR code is not supported yet.")
	}
	s := settings{token: get("token"), number: get("phone_number_id"), business: get("business_id"), secret: get("app_secret"), verify: get("verify_token")}
	for _, f := range []struct{ name, value string }{{"token", s.token}, {"app_secret", s.secret}, {"verify_token", s.verify}} {
		if !isSecret(f.value) {
			return settings{}, wrong(f.name, "Введите значение целиком, одной строкой, латиницей.", "Enter the whole value, on one line, in ASCII.")
		}
	}
	for _, f := range []struct{ name, value string }{{"phone_number_id", s.number}, {"business_id", s.business}} {
		if !isID(f.value) {
			return settings{}, wrong(f.name, "Нужен ID из одних цифр, как в настройках приложения Meta.", "An ID of digits alone is needed, as the Meta app's settings show it.")
		}
	}
	base, err := parseBase(get("base_url"))
	if err != nil {
		return settings{}, err
	}
	s.base = base
	return s, nil
}

func parseBase(text string) (*url.URL, error) {
	if text == "" {
		text = defaultBase
	}
	u, err := url.Parse(strings.TrimRight(text, "/"))
	if err != nil || len(text) > maxBase || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, wrong("base_url", "Нужен адрес вида https://graph.facebook.com, без имени, пароля и параметров.", "An address like https://graph.facebook.com is needed, without a name, a password or parameters.")
	}
	return u, nil
}

func wrong(field, ru, en string) *channels.ConfigError {
	return &channels.ConfigError{Field: field, RU: ru, EN: en}
}

// isSecret tells whether a value can stand in a header: visible ASCII on one line.
func isSecret(s string) bool {
	if s == "" || len(s) > maxSecret {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

func isID(s string) bool { return s != "" && len(s) <= maxID && isDigits(s) }

func isDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
