package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail/smtp"

	"parley/channels"
	"parley/channels/email/connect"
)

// session is a connection that has introduced itself and signed in. One goroutine at a time uses it.
type session struct {
	wire   *wire
	client *gomail.Client
	waits  Waits
	hidden []string // what no text may repeat
	own    string   // the account's address
	mails  int      // transactions begun
	// broken says that the conversation is out of step or over.
	broken bool
	timer  *time.Timer // closes an idle session
}

// open connects and signs in. A token that a server no longer takes is replaced once. The error is a
// *channels.Error that concerns the account.
func (s *Sender) open(ctx context.Context) (*session, error) {
	ss, refused, err := s.try(ctx)
	if refused == "" {
		return ss, err
	}
	forgetful, ok := s.tokens.(interface{ Forget(accessToken string) })
	if !ok {
		return nil, err
	}
	forgetful.Forget(refused)
	if _, fresh, tokenErr := s.tokens.Token(ctx); tokenErr != nil || fresh == refused {
		return nil, err
	}
	ss, _, err = s.try(ctx)
	return ss, err
}

// try is one connection; refused is the token that the server did not take.
func (s *Sender) try(ctx context.Context) (_ *session, refused string, err error) {
	user, password := s.config.Username, s.config.Password
	if s.tokens != nil {
		if user, password, err = s.tokens.Token(ctx); err != nil {
			return nil, "", channels.AsError(err)
		}
	}
	ss := &session{wire: &wire{budget: maxAnswer}, waits: s.config.Waits, hidden: secrets(user, password), own: s.own[0]}
	door := connect.Door{Roots: s.config.Roots, Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := s.env.Dial(ctx, network, address)
		if err != nil || ss.wire.Conn != nil { // a second one only asks whether the server waits for TLS
			return conn, err
		}
		ss.wire.Conn = conn
		return ss.wire, nil
	}}
	conn, err := door.Open(ctx, connect.SMTP, s.config.Server)
	if err != nil {
		return nil, "", err
	}
	stop := context.AfterFunc(ctx, ss.wire.kill)
	err = s.introduce(ctx, door, ss, conn, user, password)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err == nil {
		return ss, "", nil
	}
	_ = conn.Close() // what failed is known already
	e := s.explain(ss, err)
	if s.tokens != nil && e.Kind == channels.AuthFailed {
		refused = password
	}
	return nil, refused, e
}

// introduce reads the greeting and does what comes before the first mail.
func (s *Sender) introduce(ctx context.Context, door connect.Door, ss *session, conn net.Conn, user, password string) (err error) {
	ss.wire.step(s.config.Waits.Command)
	if ss.client, err = gomail.NewClient(conn, s.config.Server.Host); err != nil {
		return err
	}
	ss.wire.step(s.config.Waits.Command)
	if err := ss.client.Hello(s.hello); err != nil {
		return err
	}
	if s.config.Server.Security == connect.STARTTLS {
		if ok, _ := ss.client.Extension("STARTTLS"); !ok {
			return door.Unprotected(ctx, connect.SMTP, s.config.Server)
		}
		ss.wire.step(s.config.Waits.Command)
		config := &tls.Config{ServerName: s.config.Server.Host, RootCAs: s.config.Roots, MinVersion: tls.VersionTLS12}
		if err := ss.client.StartTLS(config); err != nil {
			return err
		}
	}
	if user == "" {
		return nil
	}
	ss.wire.step(s.config.Waits.Command)
	return s.signIn(ss, user, password)
}

// explain says why no session came about.
func (s *Sender) explain(ss *session, err error) *channels.Error {
	var answer *textproto.Error
	var protocol textproto.ProtocolError
	switch {
	case errors.As(err, &answer):
		return connect.SMTP.Busy(s.config.Server, ss.said(reply{answer.Code, answer.Msg}))
	case errors.As(err, &protocol), errors.Is(err, errTooMuch):
		e := failure(channels.Transient, connect.CodeUnexpected, "")
		e.Scope = channels.ScopeAccount
		return e
	}
	return connect.SMTP.Explain(s.config.Server, err)
}

// offers tells whether the server announced an extension, and with which parameters.
func (ss *session) offers(extension string) (bool, string) { return ss.client.Extension(extension) }

// command is one line for the server, and the stage of a transaction that it belongs to.
type command struct {
	stage stage
	line  string
}

// maxPipeline bounds how many commands leave at once, so that neither side waits for the other to read.
const maxPipeline = 50

// idleWait is how long a connection that was idle has to show that it is alive; after it a new one is
// tried. Firewalls drop idle ones without a word.
const idleWait = 10 * time.Second

// exchange sends commands and reads the answers, as many as came. Where the server allows it (RFC
// 2920) they leave together. Otherwise nothing follows a refusal of the sender or of a reset.
func (ss *session) exchange(commands []command) (replies []reply, err error) {
	group := 1
	if ok, _ := ss.offers("PIPELINING"); ok {
		group = maxPipeline
	}
	for len(commands) > 0 {
		now := commands[:min(group, len(commands))]
		commands = commands[len(now):]
		patience := ss.waits.Command
		if now[0].stage == stageReset {
			patience = min(patience, idleWait)
		}
		ss.wire.step(patience)
		for _, c := range now {
			if _, err := ss.client.Text.W.WriteString(c.line + "\r\n"); err != nil {
				return replies, fmt.Errorf("write command: %w", err)
			}
		}
		if err := ss.client.Text.W.Flush(); err != nil {
			return replies, fmt.Errorf("write command: %w", err)
		}
		for _, c := range now {
			r, err := ss.read()
			if err != nil {
				return replies, err
			}
			replies = append(replies, r)
			if !r.ok() && c.stage != stageRecipient && group == 1 {
				return replies, nil
			}
		}
	}
	return replies, nil
}

// read reads one answer. The library's reader takes a code without words for nonsense, though clients
// are to understand it (RFC 5321, 4.2).
func (ss *session) read() (reply, error) {
	var lines []string
	for {
		line, err := ss.client.Text.ReadLine()
		if err != nil {
			return reply{}, fmt.Errorf("read answer: %w", err)
		}
		code, text, more, ok := parseLine(line)
		if !ok {
			return reply{}, fmt.Errorf("read answer: %w", textproto.ProtocolError("not a reply"))
		}
		if lines = append(lines, text); !more {
			return reply{code, strings.Join(lines, "\n")}, nil
		}
	}
}

// inStep tells whether nothing is left to be read, as it must be between two transactions.
func (ss *session) inStep() bool { return ss.client.Text.R.Buffered() == 0 }

// close says goodbye, without waiting for the answer.
func (ss *session) close() {
	if !ss.broken {
		ss.wire.step(time.Second)
		_, _ = ss.client.Text.W.WriteString("QUIT\r\n")
		_ = ss.client.Text.W.Flush() // a server that is gone needs no goodbye
	}
	_ = ss.client.Close()
}

// line makes SMTP's way to name an address.
func line(verb, address string, parameters ...string) string {
	return strings.Join(append([]string{verb + ":<" + address + ">"}, parameters...), " ")
}

// sizeLimit is how large a mail the server takes, in bytes; 0 = it does not say (RFC 1870).
func (ss *session) sizeLimit() int64 {
	_, text := ss.offers("SIZE")
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
