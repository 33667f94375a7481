package custom

import (
	"context"
	"fmt"

	"parley/channels"
)

var _ channels.Rereader = (*Account)(nil)

// Reread implements channels.Rereader: what is kept of each event is the envelope that it came in.
func (a *Account) Reread(ctx context.Context, k channels.Kept) ([]channels.Event, error) {
	p := a.parse(k.Raw)
	if p.event == nil {
		return nil, nil
	}
	if err := a.keepFiles(ctx, p); err != nil {
		return nil, fmt.Errorf("store files of an envelope: %w", err)
	}
	return []channels.Event{*p.event}, nil
}
