package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// Op compares a field with a value.
type Op string

// The comparisons. Texts are compared without case, and ё counts as е.
const (
	Equals      Op = "equals"
	NotEquals   Op = "not_equals"
	Contains    Op = "contains" // a text holds a text; a list holds an element
	NotContains Op = "not_contains"
	StartsWith  Op = "starts_with"
	Matches     Op = "matches" // a regular expression of RE2's syntax
	In          Op = "in"      // is one of; a list has one of
	NotIn       Op = "not_in"
	GT          Op = "gt"
	GTE         Op = "gte"
	LT          Op = "lt"
	LTE         Op = "lte"
	Empty       Op = "empty" // takes no value
	NotEmpty    Op = "not_empty"
	// WithinHours asks of a time: with a number whether it is at most so many hours away,
	// with the id of a schedule whether it is within its hours.
	WithinHours    Op = "within_hours"
	NotWithinHours Op = "not_within_hours"
)

// Condition is what somebody wrote: exactly one of All, Any, Not and Field is set. The
// zero Condition asks for nothing and is always fulfilled.
type Condition struct {
	All   []Condition
	Any   []Condition
	Not   *Condition
	Field string
	Op    Op
	Value json.RawMessage // as it was written; nil = none
}

// Zero tells whether the condition asks for nothing.
func (c *Condition) Zero() bool {
	return c.All == nil && c.Any == nil && c.Not == nil && c.Field == "" && c.Op == "" && c.Value == nil
}

type written struct {
	All   *[]Condition    `json:"all,omitempty"`
	Any   *[]Condition    `json:"any,omitempty"`
	Not   *Condition      `json:"not,omitempty"`
	Field string          `json:"field,omitempty"`
	Op    Op              `json:"op,omitempty"`
	Value json.RawMessage `json:"value,omitempty"`
}

// errForm says that a condition is written as none can be.
var errForm = errors.New("a condition is one of all, any, not, or field with op and value")

// UnmarshalJSON refuses unknown words, so that a misspelt one does not become a rule
// that is always fulfilled, and groups of nothing for the same reason.
func (c *Condition) UnmarshalJSON(data []byte) error {
	if bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		*c = Condition{}
		return nil
	}
	var w written
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return err
	}
	if words := map[string]json.RawMessage{}; json.Unmarshal(data, &words) == nil {
		for word, group := range words { // in any case, as they are read
			if string(group) == "null" && slices.Contains([]string{"all", "any", "not"}, strings.ToLower(word)) {
				return errForm
			}
		}
	}
	forms := 0
	for _, set := range []bool{w.All != nil, w.Any != nil, w.Not != nil, w.Field != "" || w.Op != "" || w.Value != nil} {
		if set {
			forms++
		}
	}
	if forms > 1 {
		return errForm
	}
	*c = Condition{Not: w.Not, Field: w.Field, Op: w.Op, Value: w.Value}
	if w.All != nil {
		c.All = append([]Condition{}, *w.All...)
	}
	if w.Any != nil {
		c.Any = append([]Condition{}, *w.Any...)
	}
	return nil
}

// MarshalJSON writes the condition as it is read.
func (c Condition) MarshalJSON() ([]byte, error) {
	w := written{Not: c.Not, Field: c.Field, Op: c.Op, Value: c.Value}
	if c.All != nil {
		w.All = &c.All
	}
	if c.Any != nil {
		w.Any = &c.Any
	}
	return json.Marshal(w)
}
