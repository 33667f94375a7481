package channeltest

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"parley/channels"
)

func configChecks() []check {
	return []check{
		{name: "describes its configuration", run: describesConfig},
		{name: "says what is wrong with a configuration", run: refusesConfig},
		{name: "survives any configuration", run: survivesConfig},
	}
}

func describesConfig(s *stage) {
	if s.Driver.Kind() != s.Account.Kind || s.Account.Kind == "" {
		s.Errorf("the driver is of kind %q, the account of %q", s.Driver.Kind(), s.Account.Kind)
	}
	seen := map[string]bool{}
	for _, f := range s.Driver.Fields() {
		if f.Name == "" || seen[f.Name] {
			s.Errorf("the field %q is nameless or there twice", f.Name)
		}
		seen[f.Name] = true
		if f.Label.RU == "" || f.Label.EN == "" || (f.Help.RU == "") != (f.Help.EN == "") {
			s.Errorf("the field %q lacks words in one of the languages", f.Name)
		}
		switch f.Type {
		case channels.FieldText, channels.FieldNumber, channels.FieldBool, channels.FieldColor, channels.FieldList:
		case channels.FieldSecret:
			if f.Default != "" {
				s.Errorf("the secret %q has a default", f.Name)
			}
		case channels.FieldChoice:
			if len(f.Options) == 0 || f.Default != "" && !slices.Contains(f.Options, f.Default) {
				s.Errorf("the choice %q has the options %q and the default %q", f.Name, f.Options, f.Default)
			}
		default:
			s.Errorf("the field %q has the type %q", f.Name, f.Type)
		}
	}
	for name := range s.Account.Config {
		if !seen[name] {
			s.Errorf("the harness sets %q, which is no field", name)
		}
	}
}

// with returns the account with one value of its configuration changed.
func (s *stage) with(name, value string) channels.Account {
	a := s.Account
	a.Config = maps.Clone(a.Config)
	if a.Config == nil {
		a.Config = map[string]string{}
	}
	a.Config[name] = value
	return a
}

func refusesConfig(s *stage) {
	for _, f := range s.Driver.Fields() {
		var wrong []string
		if f.Required {
			wrong = append(wrong, "")
		}
		switch f.Type {
		case channels.FieldChoice, channels.FieldColor, channels.FieldBool, channels.FieldNumber:
			wrong = append(wrong, "no such value")
		}
		for _, value := range wrong {
			_, err := s.Driver.Open(s.with(f.Name, value), s.env())
			var bad *channels.ConfigError
			switch {
			case err == nil:
				s.Errorf("opened with %s = %q", f.Name, value)
			case !errors.As(err, &bad):
				s.Errorf("%s = %q is refused with %T, want *channels.ConfigError", f.Name, value, err)
			case bad.Field != f.Name || bad.RU == "" || bad.EN == "":
				s.Errorf("%s = %q is refused with %+v", f.Name, value, *bad)
			}
		}
	}
}

func survivesConfig(s *stage) {
	for _, f := range s.Driver.Fields() {
		for _, value := range []string{"", " ", "\x00", "-1", "99999999999999999999", ",,,", "ж", "%%%", "://", strings.Repeat("x", 100_000)} {
			account := s.with(f.Name, value)
			a, err := s.Driver.Open(account, s.env())
			if (a == nil) == (err == nil) {
				s.Errorf("%s = %.20q: adapter %v, error %v", f.Name, value, a != nil, err != nil)
			}
			if err == nil {
				continue
			}
			for name, hidden := range s.secrets() {
				if name != f.Name && strings.Contains(err.Error(), hidden) {
					s.Errorf("the error about %s holds the secret %q", f.Name, name)
				}
			}
			if f.Type == channels.FieldSecret && len(value) > 100 && strings.Contains(err.Error(), value) {
				s.Errorf("the error about the secret %s repeats it", f.Name)
			}
		}
	}
}
