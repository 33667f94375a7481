package egress

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Options sets up a Door.
type Options struct {
	// Allow are networks that may be called although they are not public.
	Allow []netip.Prefix
	// Timeout bounds a whole HTTP call, body included; zero is 30 s.
	Timeout time.Duration
	// MaxBody bounds a response body in bytes, decompressed; zero is 10 MiB.
	MaxBody int64
	// Log hears of refused calls; nil discards.
	Log *slog.Logger
	// Resolver resolves names; nil is the system's.
	Resolver *net.Resolver
}

const (
	defaultTimeout = 30 * time.Second
	defaultMaxBody = 10 << 20
	dialTimeout    = 10 * time.Second
	maxHeader      = 256 << 10
	maxRedirects   = 5
)

// Door opens connections to public addresses. It is safe for concurrent use, and
// there should be one per program: its HTTP clients share their connections.
type Door struct {
	allow     []netip.Prefix
	log       *slog.Logger
	dialer    net.Dialer
	transport *http.Transport
	timeout   time.Duration
	maxBody   int64
}

// New makes a Door.
func New(o Options) *Door {
	d := &Door{allow: slices.Clone(o.Allow), log: o.Log, timeout: o.Timeout, maxBody: o.MaxBody}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	if d.timeout <= 0 {
		d.timeout = defaultTimeout
	}
	if d.maxBody <= 0 {
		d.maxBody = defaultMaxBody
	}
	d.dialer = net.Dialer{Timeout: dialTimeout, Resolver: o.Resolver, ControlContext: d.control}
	d.transport = &http.Transport{
		Proxy:                  nil, // a proxy from the environment would dial unchecked
		DialContext:            d.Dial,
		ForceAttemptHTTP2:      true,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    dialTimeout,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        90 * time.Second,
	}
	return d
}

// Dial connects to "host:port" by TCP; it is what mail and other protocols use.
// The error is a *Refused when the address may not be called.
func (d *Door) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if !strings.HasPrefix(network, "tcp") {
		return nil, fmt.Errorf("dial %s: only tcp leaves", network)
	}
	conn, err := d.dialer.DialContext(ctx, network, addr)
	if err == nil {
		return conn, nil
	}
	var refused *Refused
	if !errors.As(err, &refused) {
		return nil, err
	}
	host, _, _ := net.SplitHostPort(addr)
	d.log.WarnContext(ctx, "outgoing call refused", "reason", string(refused.Reason))
	return nil, &Refused{Host: host, Addr: refused.Addr, Reason: refused.Reason}
}

// Check returns a *Refused when an address may not be called. It is for telling
// people early; Dial checks by itself.
func (d *Door) Check(a netip.Addr) error {
	if reason := judge(a, d.allow); reason != "" {
		return &Refused{Host: a.String(), Addr: a, Reason: reason}
	}
	return nil
}

// control sees every address right before the system connects to it.
func (d *Door) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("read dialled address: %w", err)
	}
	return d.Check(ap.Addr())
}

// CloseIdle closes the connections that no call uses.
func (d *Door) CloseIdle() { d.transport.CloseIdleConnections() }
