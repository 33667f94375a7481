package email

import (
	"context"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
	"parley/channels/email/imap"
	"parley/channels/email/smtp"
)

// What one mail may hold. Common servers take mails of 25 MB (Google, Mail.ru; Yandex 30 MB,
// Microsoft 35 MB; looked up in their help pages in 2026), and files grow by a third on the way.
const (
	MaxText      = 500_000  // bytes
	MaxFiles     = 50       // per mail
	MaxFileBytes = 25 << 20 // per file
)

// rate keeps a runaway from having the account closed: providers allow some hundred mails a day and
// tens a minute to ordinary mailboxes. Mailings have a pace of their own.
func rate() channels.Rate { return channels.Rate{Count: 60, Per: time.Minute} }

// Account is one mailbox.
type Account struct {
	env      channels.Env
	settings settings
	receiver *imap.Receiver
	sender   *smtp.Sender
}

var (
	_ channels.Adapter = (*Account)(nil)
	_ channels.Tester  = (*Account)(nil)
	_ channels.Checker = (*Account)(nil)
)

// Run implements channels.Adapter.
func (a *Account) Run(ctx context.Context, in channels.Inbound) error {
	err := a.receiver.Run(ctx, in)
	if ctx.Err() != nil { // for good: otherwise Run is called again, and messages are sent meanwhile
		a.sender.Close()
	}
	return err
}

// Send implements channels.Adapter.
func (a *Account) Send(ctx context.Context, m channels.Outgoing) (channels.Sent, error) {
	if err := a.Limits().Check(m); err != nil {
		return channels.Sent{}, err
	}
	return a.sender.Send(ctx, m)
}

// Limits implements channels.Adapter.
func (a *Account) Limits() channels.Limits {
	return channels.Limits{
		Text:       channels.TextLimit{Max: MaxText, Unit: channels.UnitBytes},
		Files:      channels.FileLimit{MaxBytes: MaxFileBytes, MaxCount: MaxFiles},
		HTML:       true,
		Subject:    true,
		WriteFirst: true,
		PerAccount: rate(),

		SendTimeout: smtp.SendTimeout,
	}
}

// Test implements channels.Tester: both servers, the receiving one first.
func (a *Account) Test(ctx context.Context) error {
	if err := a.receiver.Test(ctx); err != nil {
		return err
	}
	return a.sender.Probe(ctx)
}

// Check implements channels.Checker.
func (a *Account) Check(ctx context.Context) []channels.Check {
	receiving := make(chan error, 1)
	go func() { receiving <- a.receiver.Test(ctx) }()
	sending := a.sender.Probe(ctx)
	return []channels.Check{
		{Part: string(connect.IMAP), Title: words("Получение", "Receiving"), Err: <-receiving},
		{Part: string(connect.SMTP), Title: words("Отправка", "Sending"), Err: sending},
	}
}

// consenting is an account that its owner signs in at the provider's page.
type consenting struct{ *Account }

var _ channels.Authenticator = (*consenting)(nil)

// Login implements channels.Authenticator.
func (c *consenting) Login(ctx context.Context, s channels.LoginStep) (channels.LoginState, error) {
	return connect.Consent{
		Grant: *c.settings.grant, HTTP: c.env.HTTP, Now: c.env.Now, Hint: c.settings.own.address,
	}.Login(ctx, s)
}
