package telegram

import (
	"context"

	"parley/channels"
)

var _ channels.Rereader = (*Account)(nil)

// Reread implements channels.Rereader: what is kept of each event is its update.
func (a *Account) Reread(_ context.Context, k channels.Kept) ([]channels.Event, error) {
	return parse(k.Raw).events, nil
}
