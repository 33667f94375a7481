package channeltest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
)

// Gate is an HTTP server that stands before a network's own handler and gives scripted
// answers in its place. What it does not know itself, it asks Refuse for.
type Gate struct {
	// Refuse writes the network's own words for TooFast, Unavailable, Reject and Denied.
	Refuse func(w http.ResponseWriter, a Answer)

	server  *httptest.Server
	handler http.Handler
	client  *http.Client
	cut     atomic.Bool // the next connection is refused

	mu     sync.Mutex
	script []Answer
	denied bool
}

// NewGate starts a server on this machine that ends with the test.
func NewGate(t testing.TB, handler http.Handler, refuse func(http.ResponseWriter, Answer)) *Gate {
	t.Helper()
	g := &Gate{Refuse: refuse, handler: handler}
	g.server = httptest.NewServer(g)
	dialer := &net.Dialer{}
	g.client = &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			if g.cut.CompareAndSwap(true, false) {
				return nil, errors.New("connection refused")
			}
			return dialer.DialContext(ctx, network, addr)
		},
	}}
	t.Cleanup(func() {
		g.server.CloseClientConnections() // those that hang
		g.server.Close()
	})
	return g
}

// URL is where the server answers.
func (g *Gate) URL() string { return g.server.URL }

// Client is a way to the server, and elsewhere.
func (g *Gate) Client() *http.Client { return g.client }

// Script has the next request answered so.
func (g *Gate) Script(a Answer) {
	if a == Unreachable {
		g.cut.Store(true)
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.script = append(g.script, a)
}

// Deny refuses all credentials from now on.
func (g *Gate) Deny() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.denied = true
}

func (g *Gate) next() Answer {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.denied {
		return Denied
	}
	if len(g.script) == 0 {
		return Accept
	}
	a := g.script[0]
	g.script = g.script[1:]
	return a
}

// ServeHTTP implements http.Handler. The network sees every request: also one whose answer
// is lost has been taken.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch a := g.next(); a {
	case Accept:
		g.handler.ServeHTTP(w, r)
	case LoseReply:
		g.handler.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	case Hang:
		g.handler.ServeHTTP(httptest.NewRecorder(), r)
		<-r.Context().Done()
	case Garble:
		g.handler.ServeHTTP(httptest.NewRecorder(), r)
		_, _ = w.Write([]byte("<html>\x00 what?"))
	default:
		g.handler.ServeHTTP(httptest.NewRecorder(), r)
		g.Refuse(w, a)
	}
}
