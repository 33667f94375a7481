package rules

import (
	"context"
	"net/http"

	"parley/channels"
	"parley/inbox/intake"
	"parley/router"
	"parley/web/rest"
)

// NewOrder is a list in another order. Whoever sends it says which order they saw: when
// that is no longer so, nothing is changed and the answer is 409.
type NewOrder struct {
	IDs []rest.ID `json:"ids" maxItems:"1000" doc:"The whole list in its new order."`
	Was []rest.ID `json:"was" maxItems:"1000" doc:"The whole list in the order that the caller saw."`
}

func (r *Rules) declareOrder(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "order-triggers", Method: http.MethodPut, Path: "/triggers/order", Need: rest.Write("triggers").For(makers...), Summary: "Put triggers into another order, all at once",
	}, func(ctx context.Context, _ rest.Caller, in *struct{ Body NewOrder }) (*rest.None, error) {
		return nil, r.router.OrderTriggers(ctx, rest.Nums[router.TriggerID](in.Body.Was), rest.Nums[router.TriggerID](in.Body.IDs))
	})
	rest.Add(api, rest.Op{
		ID: "order-intake-rules", Method: http.MethodPut, Path: "/accounts/{id}/intake-rules/order", Need: rest.Write("accounts").For(makers...), Summary: "Put a channel's intake rules into another order, all at once",
	}, func(ctx context.Context, who rest.Caller, in *struct {
		ByID
		Body NewOrder
	}) (*rest.None, error) {
		id := rest.Num[channels.AccountID](in.ID)
		if err := r.seen(ctx, who, id); err != nil {
			return nil, err
		}
		return nil, r.intake.Order(ctx, id, rest.Nums[intake.RuleID](in.Body.Was), rest.Nums[intake.RuleID](in.Body.IDs))
	})
}
