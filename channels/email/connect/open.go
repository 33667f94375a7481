package connect

import (
	"bufio"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"time"

	"parley/channels"
)

// Door opens connections to mail servers.
type Door struct {
	Dial  func(ctx context.Context, network, addr string) (net.Conn, error) // the guarded dialer
	Roots *x509.CertPool                                                    // nil are the system's
	// Quiet is how long a server that should greet may be silent before it is asked whether
	// it waits for TLS; zero is 3 s. Few take longer, and those are only asked.
	Quiet time.Duration
}

// Bounds of the first moments of a connection.
const (
	dialTime     = 10 * time.Second
	greetingTime = 10 * time.Second
	quietTime    = 3 * time.Second
)

// TLSConfig is how connections to a host are protected.
func (d Door) TLSConfig(host string) *tls.Config {
	return &tls.Config{ServerName: host, RootCAs: d.Roots, MinVersion: tls.VersionTLS12}
}

// Open connects to a server up to its greeting, which is still unread. Its error is an
// *channels.Error that says in words what is wrong, such as a port that speaks TLS though
// the configuration says otherwise. The caller sets deadlines of its own and closes.
func (d Door) Open(ctx context.Context, p Protocol, e Endpoint) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime+greetingTime)
	defer cancel()
	conn, err := d.dial(ctx, p, e)
	if err != nil {
		return nil, err
	}
	greeted, err := d.greeting(ctx, p, e, conn)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return greeted, nil
}

func (d Door) dial(ctx context.Context, p Protocol, e Endpoint) (net.Conn, error) {
	within, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	conn, err := d.Dial(within, "tcp", e.Address())
	if err != nil {
		return nil, p.Explain(e, err)
	}
	if e.Security != TLS {
		return conn, nil
	}
	secured := tls.Client(conn, d.TLSConfig(e.Host))
	if err := secured.HandshakeContext(within); err != nil {
		conn.Close()
		if record := (tls.RecordHeaderError{}); errors.As(err, &record) {
			return nil, d.Unprotected(ctx, p, e)
		}
		return nil, p.Explain(e, err)
	}
	return secured, nil
}

// greeting waits for the first bytes and judges them.
func (d Door) greeting(ctx context.Context, p Protocol, e Endpoint, conn net.Conn) (net.Conn, error) {
	stop := context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	b := &peeked{Conn: conn, r: bufio.NewReader(conn)}
	if e.Security != TLS {
		patience(ctx, conn, cmp.Or(d.Quiet, quietTime))
		_, err := b.r.Peek(4)
		if err != nil && isTimeout(err) && ctx.Err() == nil && d.waitsForTLS(ctx, e) {
			return nil, p.speaksTLS(e)
		}
	}
	patience(ctx, conn, greetingTime)
	head, err := b.r.Peek(4)
	switch {
	case err != nil && len(head) > 0 && e.Security != TLS && head[0] == tlsAlert:
		return nil, p.speaksTLS(e)
	case err != nil:
		return nil, p.Explain(e, err)
	case !p.greets(string(head)):
		return nil, p.failing(channels.Permanent, CodeOtherService, "port", e)
	}
	if !stop() {
		return nil, p.Explain(e, ctx.Err())
	}
	conn.SetReadDeadline(time.Time{})
	return b, nil
}

// patience is how long the next read may take, unless ctx ends before. It is asked after
// the deadline was set, for its end may have set another just before.
func patience(ctx context.Context, conn net.Conn, d time.Duration) {
	conn.SetReadDeadline(time.Now().Add(d))
	if ctx.Err() != nil {
		conn.SetReadDeadline(time.Unix(1, 0))
	}
}

// tlsAlert is the type of the record by which TLS complains (RFC 8446, section 5.1).
const tlsAlert = 21

// greets tells whether a server's first four bytes are of the protocol: an untagged
// answer of IMAP (RFC 9051, 7.1), or a reply of SMTP (RFC 5321, 4.2), whatever it says.
func (p Protocol) greets(head string) bool {
	if p == IMAP {
		return head[:2] == "* "
	}
	return (head[0] == '2' || head[0] == '4' || head[0] == '5') && head[1] >= '0' && head[1] <= '9' && (head[3] == ' ' || head[3] == '-')
}

// waitsForTLS asks on a connection of its own whether a silent server speaks TLS. What
// its certificate is worth does not matter.
func (d Door) waitsForTLS(ctx context.Context, e Endpoint) bool {
	ctx, cancel := context.WithTimeout(ctx, quietTime)
	defer cancel()
	conn, err := d.Dial(ctx, "tcp", e.Address())
	if err != nil {
		return false
	}
	defer conn.Close()
	err = tls.Client(conn, d.TLSConfig(e.Host)).HandshakeContext(ctx)
	var verify *tls.CertificateVerificationError
	return err == nil || errors.As(err, &verify)
}

// peeked is a connection whose first bytes were looked at.
type peeked struct {
	net.Conn
	r *bufio.Reader
}

func (p *peeked) Read(b []byte) (int, error) { return p.r.Read(b) }
