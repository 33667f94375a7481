package fault

// FieldError is one thing wrong with one field of a request.
type FieldError struct {
	// Path names the field as its room knows it: "email", "message.text",
	// "identities[0].address". Package web puts "body." before it.
	Path string
	// Code is stable and machine-readable: "required", "too_long", "taken".
	Code string
	// Text says what is wrong and what would be right.
	Text Text
}

// Error returns the path and the English text.
func (f FieldError) Error() string { return f.Path + ": " + f.Text.EN }

// CodeInvalid is the code of every fault that a field caused.
const CodeInvalid = "invalid"

// InvalidField makes an Invalid fault about one field.
func InvalidField(path, code string, text Text) *Error {
	return invalid([]FieldError{{Path: path, Code: code, Text: text}})
}

// Collector gathers field errors so that a form hears about all of them at
// once. The zero value is ready; it is not for concurrent use.
type Collector struct {
	fields []FieldError
}

// Add notes that a field is wrong.
func (c *Collector) Add(path, code string, text Text) {
	c.fields = append(c.fields, FieldError{Path: path, Code: code, Text: text})
}

// Merge takes over the fields of err when it is an Invalid fault with fields,
// and returns nil; any other error comes back as it is.
func (c *Collector) Merge(err error) error {
	f, ok := As(err)
	if !ok || f.Kind != Invalid || len(f.Fields) == 0 {
		return err
	}
	c.fields = append(c.fields, f.Fields...)
	return nil
}

// Err returns nil when nothing was noted, else one fault with every field in
// the order noted.
func (c *Collector) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return invalid(append([]FieldError(nil), c.fields...))
}

func invalid(fields []FieldError) *Error {
	e := New(Invalid, CodeInvalid, T("Проверьте отмеченные поля.", "Check the fields listed."))
	e.Fields = fields
	return e
}
