package smtp

import (
	"cmp"
	"crypto/x509"
	"strings"
	"time"

	"parley/channels"
	"parley/channels/email/compose"
	"parley/channels/email/connect"
)

// Config is an account's sending side. Server and Address are needed.
type Config struct {
	Server connect.Endpoint
	// Username and Password sign in; without a username nobody does. A TokenSource given to New comes
	// before the password.
	Username string
	Password string
	// PasswordField is the field of the account that Password comes from; "" = password. It is the one
	// that people are asked to mend.
	PasswordField string

	Address     string   // mails come from it
	FromName    string   // beside it, where a message has no author's name of its own
	Aliases     []string // further addresses that messages may be sent from
	PlusAddress bool     // answers go to the address with a token behind a plus
	DKIM        DKIM

	Hello       string         // how we introduce ourselves; "" = the domain of Address
	Roots       *x509.CertPool // nil = the system's
	Connections int            // at most so many at a time; 0 = 3
	Idle        time.Duration  // a connection that nobody uses is closed after it; 0 = 30 s
	Waits       Waits
}

// Waits are how long the server may take for one step; zeroes mean the defaults. Those of RFC 5321
// (4.5.3.2) are for relays that nobody watches; here a person and the rest of a conversation wait. So
// connecting has 20 s (connect.Door), a command and each piece of the mail a minute, and only the
// verdict has long: Postfix gives its content filters five minutes (milter_content_timeout) before it
// answers, and giving up earlier would call mails uncertain that were taken.
type Waits struct {
	Command time.Duration // for an answer to a command; 1 min
	Block   time.Duration // for taking a piece of a mail; 1 min
	Verdict time.Duration // for the answer to a whole mail; 5 min (RFC 5321, 4.5.3.2.6, asks for 10)
}

// SendTimeout is how long one attempt may sensibly take: what Limits.SendTimeout of a mail account
// should be. It leaves room for a mail of 25 MB on a slow line and the longest wait for its verdict. It is
// not how long a killed node's mails block their conversations: those are freed with its lease.
const SendTimeout = 10 * time.Minute

// maxMails is how many mails go over one connection. Servers commonly allow a hundred.
const maxMails = 90

func (c Config) complete() Config {
	c.Connections = cmp.Or(c.Connections, 3)
	c.Idle = cmp.Or(c.Idle, 30*time.Second)
	c.Waits.Command = cmp.Or(c.Waits.Command, time.Minute)
	c.Waits.Block = cmp.Or(c.Waits.Block, time.Minute)
	c.Waits.Verdict = cmp.Or(c.Waits.Verdict, 5*time.Minute)
	return c
}

// addresses returns those that mails may come from, the first of them the account's own. The
// error is a *channels.ConfigError.
func (c Config) addresses() ([]string, error) {
	own, _, err := compose.Envelope(c.Address)
	if err != nil {
		return nil, &channels.ConfigError{Field: "address", RU: "Это не адрес электронной почты.", EN: "This is not an e-mail address."}
	}
	all := []string{own}
	for _, alias := range c.Aliases {
		if alias = strings.TrimSpace(alias); alias == "" {
			continue
		}
		spec, _, err := compose.Envelope(alias)
		if err != nil {
			return nil, &channels.ConfigError{Field: "aliases",
				RU: "Среди дополнительных адресов есть то, что не является адресом электронной почты.",
				EN: "One of the further addresses is not an e-mail address."}
		}
		all = append(all, spec)
	}
	return all, nil
}

// domain is the part of an address behind its @.
func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }
