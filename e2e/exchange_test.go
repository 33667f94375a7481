package e2e_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"
)

// exchange is a submission server of a provider: it asks for a password and takes every mail to the
// outside, where nobody is. smtp-sink cannot stand here, because it takes no password.
type exchange struct {
	user, password string
	listener       net.Listener
	serving        sync.WaitGroup

	mu    sync.Mutex
	mails []sent
}

// sent is a mail on its way to the outside.
type sent struct {
	From string   `json:"from"`
	To   []string `json:"to"`
	Data string   `json:"data"`
}

// openExchange starts a server that knows one user and stops when t ends.
func openExchange(t *testing.T, user, password string) *exchange {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	x := &exchange{user: user, password: password, listener: listener}
	x.serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
			x.serving.Go(func() {
				defer conn.Close()
				x.serve(textproto.NewConn(conn))
			})
		}
	})
	t.Cleanup(func() { _ = listener.Close() })
	return x
}

// list returns what was sent so far.
func (x *exchange) list() []sent {
	x.mu.Lock()
	defer x.mu.Unlock()
	return append([]sent{}, x.mails...)
}

// serve speaks SMTP until the client is gone.
func (x *exchange) serve(c *textproto.Conn) {
	var mail sent
	known := false
	say := func(lines ...string) error { return c.PrintfLine("%s", strings.Join(lines, "\r\n")) }
	err := say("220 exchange.test ESMTP")
	for err == nil {
		var line string
		if line, err = c.ReadLine(); err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		verb = strings.ToUpper(verb)
		switch {
		case verb == "EHLO":
			err = say("250-exchange.test", "250-8BITMIME", "250-ENHANCEDSTATUSCODES", "250 AUTH PLAIN")
		case verb == "AUTH":
			if known = x.knows(rest); known {
				err = say("235 2.7.0 Welcome")
			} else {
				err = say("535 5.7.8 Authentication credentials invalid")
			}
		case verb == "QUIT":
			_ = say("221 2.0.0 Bye")
			return
		case verb == "NOOP":
			err = say("250 2.0.0 Ok")
		case verb == "RSET":
			mail = sent{}
			err = say("250 2.0.0 Ok")
		case !known:
			err = say("530 5.7.0 Authentication required")
		case verb == "MAIL":
			mail = sent{From: rest}
			err = say("250 2.1.0 Ok")
		case verb == "RCPT":
			mail.To = append(mail.To, rest)
			err = say("250 2.1.5 Ok")
		case verb == "DATA":
			err = errors.Join(say("354 Go on"), x.take(c, mail), say("250 2.0.0 Queued"))
			mail = sent{}
		default:
			err = say("502 5.5.2 Unknown")
		}
	}
}

// knows checks what follows AUTH.
func (x *exchange) knows(auth string) bool {
	method, secret, _ := strings.Cut(auth, " ")
	plain, err := base64.StdEncoding.DecodeString(secret)
	return err == nil && strings.EqualFold(method, "PLAIN") && string(plain) == "\x00"+x.user+"\x00"+x.password
}

// take reads a mail up to its final dot.
func (x *exchange) take(c *textproto.Conn, mail sent) error {
	data, err := c.ReadDotBytes()
	if err != nil {
		return fmt.Errorf("read mail: %w", err)
	}
	mail.Data = string(data)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.mails = append(x.mails, mail)
	return nil
}
