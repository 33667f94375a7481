package smtp

import (
	"cmp"
	"context"
	"errors"

	"github.com/emersion/go-msgauth/dkim"

	"parley/channels"
	"parley/channels/email/compose"
	"parley/channels/email/connect"
)

// Sender sends the mails of one account. It is safe for concurrent use.
type Sender struct {
	config Config
	env    channels.Env
	tokens connect.TokenSource // nil: password
	own    []string            // addresses in the form of the envelope, the account's first
	hello  string
	dkim   *dkim.SignOptions // nil: mails are not signed
	pool   *pool
}

// New makes a Sender; nothing is dialled. tokens, when not nil, sign in instead of the password. The
// error is a *channels.ConfigError.
func New(c Config, env channels.Env, tokens connect.TokenSource) (*Sender, error) {
	c = c.complete()
	own, err := c.addresses()
	if err != nil {
		return nil, err
	}
	s := &Sender{config: c, env: env, tokens: tokens, own: own, hello: cmp.Or(c.Hello, domain(own[0]))}
	if s.dkim, err = c.DKIM.options(own[0]); err != nil {
		return nil, err
	}
	s.pool = newPool(c.Connections, c.Idle, s.open)
	return s, nil
}

// Send makes one attempt. The Message-ID, which is the remote id, is the same for every attempt. A
// non-nil error is a *channels.Error; what its kinds mean is said at the top of the package.
func (s *Sender) Send(ctx context.Context, m channels.Outgoing) (channels.Sent, error) {
	if ctx.Err() != nil {
		return channels.Sent{}, failure(channels.Transient, CodeCancelled, "")
	}
	d, e := s.draft(m)
	if e != nil {
		return channels.Sent{}, e
	}
	if e := s.seal(ctx, d); e != nil {
		return channels.Sent{}, e
	}
	if e := s.deliver(ctx, d); e != nil {
		return channels.Sent{}, e
	}
	return channels.Sent{RemoteID: d.id, At: s.env.Now(), Problem: d.problem}, nil
}

// seal signs the mail.
func (s *Sender) seal(ctx context.Context, d *draft) *channels.Error {
	signature, err := s.sign(ctx, d.message)
	if err == nil {
		d.signature = signature
		return nil
	}
	code, detail := CodeSignature, ""
	switch {
	case ctx.Err() != nil:
		code = CodeCancelled
	default:
		if file, ok := errors.AsType[*compose.FileError](err); ok {
			code, detail = CodeFile, file.Name
		}
	}
	e := failure(channels.Transient, code, detail)
	e.Err = err
	return e
}

// deliver hands the mail over on a session of the pool. Dead ones are passed over: each is closed, so
// that the loop ends with a fresh one at the latest.
func (s *Sender) deliver(ctx context.Context, d *draft) *channels.Error {
	for {
		ss, err := s.pool.take(ctx)
		if err != nil {
			return unsent(ctx, err)
		}
		e, stale := ss.transact(ctx, d)
		s.pool.give(ss)
		if !stale {
			return e
		}
	}
}

// unsent says what it means for a mail that no session came about: never that the mail is wrong.
func unsent(ctx context.Context, err error) *channels.Error {
	if ctx.Err() != nil {
		return failure(channels.Transient, CodeCancelled, "")
	}
	e := *channels.AsError(err)
	if e.Kind != channels.AuthFailed {
		e.Kind = channels.Transient
	}
	return &e
}

// Close closes the idle connections, and busy ones when they are done. Send works on, without keeping
// connections.
func (s *Sender) Close() { s.pool.close() }
