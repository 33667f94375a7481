package channels

import (
	"slices"
	"strings"
)

// FieldType says how a configuration field is entered.
type FieldType string

// The types of configuration fields.
const (
	FieldText   FieldType = "text"
	FieldLong   FieldType = "long" // a text of several lines
	FieldNumber FieldType = "number"
	FieldBool   FieldType = "bool"
	FieldSecret FieldType = "secret" // write-only
	FieldChoice FieldType = "choice"
	FieldColor  FieldType = "color"
	FieldList   FieldType = "list" // comma-separated
)

// Words is a text in the product's languages.
type Words struct {
	RU string `json:"ru"`
	EN string `json:"en"`
}

// Field describes one value of an account's configuration.
type Field struct {
	Name     string
	Type     FieldType
	Required bool // where the field applies
	Default  string
	Options  []Option // of a choice, and of a list that takes nothing else
	Label    Words
	Help     Words
	// When tells where the field applies; the zero value is everywhere. It names a field
	// that stands before this one.
	When Condition
}

// Option is a value that may be chosen. Value is what the API and the database hold and
// never changes; people read the label.
type Option struct {
	Value string
	Label Words
}

// Takes tells whether a value is among the field's options.
func (f Field) Takes(value string) bool {
	return slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == value })
}

// Condition holds where the named field applies and has one of the values. The zero value
// holds always.
type Condition struct {
	Field  string
	Values []string
}

// Applying returns those of the fields that apply, in their order; value tells what a field
// has, "" where it has nothing and its default counts.
func Applying(fields []Field, value func(name string) string) []Field {
	var list []Field
	has := map[string]string{} // of the fields that apply
	for _, f := range fields {
		if on, applies := has[f.When.Field]; f.When.Field != "" && !(applies && slices.Contains(f.When.Values, on)) {
			continue
		}
		v := strings.TrimSpace(value(f.Name))
		if v == "" {
			v = f.Default
		}
		has[f.Name] = v
		list = append(list, f)
	}
	return list
}

// OnlyApplying returns the values of the fields that apply. A driver opens an account with
// these: what was entered for another mode, or for another provider, means nothing.
func OnlyApplying(fields []Field, config map[string]string) map[string]string {
	kept := map[string]string{}
	for _, f := range Applying(fields, func(name string) string { return config[name] }) {
		if v, given := config[f.Name]; given {
			kept[f.Name] = v
		}
	}
	return kept
}
