package email

import (
	"context"
	"io"

	"parley/channels"
	"parley/channels/email/imap"
)

// Event makes an event of a mail as a running account does.
func (a *Account) Event(ctx context.Context, m imap.Mail, r io.Reader) (channels.Event, error) {
	return a.event(ctx, m, r)
}
