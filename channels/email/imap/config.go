package imap

import (
	"context"
	"crypto/x509"
	"io"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
)

// MaxMail is how many bytes a mail may have to be fetched. Larger ones go to quarantine
// with their header. Common servers take 25 to 50 MB.
const MaxMail = 60 << 20

// Config says which mailbox to read and how to get there.
type Config struct {
	Server   connect.Endpoint
	Address  string // of the account, to know its provider
	Username string
	Password string
	Tokens   connect.TokenSource // nil = the password

	Mailbox  string        // "" = INBOX
	Sent     string        // the folder of sent mail; "" = the one that the server names
	Poll     time.Duration // how often to look where the server does not tell; 0 = a minute
	Backfill time.Duration // how far back to read on the first connection

	Roots *x509.CertPool // who may vouch for the server; nil = the system's
	Tempo Tempo
}

// Tempo is how patient a receiver is. Zero values mean the usual.
type Tempo struct {
	Quiet     time.Duration // a server that owes an answer may send nothing for this long; 45 s
	Lookback  time.Duration // how far back the nightly reconciliation looks; 48 h
	Reconcile time.Duration // how often it is done; 0 = every night
}

const (
	usualQuiet    = 45 * time.Second
	usualPoll     = time.Minute
	longestPoll   = 20 * time.Minute // servers may hang up after 30 idle minutes (RFC 9051, 5.4)
	usualLookback = 48 * time.Hour
)

// filled returns the configuration with what was left open decided.
func (c Config) filled() Config {
	if c.Mailbox == "" {
		c.Mailbox = inboxName
	}
	if c.Poll <= 0 {
		c.Poll = usualPoll
	}
	c.Poll = min(c.Poll, longestPoll)
	if c.Tempo.Quiet <= 0 {
		c.Tempo.Quiet = usualQuiet
	}
	if c.Tempo.Lookback <= 0 {
		c.Tempo.Lookback = usualLookback
	}
	return c
}

// inboxName is the mailbox that every user has.
const inboxName = "INBOX"

// Mail is a mail on the server, and what is known of it before it is read.
type Mail struct {
	Mailbox   string
	Validity  uint32
	UID       uint32
	Received  time.Time // when the server took it in
	Sent      bool      // it lies in the folder of sent mail
	Connected time.Time // when the account was
	// Historic is set for what stood in the mailbox at that moment.
	Historic bool
	// Renumbered says that Historic goes by the server's time of receipt, because its numbers
	// are not those of that moment any more. Servers may give old mails a new time as well.
	Renumbered bool
	// Original is the mail as stored, and Body a hash of what follows its header, equal
	// for all copies of a mail.
	Original channels.File
	Body     string
}

// Translate turns a mail into an event. An error means that r could not be read or a file
// not be stored: the mail is offered again. It is called from several goroutines at once.
type Translate func(ctx context.Context, m Mail, r io.Reader) (channels.Event, error)
