package connect

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/netip"
	"strings"
	"time"

	"parley/channels"
)

// Unprotected says what to do about a server that does not protect the connection as the
// configuration wants it: it speaks no TLS, or offers no STARTTLS. The advice is what the
// server was seen to do when asked, so that following it ends the matter.
func (d Door) Unprotected(ctx context.Context, p Protocol, e Endpoint) *channels.Error {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	code, elsewhere := CodeSpeaksNoTLS, tlsElsewhere
	if e.Security == STARTTLS {
		code, elsewhere = CodeNoSTARTTLS, phrases[CodeNoSTARTTLS]
	}
	near := false
	if conn, err := d.Dial(ctx, "tcp", e.Address()); err == nil {
		near = isNear(conn.RemoteAddr())
		offered := e.Security == TLS && p.offersSTARTTLS(ctx, conn)
		conn.Close()
		if offered {
			return p.failing(channels.Permanent, code, "security", e)
		}
	}
	advice := openFar
	switch other := (Endpoint{Host: e.Host, Port: p.tlsPort(), Security: TLS}); {
	case other.Port != e.Port && d.waitsForTLS(ctx, other):
		advice = elsewhere
	case near:
		advice = openAtHome
	}
	return p.saying(channels.Permanent, code, "security", e, advice, "")
}

// Bounds of what a server may say of what it offers.
const (
	maxOffer      = 100 // lines
	maxOfferBytes = 64 << 10
)

// offersSTARTTLS asks a server that has just been called whether it would protect the
// connection (RFC 3207, 4; RFC 9051, 6.2.1).
func (p Protocol) offersSTARTTLS(ctx context.Context, conn net.Conn) bool {
	stop := context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	question, end := "EHLO localhost\r\n", "250 "
	if p == IMAP {
		question, end = "a CAPABILITY\r\n", "a "
	}
	r := bufio.NewReader(io.LimitReader(conn, maxOfferBytes))
	greeted, asked := false, false
	for range maxOffer {
		line, err := r.ReadString('\n')
		if err != nil {
			return false
		}
		switch greeted = greeted || p == IMAP || strings.HasPrefix(line, "220 "); {
		case greeted && !asked:
			asked = true
			if _, err := conn.Write([]byte(question)); err != nil {
				return false
			}
		case asked && strings.Contains(strings.ToUpper(line), "STARTTLS"):
			return true
		case asked && strings.HasPrefix(line, end):
			return false
		}
	}
	return false
}

// isNear tells whether a server is on this computer or in a network of one's own.
func isNear(a net.Addr) bool {
	if a == nil {
		return false
	}
	at, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return false
	}
	ip := at.Addr().Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()
}
