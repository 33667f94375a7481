package connect_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
)

// remote is a connection that seems to go far away.
type remote struct{ net.Conn }

func (remote) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(203, 0, 113, 9), Port: 25} }

// town is a dialer to servers by port; other ports refuse.
type town struct {
	far   bool
	ports map[string]func(net.Conn)
}

func (w town) dial(_ context.Context, _, addr string) (net.Conn, error) {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	serve := w.ports[port]
	if serve == nil {
		return nil, errors.New("refused")
	}
	ln, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer ln.Close()
	conn, err := new(net.Dialer).DialContext(context.Background(), "tcp", ln.Addr().String())
	if err != nil {
		return nil, err
	}
	far, err := ln.Accept()
	if err != nil {
		return nil, err
	}
	go func() {
		defer far.Close()
		serve(far)
	}()
	if w.far {
		conn = remote{conn}
	}
	return conn, nil
}

// plain serves SMTP, or IMAP, without TLS, offering what it is given.
func plain(greeting, question, answer string) func(net.Conn) {
	return func(c net.Conn) {
		_, _ = io.WriteString(c, greeting+"\r\n")
		for r := bufio.NewReader(c); ; {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			reply := "500 what?\r\n"
			if strings.Contains(line, question) {
				reply = answer
			}
			if _, err := io.WriteString(c, reply); err != nil {
				return
			}
		}
	}
}

// TestAdviceOnProtectionCanBeFollowed asks servers that do not protect as they should what they do
// instead. What is advised is tried: it must end the matter.
func TestAdviceOnProtectionCanBeFollowed(t *testing.T) {
	t.Parallel()
	certified, _ := certificate(t, host, time.Now().Add(time.Hour))
	secure := func(c net.Conn) {
		_, _ = io.WriteString(tls.Server(c, &tls.Config{Certificates: []tls.Certificate{certified}}), "220 hello\r\n")
	}
	smtp := func(offer string) func(net.Conn) {
		return plain("220 test", "EHLO", "250-test\r\n"+offer+"250 SIZE\r\n")
	}
	imap := func(offer string) func(net.Conn) {
		return plain("* OK ready", "CAPABILITY", "* CAPABILITY IMAP4rev1"+offer+"\r\na OK done\r\n")
	}
	none := fmt.Sprintf("%s:%%d offers no encryption", host)
	for _, c := range []struct {
		name     string
		protocol connect.Protocol
		security connect.Security
		port     int
		town     town
		code     string
		en, ru   string
	}{
		{"STARTTLS is offered", connect.SMTP, connect.TLS, 587, town{ports: map[string]func(net.Conn){"587": smtp("250-STARTTLS\r\n")}},
			connect.CodeSpeaksNoTLS, "Port 587 begins without TLS and offers STARTTLS: choose STARTTLS.", "выберите STARTTLS"},
		{"IMAP offers STARTTLS", connect.IMAP, connect.TLS, 143, town{ports: map[string]func(net.Conn){"143": imap(" STARTTLS")}},
			connect.CodeSpeaksNoTLS, "Port 143 begins without TLS and offers STARTTLS: choose STARTTLS.", "выберите STARTTLS"},
		{"TLS on its own port", connect.SMTP, connect.TLS, 587, town{ports: map[string]func(net.Conn){"587": smtp(""), "465": secure}},
			connect.CodeSpeaksNoTLS, fmt.Sprintf(none, 587) + ", and port 465 speaks TLS: choose TLS and port 465.", "выберите TLS и порт 465"},
		{"no STARTTLS, but TLS", connect.SMTP, connect.STARTTLS, 587, town{ports: map[string]func(net.Conn){"587": smtp(""), "465": secure}},
			connect.CodeNoSTARTTLS, host + ":587 does not offer STARTTLS, and port 465 speaks TLS: choose TLS and port 465.", "выберите TLS и порт 465"},
		{"a server for trying things out", connect.SMTP, connect.TLS, 1025, town{ports: map[string]func(net.Conn){"1025": smtp("")}},
			connect.CodeSpeaksNoTLS, "choose “None” for security.", "выберите «Нет»"},
		{"the same by STARTTLS", connect.SMTP, connect.STARTTLS, 1025, town{ports: map[string]func(net.Conn){"1025": smtp("")}},
			connect.CodeNoSTARTTLS, "choose “None” for security.", "выберите «Нет»"},
		{"far away", connect.IMAP, connect.TLS, 143, town{far: true, ports: map[string]func(net.Conn){"143": imap("")}},
			connect.CodeSpeaksNoTLS, "nor does port 993. Ask which port is protected", "Спросите, какой порт защищён"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			door := connect.Door{Dial: c.town.dial}
			e := connect.Endpoint{Host: host, Port: c.port, Security: c.security}
			var err error
			if c.security == connect.TLS {
				_, err = door.Open(t.Context(), c.protocol, e)
			} else {
				err = door.Unprotected(t.Context(), c.protocol, e)
			}
			said := channels.AsError(err)
			var words *channels.ConfigError
			if said.Code != c.code || !errors.As(err, &words) || words.Field != c.protocol.Field("security") {
				t.Fatalf("%v", err)
			}
			if !strings.Contains(said.Text, c.en) || !strings.Contains(words.RU, c.ru) {
				t.Errorf("%q, %q", said.Text, words.RU)
			}
			if w := channels.NewGlossary([]channels.Phrase(connect.Phrases())).Words("", said.Code, said.Text); w.RU != words.RU {
				t.Errorf("the glossary has %q for %q", w.RU, words.RU)
			}
		})
	}
}

// TestAnOfferWithoutEnd asks a server that never ends its line.
func TestAnOfferWithoutEnd(t *testing.T) {
	t.Parallel()
	const most = 1 << 20
	said := make(chan int, 1)
	door := connect.Door{Dial: func(_ context.Context, _, addr string) (net.Conn, error) {
		if !strings.HasSuffix(addr, ":587") {
			return nil, errors.New("refused")
		}
		near, far := net.Pipe() // holds nothing back: what was written was read
		go func() {
			defer far.Close()
			go func() { _, _ = io.Copy(io.Discard, far) }()
			n, err := io.WriteString(far, "220 hello\r\n250-")
			for chunk := make([]byte, 4096); err == nil && n < 2*most; {
				var more int
				more, err = far.Write(chunk)
				n += more
			}
			said <- n
		}()
		return near, nil
	}}
	err := door.Unprotected(t.Context(), connect.SMTP, connect.Endpoint{Host: host, Port: 587, Security: connect.TLS})
	if n := <-said; n > most || err.Code != connect.CodeSpeaksNoTLS {
		t.Errorf("read %d bytes: %v", n, err)
	}
}
