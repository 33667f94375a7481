package email_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"

	"parley/channels/channeltest"
	"parley/channels/email/letter"
)

// postOffice takes mail by SMTP and answers as it is told.
type postOffice struct {
	t    testing.TB
	l    net.Listener
	chat string

	mu       sync.Mutex
	script   channeltest.Answer // of the next mail
	attempts []channeltest.Attempt
	conns    []net.Conn
	wg       sync.WaitGroup
}

func openPostOffice(t testing.TB, chat string) *postOffice {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postOffice{t: t, l: l, chat: chat}
	p.wg.Go(p.serve)
	t.Cleanup(func() {
		l.Close()
		p.mu.Lock()
		for _, c := range p.conns {
			c.Close()
		}
		p.mu.Unlock()
		p.wg.Wait()
	})
	return p
}

func (p *postOffice) serve() {
	for {
		conn, err := p.l.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		p.conns = append(p.conns, conn)
		p.mu.Unlock()
		p.wg.Go(func() {
			defer conn.Close()
			if p.next(channeltest.Unreachable) {
				return
			}
			p.talk(conn)
		})
	}
}

// set has the next mail answered so.
func (p *postOffice) set(a channeltest.Answer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.script = a
}

// next takes the script if it is one of those given.
func (p *postOffice) next(of ...channeltest.Answer) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range of {
		if p.script == a {
			p.script = ""
			return true
		}
	}
	return false
}

func (p *postOffice) seen() []channeltest.Attempt {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]channeltest.Attempt(nil), p.attempts...)
}

func (p *postOffice) note(a channeltest.Attempt) {
	a.Chat = p.chat
	p.mu.Lock()
	defer p.mu.Unlock()
	p.attempts = append(p.attempts, a)
}

func (p *postOffice) talk(conn net.Conn) {
	r := textproto.NewReader(bufio.NewReader(conn))
	say := func(line string) { io.WriteString(conn, line+"\r\n") }
	say("220 post.example ESMTP")
	for {
		line, err := r.ReadLine()
		if err != nil {
			return
		}
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		switch verb {
		case "EHLO", "HELO":
			say("250-post.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN")
		case "AUTH":
			if p.next(channeltest.Denied) {
				p.note(channeltest.Attempt{})
				say("535 5.7.8 no")
				continue
			}
			say("235 2.7.0 yes")
		case "DATA":
			say("354 go on")
			data, err := io.ReadAll(r.DotReader())
			if err != nil {
				return
			}
			if !p.verdict(data, say) {
				return
			}
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 2.0.0 fine")
		}
	}
}

// verdict answers a whole mail; false ends the connection.
func (p *postOffice) verdict(data []byte, say func(string)) bool {
	l, err := letter.Read(p.t.Context(), bytes.NewReader(data), &channeltest.Files{}, letter.Bounds{})
	if err != nil {
		p.t.Error(err)
		return false
	}
	p.note(channeltest.Attempt{Text: l.Text})
	switch {
	case p.next(channeltest.LoseReply):
		return false
	case p.next(channeltest.Hang):
		return true
	case p.next(channeltest.Garble):
		say("<html>")
	case p.next(channeltest.Unavailable):
		say("451 4.3.0 later")
	case p.next(channeltest.Reject):
		say("554 5.6.0 never")
	default:
		say("250 2.0.0 taken")
	}
	return true
}
