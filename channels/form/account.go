package form

import (
	"context"

	"parley/channels"
)

// Account is one form.
type Account struct {
	id     channels.AccountID
	config Config
	env    channels.Env
	recent *recent
}

var _ channels.Adapter = (*Account)(nil)

// ID returns the account's id.
func (a *Account) ID() channels.AccountID { return a.id }

// Config returns the account's configuration.
func (a *Account) Config() Config { return a.config }

// Run implements channels.Adapter: people come to us, so there is nothing to connect to.
func (*Account) Run(ctx context.Context, in channels.Inbound) error {
	in.Report(ctx, channels.Status{State: channels.StateConnected})
	<-ctx.Done()
	return nil
}

// CodeNoAnswer is the code of every send.
const CodeNoAnswer = "not_answerable"

// Send implements channels.Adapter: it refuses.
func (*Account) Send(context.Context, channels.Outgoing) (channels.Sent, error) {
	return channels.Sent{}, phrases.Failure(channels.Permanent, CodeNoAnswer, "")
}

// Limits implements channels.Adapter: nothing can be sent.
func (*Account) Limits() channels.Limits { return channels.Limits{} }
