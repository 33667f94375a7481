package accounts

import (
	"maps"
	"slices"

	"parley/channels"
	"parley/internal/fault"
	"parley/internal/secret"
)

// settings are the values of an account by field name: what was given, openly and in
// secret.
type settings struct {
	open    map[string]any
	secrets map[string]string
}

// change returns the settings with values put in and taken away. The fault names every
// field that is wrong. What does not apply is neither looked at nor kept.
func (s settings) change(fields []channels.Field, values map[string]any) (settings, error) {
	next := settings{open: maps.Clone(s.open), secrets: maps.Clone(s.secrets)}
	if next.open == nil {
		next.open = map[string]any{}
	}
	if next.secrets == nil {
		next.secrets = map[string]string{}
	}
	var wrong fault.Collector
	flawed := map[string]bool{} // one complaint about a field is enough
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !slices.ContainsFunc(fields, func(f channels.Field) bool { return f.Name == name }) {
			wrong.Add(path(name), "unknown", fault.T("У таких каналов этого поля нет.", "Accounts of this kind have no such field."))
		}
	}
	// A field stands behind the one that it depends on, whose value is therefore settled.
	for i, f := range fields {
		if !next.applies(fields[:i+1], f) {
			delete(next.open, f.Name)
			delete(next.secrets, f.Name)
			continue
		}
		if v, given := values[f.Name]; given {
			if flaw := next.set(f, v); flaw != nil {
				wrong.Add(path(f.Name), flaw.code, flaw.text)
				flawed[f.Name] = true
			}
		}
	}
	for _, f := range next.applying(fields) {
		if f.Required && !flawed[f.Name] && !next.has(f) {
			wrong.Add(path(f.Name), "required", fault.T("Заполните это поле.", "Fill this field in."))
		}
	}
	return next, wrong.Err()
}

// applying lists the fields that apply. Nothing depends on a secret.
func (s settings) applying(fields []channels.Field) []channels.Field {
	return channels.Applying(fields, func(name string) string {
		i := slices.IndexFunc(fields, func(f channels.Field) bool { return f.Name == name })
		return rendered(s.value(fields[i]))
	})
}

// applies tells whether the last of the fields applies.
func (s settings) applies(fields []channels.Field, last channels.Field) bool {
	list := s.applying(fields)
	return len(list) > 0 && list[len(list)-1].Name == last.Name
}

func path(field string) string { return "config." + field }

// set puts one value in, or takes it away when it is nil.
func (s settings) set(f channels.Field, v any) *flaw {
	if v == nil {
		delete(s.open, f.Name)
		delete(s.secrets, f.Name)
		return nil
	}
	kept, flaw := typed(f, v)
	switch {
	case flaw != nil:
		return flaw
	case f.Type == channels.FieldSecret && kept != nil && kept != secret.Mask:
		s.secrets[f.Name] = kept.(string)
	case f.Type == channels.FieldSecret: // a form that was not shown the secret sends it back empty
	case kept == nil:
		delete(s.open, f.Name)
	default:
		s.open[f.Name] = kept
	}
	return nil
}

func (s settings) has(f channels.Field) bool {
	if f.Type == channels.FieldSecret {
		return s.secrets[f.Name] != ""
	}
	return s.open[f.Name] != nil || f.Default != ""
}

// shown returns the open values that apply, with defaults where nothing was given.
func (s settings) shown(fields []channels.Field) map[string]any {
	all := map[string]any{}
	for _, f := range s.applying(fields) {
		if f.Type == channels.FieldSecret {
			continue
		}
		if v := s.value(f); v != nil {
			all[f.Name] = v
		}
	}
	return all
}

// value is a field's open value. What is stored is read as leniently as it may have
// been written by an older version: a value that fits no more is as if not given.
func (s settings) value(f channels.Field) any {
	if v := s.open[f.Name]; v != nil {
		if kept, flaw := typed(f, v); flaw == nil && kept != nil {
			return kept
		}
	}
	return ordinary(f)
}

// forDriver returns the values that apply as drivers read them.
func (s settings) forDriver(fields []channels.Field) map[string]string {
	all := map[string]string{}
	for _, f := range s.applying(fields) {
		if f.Type == channels.FieldSecret {
			if v := s.secrets[f.Name]; v != "" {
				all[f.Name] = v
			}
			continue
		}
		if v := s.value(f); v != nil {
			all[f.Name] = rendered(v)
		}
	}
	return all
}

// known names the secret fields that apply and have a value.
func (s settings) known(fields []channels.Field) []string {
	names := []string{}
	for _, f := range s.applying(fields) {
		if f.Type == channels.FieldSecret && s.secrets[f.Name] != "" {
			names = append(names, f.Name)
		}
	}
	return names
}
