package webchat

import (
	"context"
	"time"

	"parley/channels"
)

// What one message may hold, in both directions. These are our own limits.
const (
	MaxText      = 10_000   // runes
	MaxFiles     = 10       // per message
	MaxFileBytes = 25 << 20 // per file

	maxButtons   = 30
	buttonsInRow = 4
	maxLabel     = 60   // runes
	maxData      = 1000 // bytes

	// Changeable is for how long either side may change or delete what it wrote.
	Changeable = 48 * time.Hour
)

// Reactions are what either side may react with. What strangers send is shown to people: no free text.
func Reactions() []string {
	return []string{"👍", "❤️", "😁", "🎉", "🙏", "😮", "😢", "👎"}
}

// Account is the chat of one site or several.
type Account struct {
	id       channels.AccountID
	config   Config
	identity []byte
	typing   TypingFunc
}

var (
	_ channels.Adapter = (*Account)(nil)
	_ channels.Typer   = (*Account)(nil)
	_ channels.Editor  = (*Account)(nil)
	_ channels.Deleter = (*Account)(nil)
	_ channels.Reactor = (*Account)(nil)
)

// ID returns the account's id.
func (a *Account) ID() channels.AccountID { return a.id }

// Config returns the account's configuration without its secret.
func (a *Account) Config() Config { return a.config }

// KnowsUsers tells whether the site can sign its users' identities.
func (a *Account) KnowsUsers() bool { return len(a.identity) > 0 }

// Run implements channels.Adapter: visitors come to us, so there is nothing to connect to.
func (a *Account) Run(ctx context.Context, in channels.Inbound) error {
	in.Report(ctx, channels.Status{State: channels.StateConnected})
	<-ctx.Done()
	return nil
}

// Send implements channels.Adapter. The stored message is the delivery: visitors read
// every message that has come as far as sent.
func (a *Account) Send(_ context.Context, m channels.Outgoing) (channels.Sent, error) {
	if err := a.Limits().Check(m); err != nil {
		return channels.Sent{}, err
	}
	return channels.Sent{}, nil
}

// Typing implements channels.Typer.
func (a *Account) Typing(_ context.Context, chat, agentName string) error {
	a.typing(a.id, chat, agentName)
	return nil
}

// Limits implements channels.Adapter.
func (a *Account) Limits() channels.Limits {
	return channels.Limits{
		Text:     channels.TextLimit{Max: MaxText, Unit: channels.UnitRunes},
		Files:    channels.FileLimit{MaxBytes: MaxFileBytes, MaxCount: MaxFiles},
		Receipts: true, Reactions: true, Emoji: Reactions(), EditWindow: Changeable, DeleteWindow: Changeable, OwnIDs: true,
		Buttons: channels.ButtonLimit{
			Max: maxButtons, PerRow: buttonsInRow, Text: channels.TextLimit{Max: maxLabel, Unit: channels.UnitRunes}, Data: maxData, Links: true, Caption: true,
		},
		SafeResend: true,
	}
}
