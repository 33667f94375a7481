package rest

import (
	"context"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// below is huma's context under a name that leaves Context to the method.
type below = huma.Context

// exchange is a huma.Context with a context and, once an error was translated, a
// status of ours.
type exchange struct {
	below
	ctx    context.Context
	status int
}

// Context returns the request's context with the caller in it.
func (x *exchange) Context() context.Context { return x.ctx }

// SetStatus sets the status, unless an error has decided it.
func (x *exchange) SetStatus(code int) {
	if x.status != 0 {
		code = x.status
	}
	x.below.SetStatus(code)
}

// Query returns what an address says by a name; a list may be said by comma, and by saying the
// name several times.
func (x *exchange) Query(name string) string {
	value := x.below.Query(name)
	if !lists(x.Operation(), name) {
		return value
	}
	u := x.URL()
	said := slices.DeleteFunc(u.Query()[name], func(s string) bool { return s == "" })
	if len(said) < 2 {
		return value
	}
	return strings.Join(said, ",")
}

// lists tells whether a parameter of an operation's address is a list.
func lists(op *huma.Operation, name string) bool {
	return slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool {
		return p.In == "query" && p.Name == name && p.Schema != nil && p.Schema.Type == huma.TypeArray
	})
}

// Unwrap returns the context below, for humafiber.Unwrap.
func (x *exchange) Unwrap() huma.Context { return x.below }
