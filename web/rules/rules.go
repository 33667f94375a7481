package rules

import (
	"context"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/intake"
	"parley/internal/auth"
	"parley/router"
	"parley/web/rest"
)

// Deps is what a Rules is made of. Every field is needed.
type Deps struct {
	Router *router.Service
	// Secret is what a trigger's webhooks are signed with.
	Secret func(router.TriggerID) string
	Hooks  Hooks
	Intake *intake.Rules
	// Account refuses a channel that the viewer does not see.
	Account func(ctx context.Context, v actor.Viewer, id channels.AccountID) error
}

// Rules declares the operations of this package.
type Rules struct {
	router *router.Service
	secret func(router.TriggerID) string
	hooks  Hooks

	intake  *intake.Rules
	account func(ctx context.Context, v actor.Viewer, id channels.AccountID) error
}

// New makes a Rules.
func New(d Deps) *Rules {
	return &Rules{router: d.Router, secret: d.Secret, hooks: d.Hooks, intake: d.Intake, account: d.Account}
}

// makers may set up what happens by itself.
var makers = []auth.Role{auth.RoleAdmin, auth.RoleLead}

// Declare adds the operations to an API.
func (r *Rules) Declare(api *rest.API) {
	r.declareFields(api)
	r.declareTriggers(api)
	r.declareRuns(api)
	r.declareWebhooks(api)
	r.declareMacros(api)
	r.declareSchedules(api)
	r.declareIntake(api)
	r.declareOrder(api)
}

// ByID is embedded in the inputs of operations on one object.
type ByID struct {
	ID rest.ID `path:"id"`
}

// Hooks are webhooks that triggers made.
type Hooks interface {
	// Webhooks returns a page of a trigger's, the newest first.
	Webhooks(ctx context.Context, t router.TriggerID, cursor string, limit int) ([]Webhook, string, error)
	// Replay makes one again; false when there is none or it still waits.
	Replay(ctx context.Context, id int64) (Webhook, bool, error)
}
