package routing

import (
	"parley/internal/auth"
	"parley/router/assign"
	"parley/router/clocks"
	"parley/web/rest"
)

// Deps is what a Routing is made of. Every field is needed.
type Deps struct {
	Clocks *clocks.Service
	Assign *assign.Service
}

// Routing declares the operations of this package.
type Routing struct {
	clocks *clocks.Service
	assign *assign.Service
}

// New makes a Routing.
func New(d Deps) *Routing { return &Routing{clocks: d.Clocks, assign: d.Assign} }

// makers may set up who answers and by when.
var makers = []auth.Role{auth.RoleAdmin, auth.RoleLead}

// Declare adds the operations to an API.
func (r *Routing) Declare(api *rest.API) {
	r.declarePolicies(api)
	r.declareClocks(api)
	r.declareBoard(api)
	r.declareNext(api)
	r.declareAbsences(api)
}

// ByID is embedded in the inputs of operations on one object.
type ByID struct {
	ID rest.ID `path:"id"`
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}
