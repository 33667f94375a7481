package rest

import (
	"context"

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

// Unwrap returns the context below, for humafiber.Unwrap.
func (x *exchange) Unwrap() huma.Context { return x.below }
