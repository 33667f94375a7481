package telegram

import (
	"net/url"
	"regexp"
	"strings"

	"parley/channels"
)

// defaultBase is where Telegram's own Bot API is.
const defaultBase = "https://api.telegram.org"

// longestValue bounds the values of a configuration, in bytes.
const longestValue = 500

// tokenForm is what a token looks like: the bot's user id, a colon, and a secret
// (core.telegram.org/bots/api#authorizing-your-bot, 2026-06-11).
var tokenForm = regexp.MustCompile(`^[0-9]{1,19}:[A-Za-z0-9_-]{8,200}$`)

// settings are an account's configuration, read.
type settings struct {
	token string
	base  string // without a slash at its end
	mode  string
}

// parseConfig reads a configuration. The error is a *channels.ConfigError.
func parseConfig(values map[string]string) (settings, error) {
	s := settings{token: strings.TrimSpace(values["token"]), mode: strings.TrimSpace(values["mode"])}
	if !tokenForm.MatchString(s.token) {
		return settings{}, &channels.ConfigError{
			Field: "token",
			RU:    "Нужен токен от @BotFather, вида 123456789:AAE….",
			EN:    "The token from @BotFather is needed, like 123456789:AAE….",
		}
	}
	switch s.mode {
	case "":
		s.mode = ModePoll
	case ModePoll, ModeWebhook:
	default:
		return settings{}, &channels.ConfigError{Field: "mode", RU: "Выберите опрос или вебхук.", EN: "Choose polling or a webhook."}
	}
	base, ok := parseBase(values["base_url"])
	if !ok {
		return settings{}, &channels.ConfigError{
			Field: "base_url",
			RU:    "Нужен адрес вида https://api.telegram.org, без пароля и параметров.",
			EN:    "An address like https://api.telegram.org is needed, without a password or parameters.",
		}
	}
	s.base = base
	return s, nil
}

func parseBase(text string) (string, bool) {
	text = strings.TrimRight(strings.TrimSpace(text), "/")
	if text == "" {
		return defaultBase, true
	}
	u, err := url.Parse(text)
	if err != nil || len(text) > longestValue {
		return "", false
	}
	plain := u.User == nil && u.RawQuery == "" && u.Fragment == "" && !strings.ContainsAny(text, "?#")
	return text, plain && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}
