package vk

import (
	"context"

	"parley/channels"
)

var _ channels.Rereader = (*Account)(nil)

// Reread implements channels.Rereader: what is kept of each event is its update, without the secret.
func (a *Account) Reread(ctx context.Context, k channels.Kept) ([]channels.Event, error) {
	events, _ := a.read(ctx, [][]byte{k.Raw})
	return events, nil
}
