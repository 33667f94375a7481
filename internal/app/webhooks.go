package app

import (
	"context"

	"parley/internal/notify"
	"parley/router"
	"parley/web/rest"
	"parley/web/rules"
)

// webhooks is what pages show of the webhooks that triggers made.
type webhooks struct{ app *App }

var _ rules.Hooks = webhooks{}

// Webhooks implements rules.Hooks.
func (w webhooks) Webhooks(ctx context.Context, t router.TriggerID, cursor string, limit int) ([]rules.Webhook, string, error) {
	list, next, err := w.app.Store.Deliveries(ctx, int64(t), cursor, limit)
	return rest.Map(list, showDelivery), next, err
}

// Replay implements rules.Hooks.
func (w webhooks) Replay(ctx context.Context, id int64) (out rules.Webhook, ok bool, err error) {
	err = w.app.Store.Write(ctx, func(ctx context.Context) error {
		var d notify.Delivery
		d, ok, err = w.app.hooks.Replay(ctx, id)
		out = showDelivery(d)
		return err
	})
	return out, ok, err
}

func showDelivery(d notify.Delivery) rules.Webhook {
	return rules.Webhook{
		ID: rest.IDOf(d.ID), RunID: rest.IDOf(d.RunID), URL: d.URL, Body: d.Body, State: d.State, Status: d.Status, Error: d.Error, Tries: d.Tries,
		CreatedAt: rest.Time(d.CreatedAt), DoneAt: rest.TimeOrNull(d.DoneAt),
	}
}
