package smtp

import (
	"encoding/base64"
	"errors"
	"net/textproto"
	"slices"
	"strings"

	gomail "github.com/wneessen/go-mail/smtp"

	"parley/channels"
	"parley/channels/email/connect"
)

// signIn signs in by the best way that the server offers.
func (s *Sender) signIn(ss *session, user, password string) error {
	_, offered := ss.offers("AUTH")
	ways := strings.Fields(strings.ToUpper(offered))
	var auth gomail.Auth
	if s.tokens != nil {
		if !slices.Contains(ways, "XOAUTH2") {
			return connect.NoOAuth(s.config.Server)
		}
		auth = &bearer{user: user, token: password}
	} else if auth = s.way(ways, user, password); auth == nil {
		if s.config.Server.Security == connect.None {
			if tls, _ := ss.offers("STARTTLS"); !tls && offered == "" {
				return nil // a relay that knows its senders otherwise; one that does not says so at MAIL
			}
			return connect.SMTP.NeedsTLS()
		}
		e := failure(channels.AuthFailed, CodeNoWay, "")
		e.Scope = channels.ScopeAccount
		return e
	}
	err := ss.client.Auth(auth)
	var answer *textproto.Error
	if !errors.As(err, &answer) && !errors.Is(err, errBearerRefused) {
		return err
	}
	if answer != nil && answer.Code == 250 {
		// Neither a yes, which is 235, nor a no (RFC 4954, section 6); the library has hung up.
		e := failure(channels.AuthFailed, CodeOddWelcome, "")
		e.Scope = channels.ScopeAccount
		return e
	}
	return s.refused(ss, answer)
}

// way picks how to prove the password: as it is when nobody can listen, otherwise hidden if possible.
func (s *Sender) way(offered []string, user, password string) gomail.Auth {
	host := s.config.Server.Host
	known := []struct {
		name string
		auth gomail.Auth
	}{
		{"PLAIN", gomail.PlainAuth("", user, password, host, true)},
		{"LOGIN", gomail.LoginAuth(user, password, host, true)},
		{"SCRAM-SHA-256", gomail.ScramSHA256Auth(user, password)},
		{"CRAM-MD5", gomail.CRAMMD5Auth(user, password)},
	}
	if s.config.Server.Security == connect.None { // somebody can listen
		known = append(known[2:], known[:2]...)
	}
	for _, k := range known {
		if slices.Contains(offered, k.name) {
			return k.auth
		}
	}
	return nil
}

// refused says why a sign-in was refused; answer is nil when a token was, without more words.
func (s *Sender) refused(ss *session, answer *textproto.Error) *channels.Error {
	r := connect.Refusal{Server: s.config.Server, Address: s.own[0], OAuth: s.tokens != nil, Field: s.passwordField()}
	if answer == nil {
		return r.Explain()
	}
	said := reply{answer.Code, answer.Msg}
	r.Code, r.Said = said.enhanced(), said.text
	switch {
	case said.code == 530 || said.code == 538 || said.enhanced() == "5.7.11":
		return connect.SMTP.NeedsTLS()
	case said.code/100 == 4:
		return connect.SMTP.Busy(s.config.Server, ss.said(said))
	}
	return r.Explain()
}

// passwordField is the field whose value was refused.
func (s *Sender) passwordField() string {
	if s.config.PasswordField != "" {
		return s.config.PasswordField
	}
	return "password"
}

// errBearerRefused says that a server asked for more after a token, which is how it refuses one.
var errBearerRefused = errors.New("token was refused")

// bearer is XOAUTH2, as Google and Microsoft describe it.
type bearer struct {
	user, token string
	asked       bool
}

func (b *bearer) Start(*gomail.ServerInfo) (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + b.user + "\x01auth=Bearer " + b.token + "\x01\x01"), nil
}

// Next answers the server's description of what is wrong with an empty line, upon which it refuses in
// proper form. One that asks again would ask for ever.
func (b *bearer) Next(_ []byte, more bool) ([]byte, error) {
	if !more {
		return nil, nil
	}
	if b.asked {
		return nil, errBearerRefused
	}
	b.asked = true
	return []byte{}, nil
}

// secrets are the forms in which a server could repeat what was said to it.
func secrets(user, password string) []string {
	if password == "" {
		return nil
	}
	encode := base64.StdEncoding.EncodeToString
	return []string{
		password, encode([]byte(password)), encode([]byte("\x00" + user + "\x00" + password)),
		encode([]byte("user=" + user + "\x01auth=Bearer " + password + "\x01\x01")),
	}
}
