package imap

import (
	"context"

	"github.com/emersion/go-imap/v2"

	"parley/channels"
	"parley/channels/email/connect"
)

// begin connects and signs in. A token that the server no longer takes is replaced once: it may
// have been withdrawn before its time while the consent still holds. Every error is a
// *channels.Error.
func begin(ctx context.Context, c Config, dial dialFunc) (*session, error) {
	s, refused, err := try(ctx, c, dial)
	if refused == "" {
		return s, err
	}
	forgetful, ok := c.Tokens.(interface{ Forget(accessToken string) })
	if !ok {
		return nil, err
	}
	forgetful.Forget(refused)
	_, fresh, tokenErr := c.Tokens.Token(ctx)
	switch {
	case tokenErr != nil:
		return nil, channels.AsError(tokenErr) // the provider knows better than the server what is wrong
	case fresh == refused:
		return nil, err
	}
	s, _, err = try(ctx, c, dial)
	return s, err
}

// try is one connection; refused is the token that the server did not take.
func try(ctx context.Context, c Config, dial dialFunc) (_ *session, refused string, err error) {
	s, err := greeted(ctx, c, dial)
	if err != nil {
		return nil, "", err
	}
	s.watch(ctx)
	if c.Tokens == nil {
		err = s.signIn(c)
	} else {
		refused, err = s.signInByToken(ctx, c)
	}
	if err != nil {
		s.close()
		return nil, refused, err
	}
	return s, "", nil
}

// signIn proves who we are by the best way that the server offers for a password.
func (s *session) signIn(c Config) error {
	caps := s.client.Caps()
	err := s.ask("sign in", func() error {
		switch {
		case caps.Has(imap.AuthCap("PLAIN")):
			return s.client.Authenticate(plain{c.Username, c.Password})
		case caps.Has(imap.CapLoginDisabled):
			return connect.IMAP.NeedsTLS()
		}
		return s.client.Login(c.Username, c.Password).Wait()
	})
	if err != nil {
		return s.refused(c, err)
	}
	return nil
}

// signInByToken does so with a token, which it returns when it was that which was refused.
func (s *session) signInByToken(ctx context.Context, c Config) (refused string, err error) {
	caps := s.client.Caps()
	bearing, old := caps.Has(imap.AuthCap("OAUTHBEARER")), caps.Has(imap.AuthCap("XOAUTH2"))
	if !bearing && !old {
		return "", connect.NoOAuth(c.Server)
	}
	user, token, err := c.Tokens.Token(ctx)
	if err != nil {
		return "", s.failed(err)
	}
	err = s.ask("sign in", func() error {
		if bearing {
			return s.client.Authenticate(bearer{user: user, token: token, host: c.Server.Host, port: c.Server.Port})
		}
		return s.client.Authenticate(xoauth2{user, token})
	})
	if err == nil {
		return "", nil
	}
	e := s.refused(c, err)
	if e.Kind == channels.AuthFailed {
		refused = token
	}
	return refused, e
}
