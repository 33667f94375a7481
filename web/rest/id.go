package rest

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// ID is an object's id as callers see it: a positive number in decimal, as a string.
// Use it for path and query parameters and in bodies. A malformed one is 404 in a
// path and 422 elsewhere.
type ID string

// Ref is an ID in an output that may be absent: "" is null.
type Ref string

const idPattern = "^[1-9][0-9]{0,18}$"

// IDOf writes an id.
func IDOf[T ~int64](n T) ID { return ID(strconv.FormatInt(int64(n), 10)) }

// IDsOf writes a list of ids; never nil.
func IDsOf[T ~int64](in []T) []ID {
	out := make([]ID, len(in))
	for i, n := range in {
		out[i] = IDOf(n)
	}
	return out
}

// RefOf writes an id that may be 0 for none.
func RefOf[T ~int64](n T) Ref {
	if n == 0 {
		return ""
	}
	return Ref(IDOf(n))
}

// Num reads an id that passed validation; "" is 0.
func Num[T ~int64](id ID) T {
	if id == "" {
		return 0
	}
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil {
		return math.MaxInt64 // too large to be anybody's
	}
	return T(n)
}

// Nums reads a list of ids.
func Nums[T ~int64](in []ID) []T {
	out := make([]T, len(in))
	for i, id := range in {
		out[i] = Num[T](id)
	}
	return out
}

// Schema describes an ID.
func (ID) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: idPattern, PatternDescription: "an id", Examples: []any{"1042"}}
}

// MarshalJSON writes null for none.
func (r Ref) MarshalJSON() ([]byte, error) {
	if r == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(r))
}

// Schema describes a Ref.
func (Ref) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Pattern: idPattern, Nullable: true}
}
