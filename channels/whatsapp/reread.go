package whatsapp

import (
	"context"

	"parley/channels"
)

var _ channels.Rereader = (*Account)(nil)

// Reread implements channels.Rereader: what is kept of each event is a push of its own.
func (a *Account) Reread(_ context.Context, k channels.Kept) ([]channels.Event, error) {
	return a.reader.read(k.Raw).events, nil
}
