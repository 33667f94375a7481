package channels

// FieldType says how a configuration field is entered.
type FieldType string

// The types of configuration fields.
const (
	FieldText   FieldType = "text"
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
	Required bool
	Default  string
	Options  []string
	Label    Words
	Help     Words
}
