package connect_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/email/imap"
)

// certificate makes one for a name that is valid until a time; it is its own root.
func certificate(t *testing.T, name string, until time.Time) (tls.Certificate, *x509.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotBefore: until.Add(-48 * time.Hour), NotAfter: until, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, leaf
}

// host is the name that tests call their server by; the dialer of door leads there.
const host = "mail.example.com"

// script is a server: what it greets with and how it answers. An answer of "" hangs up.
type script struct {
	greeting string      // "" hangs up
	tls      *tls.Config // from the first byte on
	startTLS *tls.Config // after STARTTLS
	silent   bool        // never says anything
	answers  map[string]string
	got      chan string
}

// listen runs a script on a port of this machine until the test ends.
func listen(t *testing.T, s script) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { conn.Close() })
			go s.serve(conn)
		}
	}()
	return ln.Addr().String()
}

func (s script) serve(conn net.Conn) {
	defer conn.Close()
	if s.silent {
		_, _ = bufio.NewReader(conn).ReadString(0)
		return
	}
	if s.tls != nil {
		conn = tls.Server(conn, s.tls)
	}
	if _, err := conn.Write([]byte(s.greeting)); err != nil || s.greeting == "" {
		return
	}
	r := bufio.NewReader(conn)
	tag := ""
	for {
		text, err := r.ReadString('\n')
		if err != nil {
			return
		}
		text = strings.TrimRight(text, "\r\n")
		if s.got != nil {
			s.got <- text
		}
		command := text
		if first, rest, ok := strings.Cut(text, " "); ok && strings.HasPrefix(first, "T") {
			tag, command = first, rest
		}
		answer, ok := s.answers[command]
		if !ok {
			word, _, _ := strings.Cut(command, " ")
			answer = s.answers[word+" *"]
		}
		if answer == "" {
			return
		}
		if _, err := conn.Write([]byte(strings.ReplaceAll(answer, "TAG", tag))); err != nil {
			return
		}
		if command == "STARTTLS" && s.startTLS != nil {
			conn = tls.Server(conn, s.startTLS)
			r = bufio.NewReader(conn)
		}
	}
}

// probe tries a mailbox as an account does; every name leads to one address.
func probe(ctx context.Context, address string, c imap.Config) error {
	c.Tempo.Quiet = 2 * time.Second
	return imap.New(c, channels.Env{Now: time.Now, Dial: leadTo(address)}, nil).Test(ctx)
}

func leadTo(address string) func(ctx context.Context, network, addr string) (net.Conn, error) {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
}

func portOf(t *testing.T, address string) int {
	t.Helper()
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
