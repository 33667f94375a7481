package vk

import (
	"net/url"
	"strconv"
	"strings"

	"parley/channels"
)

const (
	fieldToken        = "token"
	fieldGroup        = "group_id"
	fieldBase         = "base_url"
	fieldMode         = "mode"
	fieldConfirmation = "confirmation"
	fieldSecret       = "secret"

	modeLongPoll = "longpoll"
	modeCallback = "callback"

	defaultBase = "https://api.vk.com/method"

	maxToken = 2000 // bytes; real ones have 85 to 220
	maxField = 500  // bytes of any other value
)

// settings are an account's configuration, read.
type settings struct {
	token, base, mode, confirmation, secret string
	group                                   int64
}

func wrong(field, ru, en string) *channels.ConfigError {
	return &channels.ConfigError{Field: field, RU: ru, EN: en}
}

// parseSettings reads a configuration. The error is a *channels.ConfigError.
func parseSettings(values map[string]string) (settings, error) {
	s := settings{
		token: strings.TrimSpace(values[fieldToken]), secret: values[fieldSecret],
		base: strings.TrimRight(strings.TrimSpace(values[fieldBase]), "/"), mode: strings.TrimSpace(values[fieldMode]),
		confirmation: strings.TrimSpace(values[fieldConfirmation]),
	}
	if s.token == "" || len(s.token) > maxToken || strings.ContainsFunc(s.token, unprintable) {
		return settings{}, wrong(fieldToken,
			"Нужен ключ доступа: буквы и цифры из раздела «Работа с API» сообщества.",
			"An access key is needed: the letters and digits from the community's section API usage.")
	}
	group, err := strconv.ParseInt(strings.TrimSpace(values[fieldGroup]), 10, 64)
	if err != nil || group <= 0 || group > 1<<40 {
		return settings{}, wrong(fieldGroup, "Нужен номер сообщества, например 123456789.", "The community's number is needed, such as 123456789.")
	}
	s.group = group
	if s.base == "" {
		s.base = defaultBase
	}
	if u, err := url.Parse(s.base); err != nil || len(s.base) > maxField || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" {
		return settings{}, wrong(fieldBase, "Нужен адрес вида https://api.vk.com/method.", "An address like https://api.vk.com/method is needed.")
	}
	switch s.mode {
	case "":
		s.mode = modeLongPoll
	case modeLongPoll, modeCallback:
	default:
		return settings{}, wrong(fieldMode, "Выберите Long Poll или Callback API.", "Choose Long Poll or the Callback API.")
	}
	if err := s.checkCallback(); err != nil {
		return settings{}, err
	}
	return s, nil
}

func (s settings) checkCallback() error {
	if len(s.confirmation) > maxField || strings.ContainsFunc(s.confirmation, unprintable) {
		return wrong(fieldConfirmation, "Строка подтверждения слишком длинна или в несколько строк.", "The confirmation string is too long, or several lines.")
	}
	if len(s.secret) > maxField || strings.ContainsFunc(s.secret, unprintable) {
		return wrong(fieldSecret, "Секретный ключ слишком длинный или в нём пробелы.", "The secret key is too long or has blanks.")
	}
	if s.mode != modeCallback {
		return nil
	}
	if s.confirmation == "" {
		return wrong(fieldConfirmation,
			"Впишите строку, которую ВКонтакте ждёт от сервера: она показана в настройках Callback API.",
			"Enter the string that VK expects from the server: the settings of the Callback API show it.")
	}
	if s.secret == "" {
		return wrong(fieldSecret,
			"Придумайте секретный ключ и впишите его здесь и в настройках Callback API.",
			"Make up a secret key and enter it here and in the settings of the Callback API.")
	}
	return nil
}

func unprintable(r rune) bool { return r <= ' ' || r == 0x7f || r == '\uFFFD' }
