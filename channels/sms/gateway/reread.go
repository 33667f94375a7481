package gateway

import (
	"context"

	"parley/channels"
)

var _ channels.Rereader = (*Account)(nil)

// Reread implements channels.Rereader: what is kept of each event is the push, or where that had no body, its query.
func (a *Account) Reread(_ context.Context, k channels.Kept) ([]channels.Event, error) {
	events, _ := a.events(channels.Request{Body: k.Raw})
	return events, nil
}
