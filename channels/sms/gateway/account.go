package gateway

import (
	"context"
	"net/url"
	"strings"

	"parley/channels"
)

// Config is an account at a gateway.
type Config struct {
	ID          channels.AccountID
	Description Description
	Login       string
	Password    string
	From        string // number or name of the sender; may be empty
	Base        string // another scheme and host than the description's; "" = its own
	Region      string
	MaxSegments int
	// Hook tells where the gateway reaches us; "" = nowhere.
	Hook func() string
}

// Account is one account at a gateway.
type Account struct {
	Config
	env channels.Env
}

var (
	_ channels.Adapter = (*Account)(nil)
	_ channels.Webhook = (*Account)(nil)
)

// Open validates a configuration. The error is a *channels.ConfigError.
func Open(c Config, env channels.Env) (*Account, error) {
	all := string(c.Description.all())
	for _, need := range []struct{ hole, value, field string }{
		{"{login}", c.Login, "login"}, {"{password}", c.Password, "password"}, {"{basic}", c.Login, "login"}, {"{basic}", c.Password, "password"},
	} {
		if need.value == "" && strings.Contains(all, need.hole) {
			return nil, &channels.ConfigError{Field: need.field, RU: "Этому шлюзу нужно это поле.", EN: "This gateway needs this field."}
		}
	}
	return &Account{Config: c, env: env}, nil
}

// Run implements channels.Adapter: the gateway comes to us.
func (*Account) Run(ctx context.Context, in channels.Inbound) error {
	in.Report(ctx, channels.Status{State: channels.StateConnected})
	<-ctx.Done()
	return nil
}

// Limits implements channels.Adapter.
func (a *Account) Limits() channels.Limits {
	return channels.Limits{
		Text:       channels.TextLimit{Max: a.MaxSegments, Unit: channels.UnitSegments},
		Receipts:   a.Description.Receipt != nil && a.Description.ID != "",
		WriteFirst: true, StopWords: true,
		SafeResend: a.Description.Dedup,
	}
}

// address is the description's own, or at another base.
func (a *Account) address(filled string) (string, error) {
	u, err := url.Parse(filled)
	if err != nil || a.Base == "" {
		return filled, err
	}
	base, err := url.Parse(a.Base)
	if err != nil {
		return "", err
	}
	u.Scheme, u.Host, u.Path, u.RawPath = base.Scheme, base.Host, strings.TrimSuffix(base.Path, "/")+u.Path, ""
	return u.String(), nil
}
