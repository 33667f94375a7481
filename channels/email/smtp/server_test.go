package smtp_test

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// hang and drop are answers of the scripted server besides lines: silence, and the end.
const (
	hang = "(hang)"
	drop = "(drop)"
)

// taken is a mail whose final dot reached the server.
type taken struct {
	from string // the line of MAIL
	to   []string
	data string // as sent, without the dots of SMTP
}

// server speaks SMTP as its script says. It is what smtp-sink cannot be: one that hangs up after the
// dot, signs in, speaks TLS and remembers what it was told.
type server struct {
	tls      *tls.Config
	implicit bool     // TLS from the first byte
	announce []string // lines of EHLO
	// answer is asked for every step: "CONNECT", the verbs, "." and, for the lines of a sign-in, "AUTH+".
	// "" means what a good server says.
	answer func(conn int, step, line string) string

	address net.Addr
	mu      sync.Mutex
	conns   int
	steps   []string
	mails   []taken
}

// start listens until t ends.
func (s *server) start(t testing.TB) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = l.Addr()
	var wg sync.WaitGroup
	var open sync.Map
	wg.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			open.Store(conn, nil)
			wg.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		open.Range(func(conn, _ any) bool { conn.(net.Conn).Close(); return true })
		wg.Wait()
	})
	return s
}

func (s *server) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	s.mu.Lock()
	number := s.conns
	s.conns++
	s.mu.Unlock()
	if s.implicit {
		conn = tls.Server(conn, s.tls)
	}
	c := &conversation{server: s, conn: conn, r: bufio.NewReader(conn), number: number}
	if !c.say("CONNECT", "", "220 test ESMTP") {
		return
	}
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			return
		}
		if !c.obey(strings.TrimRight(line, "\r\n")) {
			return
		}
	}
}

// conversation is one connection.
type conversation struct {
	server *server
	conn   net.Conn
	r      *bufio.Reader
	number int
	mail   taken

	accepted bool // the last answer said yes
}

// say answers a step; false ends the conversation.
func (c *conversation) say(step, line, good string) bool {
	s := c.server
	s.mu.Lock()
	s.steps = append(s.steps, step)
	s.mu.Unlock()
	text := ""
	if s.answer != nil {
		text = s.answer(c.number, step, line)
	}
	switch text {
	case hang:
		_, _ = io.Copy(io.Discard, c.r) // until the client gives up
		return false
	case drop:
		return false
	case "":
		text = good
	}
	c.accepted = text[0] == '2'
	_, err := io.WriteString(c.conn, text+"\r\n")
	return err == nil && !strings.HasPrefix(text, "421")
}

func (c *conversation) obey(line string) bool {
	verb, _, _ := strings.Cut(line, " ")
	switch verb = strings.ToUpper(verb); verb {
	case "EHLO":
		all := append([]string{"test"}, c.server.announce...)
		for i := range all {
			all[i] = map[bool]string{true: "250-", false: "250 "}[i < len(all)-1] + all[i]
		}
		return c.say(verb, line, strings.Join(all, "\r\n"))
	case "STARTTLS":
		if !c.say(verb, line, "220 go ahead") {
			return false
		}
		c.conn = tls.Server(c.conn, c.server.tls)
		c.r = bufio.NewReader(c.conn)
		return true
	case "AUTH":
		return c.auth(line)
	case "MAIL":
		c.mail = taken{from: line}
	case "RCPT":
		goes := c.say(verb, line, "250 2.0.0 ok")
		if c.accepted {
			c.mail.to = append(c.mail.to, line)
		}
		return goes
	case "RSET":
		c.mail = taken{}
	case "DATA":
		return c.say(verb, line, "354 go on") && c.data()
	case "QUIT":
		c.say(verb, line, "221 bye")
		return false
	}
	return c.say(verb, line, "250 2.0.0 ok")
}

// auth asks for as many lines as the script wants.
func (c *conversation) auth(line string) bool {
	s := c.server
	for step := "AUTH"; ; step = "AUTH+" {
		if !c.say(step, line, "235 2.7.0 welcome") {
			return false
		}
		if s.answer == nil || !strings.HasPrefix(s.answer(c.number, step, line), "334") {
			return true
		}
		next, err := c.r.ReadString('\n')
		if err != nil {
			return false
		}
		line += "\n" + strings.TrimRight(next, "\r\n")
	}
}

func (c *conversation) data() bool {
	var b bytes.Buffer
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
	c.mail.data = b.String()
	s := c.server
	s.mu.Lock()
	s.mails = append(s.mails, c.mail)
	s.mu.Unlock()
	c.mail = taken{}
	return c.say(".", "", "250 2.0.0 queued")
}

func (s *server) taken() []taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]taken(nil), s.mails...)
}

// count tells how often a step was reached.
func (s *server) count(step string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, have := range s.steps {
		if have == step {
			n++
		}
	}
	return n
}

// certificate makes a server's certificate for a name, and the roots that vouch for it.
func certificate(t testing.TB, name string, until time.Time) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: until.Add(-48 * time.Hour), NotAfter: until,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, roots
}
