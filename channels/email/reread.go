package email

import (
	"context"
	"fmt"

	"parley/channels"
	"parley/channels/email/imap"
)

var _ channels.Rereader = (*Account)(nil)

// Reread implements channels.Rereader: a mail in quarantine is kept whole as a file. Of one of which only the
// beginning came there is nothing to read.
func (a *Account) Reread(ctx context.Context, k channels.Kept) ([]channels.Event, error) {
	if k.Original == nil {
		return nil, nil
	}
	r, err := a.env.Files.Open(ctx, *k.Original)
	if err != nil {
		return nil, fmt.Errorf("open kept mail: %w", err)
	}
	defer func() { _ = r.Close() }() // it was only read
	ev, err := a.event(ctx, imap.Mail{Original: *k.Original, Received: k.At}, r)
	if err != nil {
		return nil, err
	}
	return []channels.Event{ev}, nil
}
