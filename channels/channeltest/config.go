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
		{name: "asks for what applies and ignores the rest", run: conditionalConfig},
		{name: "survives any configuration", run: survivesConfig},
	}
}

func describesConfig(s *stage) {
	if s.Driver.Kind() != s.Account.Kind || s.Account.Kind == "" {
		s.Errorf("the driver is of kind %q, the account of %q", s.Driver.Kind(), s.Account.Kind)
	}
	seen := map[string]bool{}
	fields := s.Driver.Fields()
	for i, f := range fields {
		if f.Name == "" || seen[f.Name] {
			s.Errorf("the field %q is nameless or there twice", f.Name)
		}
		seen[f.Name] = true
		if f.Label.RU == "" || f.Label.EN == "" || (f.Help.RU == "") != (f.Help.EN == "") {
			s.Errorf("the field %q lacks words in one of the languages", f.Name)
		}
		describesOptions(s, f)
		describesWhen(s, f, fields[:i])
		switch f.Type {
		case channels.FieldText, channels.FieldLong, channels.FieldNumber, channels.FieldBool, channels.FieldColor, channels.FieldList:
		case channels.FieldSecret:
			if f.Default != "" {
				s.Errorf("the secret %q has a default", f.Name)
			}
		case channels.FieldChoice:
			if len(f.Options) == 0 || f.Default != "" && !f.Takes(f.Default) {
				s.Errorf("the choice %q has the options %v and the default %q", f.Name, f.Options, f.Default)
			}
		default:
			s.Errorf("the field %q has the type %q", f.Name, f.Type)
		}
	}
	if h, ok := s.Driver.(channels.Hooker); ok {
		describesHooks(s, fields, h.Hooks())
	}
	for name := range s.Account.Config {
		if !seen[name] {
			s.Errorf("the harness sets %q, which is no field", name)
		}
	}
}

// describesOptions holds what people choose of: each value once, with words for it.
func describesOptions(s *stage, f channels.Field) {
	seen := map[string]bool{}
	for _, o := range f.Options {
		if o.Value == "" || seen[o.Value] || o.Label.RU == "" || o.Label.EN == "" {
			s.Errorf("the field %q has the option %+v, which is empty, there twice or without words", f.Name, o)
		}
		seen[o.Value] = true
	}
}

// describesWhen holds a field to a condition that can be met, by what stands before it.
func describesWhen(s *stage, f channels.Field, before []channels.Field) {
	if f.When.Field == "" {
		return
	}
	i := slices.IndexFunc(before, func(b channels.Field) bool { return b.Name == f.When.Field })
	if i < 0 || len(f.When.Values) == 0 || before[i].Type == channels.FieldSecret {
		s.Errorf("the field %q waits for %+v, which nothing before it can be", f.Name, f.When)
		return
	}
	for _, value := range f.When.Values {
		if len(before[i].Options) > 0 && !before[i].Takes(value) {
			s.Errorf("the field %q waits for %q, which %q cannot be", f.Name, value, before[i].Name)
		}
	}
}

// describesHooks holds a driver to fields that there are.
func describesHooks(s *stage, fields []channels.Field, hooks []channels.Hook) {
	for _, h := range hooks {
		describesWhen(s, channels.Field{Name: "webhook", When: h.When}, fields)
		if h.Paste.RU == "" || h.Paste.EN == "" {
			s.Errorf("what to do with the webhook's address is not said in both languages")
		}
		for _, name := range h.With {
			if !applies(fields, name) {
				s.Errorf("with the webhook's address goes %q, which is no field", name)
			}
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
	for _, f := range s.applying(s.Account) {
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

// applying lists the fields that apply to an account.
func (s *stage) applying(a channels.Account) []channels.Field {
	return channels.Applying(s.Driver.Fields(), func(name string) string { return a.Config[name] })
}

// conditionalConfig enters something for every field that does not apply, which is ignored,
// and chooses what makes each apply, whereupon what it asks for may be missed.
func conditionalConfig(s *stage) {
	for _, f := range s.Driver.Fields() {
		if f.When.Field == "" || applies(s.applying(s.Account), f.Name) {
			continue
		}
		for _, value := range []string{"", "no such value", "\x00", strings.Repeat("x", 100_000)} {
			if _, err := s.Driver.Open(s.with(f.Name, value), s.env()); err != nil {
				s.Errorf("%s does not apply, yet %.20q there is refused: %v", f.Name, value, err)
			}
		}
		if f.Required {
			s.missed(f)
		}
	}
}

// missed makes a required field apply, empty, and wants a complaint about a field that applies then.
func (s *stage) missed(f channels.Field) {
	account := s.with(f.Name, "")
	fields := s.Driver.Fields()
	for when := f.When; when.Field != ""; {
		account.Config[when.Field] = when.Values[0]
		i := slices.IndexFunc(fields, func(b channels.Field) bool { return b.Name == when.Field })
		if i < 0 {
			return // describesWhen complains
		}
		when = fields[i].When
	}
	_, err := s.Driver.Open(account, s.env())
	var bad *channels.ConfigError
	if !errors.As(err, &bad) || !applies(s.applying(account), bad.Field) {
		s.Errorf("%s is missed where %s is %q, and the driver says %v", f.Name, f.When.Field, f.When.Values[0], err)
	}
}

func applies(fields []channels.Field, name string) bool {
	return slices.ContainsFunc(fields, func(f channels.Field) bool { return f.Name == name })
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
