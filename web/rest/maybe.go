package rest

import (
	"bytes"
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// Maybe is a field of a PATCH body: absent leaves things as they are, null clears
// them, a value sets them. Mark the field `required:"false"`.
type Maybe[T any] struct {
	Set   bool // the field was there
	Null  bool // and it was null
	Value T    // zero when absent or null
}

// UnmarshalJSON notes that the field was there.
func (m *Maybe[T]) UnmarshalJSON(data []byte) error {
	m.Set = true
	if bytes.Equal(data, []byte("null")) {
		m.Null = true
		return nil
	}
	return json.Unmarshal(data, &m.Value)
}

// Ptr returns nil when the field was absent, else the value; null is the zero value.
func (m Maybe[T]) Ptr() *T {
	if !m.Set {
		return nil
	}
	return &m.Value
}

// Schema describes the value, which may be null.
func (m Maybe[T]) Schema(r huma.Registry) *huma.Schema {
	s := *r.Schema(reflect.TypeFor[T](), false, "")
	s.Nullable = true
	return &s
}

// NumPtr turns a Maybe of an id into a pointer as patches take it: nil when absent,
// 0 when null.
func NumPtr[T ~int64](m Maybe[ID]) *T {
	if !m.Set {
		return nil
	}
	n := Num[T](m.Value)
	return &n
}
