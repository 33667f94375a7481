package sms

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"parley/channels"
	"parley/channels/sms/gateway"
)

// settings are what all providers share, read.
type settings struct {
	values      map[string]string
	provider    string
	region      string
	base        string // without a slash at the end
	segments    int
	description gateway.Description
}

func (s settings) get(name string) string { return strings.TrimSpace(s.values[name]) }

// longestValue bounds the values of a configuration but the description, in bytes.
const longestValue = 500

var region = regexp.MustCompile(`^[A-Z]{2}$`)

// parseConfig reads the values that apply. The error is a *channels.ConfigError.
func parseConfig(values map[string]string) (settings, error) {
	s := settings{values: values}
	for name, value := range values {
		if name != "description" && len(value) > longestValue {
			return s, wrong(name, "Слишком длинно.", "Too long.")
		}
	}
	or := func(name, otherwise string) string {
		if v := s.get(name); v != "" {
			return v
		}
		return otherwise
	}
	s.provider, s.region, s.base = s.get("provider"), strings.ToUpper(or("region", "RU")), strings.TrimRight(s.get("base_url"), "/")
	n, err := strconv.Atoi(or("max_segments", "6"))
	s.segments = n
	name := or("gateway", ownGateway)
	switch {
	case s.provider != ProviderTwilio && s.provider != ProviderHTTP:
		return s, wrong("provider", "Выберите поставщика из списка.", "Choose a provider of the list.")
	case err != nil || n < 1 || n > 10:
		return s, wrong("max_segments", "Целое число от 1 до 10.", "A whole number between 1 and 10.")
	case !region.MatchString(s.region):
		return s, wrong("region", "Две буквы страны, например RU.", "The two letters of a country, such as US.")
	case s.base != "" && !usable(s.base):
		return s, wrong("base_url", "Нужен адрес вида https://api.example.com, без пароля и параметров.", "An address like https://api.example.com is needed, without a password or parameters.")
	}
	if name != ownGateway {
		if s.description, err = gateway.Preset(name); err != nil {
			return s, wrong("gateway", "Такого шлюза в списке нет.", "There is no such gateway in the list.")
		}
		return s, nil
	}
	if s.provider == ProviderHTTP {
		if s.description, err = gateway.Parse([]byte(s.get("description"))); err != nil {
			return s, wrong("description", "Описание не подходит: "+err.Error(), "The description cannot be used: "+err.Error())
		}
	}
	return s, nil
}

func usable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && u.User == nil && u.RawQuery == "" && u.Fragment == "" && (u.Scheme == "https" || u.Scheme == "http")
}

func wrong(field, ru, en string) error { return &channels.ConfigError{Field: field, RU: ru, EN: en} }
