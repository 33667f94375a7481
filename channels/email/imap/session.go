package imap

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"mime"
	"net"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"golang.org/x/net/html/charset"

	"parley/channels/email/connect"
)

// session is one signed-in connection. One goroutine uses it at a time.
type session struct {
	server  connect.Endpoint
	client  *imapclient.Client
	line    *line
	changed chan struct{} // has a value when the mailbox may hold more than was seen
	unwatch func() bool   // of the context whose end breaks the connection
}

// dialFunc is channels.Env.Dial.
type dialFunc func(ctx context.Context, network, addr string) (net.Conn, error)

// greeted returns a session that may sign in, over TLS where that is asked for. Until then
// the connection ends with ctx, or when it takes too long.
func greeted(ctx context.Context, c Config, dial dialFunc) (_ *session, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.Tempo.Quiet)
	defer cancel()
	s := &session{server: c.Server, changed: make(chan struct{}, 1)}
	door := connect.Door{Roots: c.Roots, Quiet: c.Tempo.Quiet / 4, Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
		raw, err := dial(ctx, network, addr)
		if err != nil || s.line != nil { // a second one only asks whether the server waits for TLS
			return raw, err
		}
		s.line = newLine(raw, c.Tempo.Quiet)
		return s.line, nil
	}}
	conn, err := door.Open(ctx, connect.IMAP, c.Server)
	if err != nil {
		return nil, err
	}
	s.line.guard()
	s.line.expect()
	// What the library waits for without a deadline ends with the connection.
	s.unwatch = context.AfterFunc(ctx, func() { s.line.Close() })
	options := s.options(door.TLSConfig(c.Server.Host))
	if c.Server.Security == connect.STARTTLS {
		if s.client, err = imapclient.NewStartTLS(conn, options); err != nil {
			s.close()
			return nil, startTLSFailed(ctx, door, c.Server, err)
		}
	} else {
		s.client = imapclient.New(conn, options)
	}
	if err := s.client.WaitGreeting(); err != nil {
		s.close()
		return nil, s.failed(err)
	}
	if s.client.Caps() == nil {
		s.close()
		return nil, connect.IMAP.Explain(c.Server, io.ErrUnexpectedEOF)
	}
	s.unwatch()
	s.line.rest()
	return s, nil
}

func (s *session) options(trust *tls.Config) *imapclient.Options {
	return &imapclient.Options{
		TLSConfig:   trust,
		WordDecoder: &mime.WordDecoder{CharsetReader: charset.NewReaderLabel},
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{
			Mailbox: func(d *imapclient.UnilateralDataMailbox) {
				if d.NumMessages != nil {
					s.wake()
				}
			},
		},
	}
}

// watch breaks the connection when ctx ends.
func (s *session) watch(ctx context.Context) {
	s.unwatch = context.AfterFunc(ctx, func() { s.line.Close() })
}

func (s *session) wake() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// close hangs up. Nothing of the session goes on after it.
func (s *session) close() {
	s.unwatch()
	s.line.Close()
	if s.client != nil {
		_ = s.client.Close() // says how the connection ended, which is known
	}
}

// ask runs a command that is answered at once, with the watchdog awake.
func (s *session) ask(what string, command func() error) error {
	s.line.expect()
	defer s.line.rest()
	if err := command(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// idles tells whether the server says by itself when mail arrives.
func (s *session) idles() bool { return s.client.Caps().Has(imap.CapIdle) }

// state is a mailbox as it is found when it is opened.
type state struct {
	validity, next uint32
}

// examine opens a mailbox without changing anything in it, not even what is new.
func (s *session) examine(mailbox string) (st state, err error) {
	err = s.ask("open mailbox", func() error {
		d, err := s.client.Select(mailbox, &imap.SelectOptions{ReadOnly: true}).Wait()
		st = state{d.UIDValidity, uint32(d.UIDNext)}
		return err
	})
	switch {
	case err != nil:
		return st, s.examineFailed(mailbox, err)
	case st.validity == 0:
		return st, noNumbers(s.server)
	case st.next == 0: // it should have said; the highest number says as much
		uids, err := s.search(0, time.Time{})
		if err != nil {
			return st, err
		}
		st.next = 1
		if len(uids) > 0 {
			st.next = uids[len(uids)-1] + 1
		}
	}
	return st, nil
}

// peek looks at another mailbox while one is open.
func (s *session) peek(mailbox string) (st state, err error) {
	err = s.ask("look at mailbox", func() error {
		d, err := s.client.Status(mailbox, &imap.StatusOptions{UIDNext: true, UIDValidity: true}).Wait()
		if err == nil {
			st = state{d.UIDValidity, uint32(d.UIDNext)}
		}
		return err
	})
	return st, err
}

// sentFolder returns the folder that the server keeps sent mail in, "" when it names none.
func (s *session) sentFolder() (name string, err error) {
	if !s.client.Caps().Has(imap.CapSpecialUse) {
		return "", nil
	}
	err = s.ask("list mailboxes", func() error {
		list := s.client.List("", "*", nil)
		for d := list.Next(); d != nil; d = list.Next() {
			if name == "" && slices.Contains(d.Attrs, imap.MailboxAttrSent) && !slices.Contains(d.Attrs, imap.MailboxAttrNonExistent) {
				name = d.Mailbox
			}
		}
		return list.Close()
	})
	return name, err
}

// await returns when the mailbox may hold something new, and after d at the latest. A
// server without IDLE, and one whose connection died unnoticed, is found out at its end.
func (s *session) await(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	var idle *imapclient.IdleCommand
	if s.idles() {
		err := s.ask("idle", func() (err error) { idle, err = s.client.Idle(); return err })
		if err != nil {
			return err
		}
	}
	select {
	case <-s.changed:
	case <-timer.C:
	case <-ctx.Done():
	case <-s.client.Closed():
	}
	if idle == nil {
		return s.ask("look for news", func() error { return s.client.Noop().Wait() })
	}
	return s.ask("end idle", func() error {
		if err := idle.Close(); err != nil {
			return err
		}
		return idle.Wait()
	})
}
