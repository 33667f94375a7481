package rules

import (
	"context"
	"net/http"
	"time"

	"parley/internal/fault"
	"parley/router"
	"parley/web/rest"
)

// errNoWebhook says that there is nothing to replay.
var errNoWebhook = fault.New(fault.Conflict, "webhook_not_settled", fault.T("Такого вызова нет или он ещё выполняется.", "There is no such call, or it is still being made."))

// Webhook is one call that a trigger made, and what came of it.
type Webhook struct {
	ID        rest.ID    `json:"id"`
	RunID     rest.ID    `json:"run_id"`
	URL       string     `json:"url"`
	Body      string     `json:"body" doc:"JSON, as it was signed."`
	State     string     `json:"state" enum:"waiting,done,failed"`
	Status    int        `json:"status" doc:"HTTP status of the last answer; 0: none."`
	Error     string     `json:"error"`
	Tries     int        `json:"tries"`
	CreatedAt time.Time  `json:"created_at"`
	DoneAt    *time.Time `json:"done_at"`
}

func (r *Rules) declareWebhooks(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "list-trigger-webhooks", Method: http.MethodGet, Path: "/triggers/{id}/webhooks", Need: rest.Read("triggers").For(makers...), Summary: "Webhooks that a trigger made, the newest first",
	}, func(ctx context.Context, _ rest.Caller, in *listOf) (*rest.Body[rest.Page[Webhook]], error) {
		limit := 50
		if in.Limit > 0 {
			limit = in.Limit
		}
		list, next, err := r.hooks.Webhooks(ctx, rest.Num[router.TriggerID](in.ID), in.Cursor, limit)
		if err != nil {
			return nil, err
		}
		return rest.List(list, next, func(w Webhook) Webhook { return w }), nil
	})
	rest.Add(api, rest.Op{
		ID: "replay-webhook", Method: http.MethodPost, Path: "/trigger-webhooks/{id}/replay", Need: rest.Write("triggers").For(makers...), Summary: "Make a webhook again",
	}, func(ctx context.Context, _ rest.Caller, in *ByID) (*rest.Body[Webhook], error) {
		w, ok, err := r.hooks.Replay(ctx, rest.Num[int64](in.ID))
		if err == nil && !ok {
			err = errNoWebhook
		}
		if err != nil {
			return nil, err
		}
		return rest.Reply(w), nil
	})
}
