package twilio

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"time"

	"parley/channels"
)

// DefaultBase is where Twilio's API is.
const DefaultBase = "https://api.twilio.com"

// version is that of the API, the only one there is for messages.
const version = "/2010-04-01/Accounts/"

// Config is one Twilio account.
type Config struct {
	ID          channels.AccountID
	AccountSID  string
	AuthToken   string
	ServiceSID  string // messaging service; "" = From
	From        string // number or name of the sender
	Base        string // without a slash at the end
	Region      string
	MaxSegments int
	// Hook tells where Twilio reaches us; "" = nowhere.
	Hook func() string
}

// Account is one Twilio account.
type Account struct {
	Config
	env channels.Env
}

var (
	_ channels.Adapter = (*Account)(nil)
	_ channels.Webhook = (*Account)(nil)
	_ channels.Fetcher = (*Account)(nil)
	_ channels.Tester  = (*Account)(nil)
)

var (
	accountSID = regexp.MustCompile(`^AC[0-9a-fA-F]{32}$`)
	serviceSID = regexp.MustCompile(`^MG[0-9a-fA-F]{32}$`)
)

// Open validates a configuration. The error is a *channels.ConfigError.
func Open(c Config, env channels.Env) (*Account, error) {
	switch {
	case !accountSID.MatchString(c.AccountSID):
		return nil, wrong("account_sid", "Нужен Account SID из консоли Twilio, вида AC и 32 знака.", "The account SID of Twilio's console is needed: AC and 32 characters.")
	case c.AuthToken == "":
		return nil, wrong("auth_token", "Введите Auth Token из консоли Twilio.", "Enter the auth token of Twilio's console.")
	case c.ServiceSID != "" && !serviceSID.MatchString(c.ServiceSID):
		return nil, wrong("messaging_service_sid", "SID службы сообщений вида MG и 32 знака.", "The messaging service's SID is MG and 32 characters.")
	case c.ServiceSID == "" && c.From == "":
		return nil, wrong("source", "Укажите номер отправителя или службу сообщений.", "Give the sender's number or a messaging service.")
	}
	return &Account{Config: c, env: env}, nil
}

func wrong(field, ru, en string) error { return &channels.ConfigError{Field: field, RU: ru, EN: en} }

// Run implements channels.Adapter: Twilio comes to us. A wrong token shows at once.
func (a *Account) Run(ctx context.Context, in channels.Inbound) error {
	in.Report(ctx, channels.Status{State: channels.StateConnecting})
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	for connected := false; ; {
		if err := a.Test(ctx); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			e := channels.AsError(err)
			if e.Kind == channels.Uncertain { // nothing of ours was on the way
				e.Kind = channels.Transient
			}
			return e
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

// watchEvery is how often the account is read while nobody writes: a token that was changed is noticed by it.
const watchEvery = 10 * time.Minute

// Limits implements channels.Adapter. A message has at most 1,600 characters
// (twilio.com/docs/api/errors/21617, 2026-11-22), which ten segments never exceed. Files would
// have to be public.
func (a *Account) Limits() channels.Limits {
	return channels.Limits{
		Text:       channels.TextLimit{Max: a.MaxSegments, Unit: channels.UnitSegments},
		Receipts:   true,
		WriteFirst: true, StopWords: true,
	}
}

// statusAddress is where Twilio reports what became of a message; "" when it could not.
func (a *Account) statusAddress(key string) string {
	hook := a.Hook()
	u, err := url.Parse(hook)
	if err != nil || u.Host == "" {
		return ""
	}
	private := u.Hostname() == "localhost" || strings.HasPrefix(u.Hostname(), "127.")
	if private && a.Base == DefaultBase {
		return "" // Twilio would refuse the whole message
	}
	return hook + "?" + url.Values{ourParam: {key}}.Encode()
}

// ourParam names our message in that address.
const ourParam = "m"
