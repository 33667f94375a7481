package whatsapp

import (
	"context"
	"time"

	"parley/channels"
)

// Account is one phone number on the Cloud API. It is safe for concurrent use.
type Account struct {
	env      channels.Env
	settings settings
	watch    time.Duration
	graph    *graph
	reader   reader
	mark     mark
	forms    forms
	recent   recent
}

var (
	_ channels.Adapter        = (*Account)(nil)
	_ channels.Webhook        = (*Account)(nil)
	_ channels.Fetcher        = (*Account)(nil)
	_ channels.TemplateLister = (*Account)(nil)
	_ channels.Reactor        = (*Account)(nil)
	_ channels.ReadMarker     = (*Account)(nil)
	_ channels.Typer          = (*Account)(nil)
	_ channels.Checker        = (*Account)(nil)
)

// Run implements channels.Adapter. The network pushes, so there is nothing to hold open: Run looks now
// and then whether the token and the number still hold, which is what a revoked token is noticed by while
// nobody writes.
func (a *Account) Run(ctx context.Context, in channels.Inbound) error {
	in.Report(ctx, channels.Status{State: channels.StateConnecting})
	ticker := time.NewTicker(a.watch)
	defer ticker.Stop()
	for connected := false; ; {
		if err := a.lookUpNumber(ctx); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		if !connected {
			connected = true
			in.Report(ctx, channels.Status{State: channels.StateConnected})
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// asError keeps a nil *Error from becoming an error that is not nil.
func asError(err *channels.Error) error {
	if err == nil {
		return nil
	}
	return err
}
