package email

import (
	"context"
	"crypto/x509"
	"net"

	"parley/channels"
	"parley/channels/email/connect"
	"parley/channels/email/imap"
	"parley/channels/email/smtp"
)

// Driver opens mail accounts. The zero value is ready.
type Driver struct {
	// Roots are who may vouch for mail servers; nil = the system's.
	Roots *x509.CertPool
	// Tempo is how patient accounts are; zero = as usual.
	Tempo imap.Tempo
}

var (
	_ channels.Driver     = (*Driver)(nil)
	_ channels.Discoverer = (*Driver)(nil)
)

// Kind implements channels.Driver.
func (*Driver) Kind() channels.Kind { return channels.KindEmail }

// Title names the network for people.
func (*Driver) Title() channels.Words { return words("Почта", "E-mail") }

// Discover implements channels.Discoverer.
func (*Driver) Discover(ctx context.Context, address string, env channels.Env) (channels.Discovery, error) {
	return connect.Finder{DNS: net.DefaultResolver, HTTP: env.HTTP}.Discover(ctx, address)
}

// Open implements channels.Driver.
func (d *Driver) Open(acct channels.Account, env channels.Env) (channels.Adapter, error) {
	s, err := parse(acct.Config)
	if err != nil {
		return nil, err
	}
	s.imap.Roots, s.smtp.Roots, s.imap.Tempo = d.Roots, d.Roots, d.Tempo
	a := &Account{env: env, settings: s}
	var tokens connect.TokenSource
	if s.grant != nil {
		tokens = connect.NewTokens(*s.grant, s.imap.Username, env)
		s.imap.Tokens = tokens
	}
	if a.sender, err = smtp.New(s.smtp, env, tokens); err != nil {
		return nil, err
	}
	a.receiver = imap.New(s.imap, env, a.event)
	if s.grant != nil {
		return &consenting{a}, nil
	}
	return a, nil
}
