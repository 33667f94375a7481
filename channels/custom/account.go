package custom

import (
	"context"
	"time"

	"parley/channels"
)

// Account is one system that was connected.
type Account struct {
	id     channels.AccountID
	secret string
	out    string // "" = it cannot be written to
	env    channels.Env
}

var (
	_ channels.Adapter    = (*Account)(nil)
	_ channels.Webhook    = (*Account)(nil)
	_ channels.Fetcher    = (*Account)(nil)
	_ channels.Tester     = (*Account)(nil)
	_ channels.Editor     = (*Account)(nil)
	_ channels.Deleter    = (*Account)(nil)
	_ channels.Reactor    = (*Account)(nil)
	_ channels.Typer      = (*Account)(nil)
	_ channels.ReadMarker = (*Account)(nil)
)

// What a message may hold. These are our own limits; they keep a body with its files in
// base64 below 40 MB.
const (
	maxText    = 100_000 // runes
	maxFiles   = 5
	maxFile    = 5 << 20 // bytes
	maxButtons = 30
	perRow     = 8
	maxLabel   = 200 // runes
	maxData    = 256 // bytes

	// amend is for how long messages are changed: what the other side makes of it is its own.
	amend = 365 * 24 * time.Hour
)

// Run implements channels.Adapter: the other system comes to us, so there is nothing to
// connect to.
func (*Account) Run(ctx context.Context, in channels.Inbound) error {
	in.Report(ctx, channels.Status{State: channels.StateConnected})
	<-ctx.Done()
	return nil
}

// Limits implements channels.Adapter. The receiver de-duplicates by our id, as it was asked
// to: that is what SafeResend stands on.
func (a *Account) Limits() channels.Limits {
	if a.out == "" {
		return channels.Limits{Reactions: true, EditWindow: amend, DeleteWindow: amend, SafeResend: true}
	}
	return channels.Limits{
		Text:         channels.TextLimit{Max: maxText, Unit: channels.UnitRunes},
		Files:        channels.FileLimit{MaxBytes: maxFile, MaxCount: maxFiles},
		HTML:         true,
		Receipts:     true,
		Reactions:    true,
		EditWindow:   amend,
		DeleteWindow: amend,
		WriteFirst:   true,
		Buttons: channels.ButtonLimit{
			Max: maxButtons, PerRow: perRow, Text: channels.TextLimit{Max: maxLabel, Unit: channels.UnitRunes}, Data: maxData, Links: true, Caption: true,
		},
		SafeResend: true,
	}
}
