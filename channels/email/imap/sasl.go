package imap

import (
	"errors"
	"strconv"
)

// errTokenRefused is what a server's error step becomes. It must be an error: answered
// politely, as the mechanisms ask for, the exchange would go on without an end that tells.
var errTokenRefused = errors.New("the token was refused")

// plain signs in with a name and a password in any alphabet (RFC 4616).
type plain struct{ user, password string }

func (p plain) Start() (mechanism string, first []byte, err error) {
	return "PLAIN", []byte("\x00" + p.user + "\x00" + p.password), nil
}

func (plain) Next([]byte) ([]byte, error) {
	return nil, errors.New("the server asks on after the password")
}

// bearer signs in with a token (RFC 7628).
type bearer struct {
	user, token, host string
	port              int
}

func (b bearer) Start() (mechanism string, first []byte, err error) {
	return "OAUTHBEARER", []byte("n,a=" + b.user + ",\x01host=" + b.host + "\x01port=" + strconv.Itoa(b.port) +
		"\x01auth=Bearer " + b.token + "\x01\x01"), nil
}

func (bearer) Next([]byte) ([]byte, error) { return nil, errTokenRefused }

// xoauth2 is what Google and Microsoft had before there was a standard.
type xoauth2 struct{ user, token string }

func (x xoauth2) Start() (mechanism string, first []byte, err error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

func (xoauth2) Next([]byte) ([]byte, error) { return nil, errTokenRefused }
