package twilio

import (
	"context"
	"fmt"
	"net/url"

	"parley/channels"
)

var _ channels.Rereader = (*Account)(nil)

// Reread implements channels.Rereader: what is kept of each event is the form that was posted.
func (a *Account) Reread(_ context.Context, k channels.Kept) ([]channels.Event, error) {
	form, err := url.ParseQuery(string(k.Raw))
	if err != nil {
		return nil, fmt.Errorf("read form: %w", err)
	}
	ev, ok := a.event(form, channels.Request{Body: k.Raw})
	if !ok {
		return nil, nil
	}
	return []channels.Event{ev}, nil
}
