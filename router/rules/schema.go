package rules

import (
	"fmt"
	"slices"

	"parley/internal/fault"
)

// Type is what a field holds, which decides how it can be compared.
type Type string

// The types of fields.
const (
	Text   Type = "text"
	Number Type = "number"
	Bool   Type = "bool"
	Time   Type = "time"
	Choice Type = "choice" // one of Options
	Ref    Type = "ref"    // the id of something: an agent, a team, an account
	List   Type = "list"   // several texts, such as words
	Refs   Type = "refs"   // several ids, such as labels
)

// Field is something that conditions may speak of.
type Field struct {
	Name    string // "message.text"
	Type    Type
	Label   fault.Text
	Options []string // of a Choice: the values there are
	Of      string   // of a Ref or Refs: what they name, as a path word of the API: "teams"
}

// ops are the comparisons that a type admits, in the order in which they are offered.
var ops = map[Type][]Op{
	Text:   {Contains, NotContains, Equals, NotEquals, StartsWith, Matches, In, NotIn, Empty, NotEmpty},
	Number: {Equals, NotEquals, GT, GTE, LT, LTE, In, NotIn, Empty, NotEmpty},
	Bool:   {Equals, NotEquals},
	Time:   {GT, LT, WithinHours, NotWithinHours, Empty, NotEmpty},
	Choice: {Equals, NotEquals, In, NotIn, Empty, NotEmpty},
	Ref:    {Equals, NotEquals, In, NotIn, Empty, NotEmpty},
	List:   {Contains, NotContains, In, NotIn, Empty, NotEmpty},
	Refs:   {Contains, NotContains, In, NotIn, Empty, NotEmpty},
}

// Ops returns the comparisons that the field admits.
func (f Field) Ops() []Op { return slices.Clone(ops[f.Type]) }

// Schema is a set of fields. It does not change and may be used concurrently.
type Schema struct {
	fields []Field
	index  map[string]int
}

// NewSchema returns a schema of the given fields. Two of one name, or one of an unknown
// type, are a mistake of the program and panic.
func NewSchema(fields ...Field) *Schema {
	s := &Schema{fields: slices.Clone(fields), index: make(map[string]int, len(fields))}
	for i, f := range fields {
		if _, twice := s.index[f.Name]; twice || ops[f.Type] == nil {
			panic(fmt.Sprintf("field %q is of type %q or given twice", f.Name, f.Type))
		}
		s.index[f.Name] = i
	}
	return s
}

// Fields returns what conditions may speak of, in the order given.
func (s *Schema) Fields() []Field { return slices.Clone(s.fields) }

// Field finds a field by its name.
func (s *Schema) Field(name string) (Field, bool) {
	i, ok := s.index[name]
	if !ok {
		return Field{}, false
	}
	return s.fields[i], true
}
