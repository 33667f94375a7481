package imap_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"parley/channels/channeltest"
	"parley/internal/testenv"
)

// cutter is a way to the server on which a connection breaks after so many bytes of the
// server's. The zero value lets everything through.
type cutter struct {
	mu    sync.Mutex
	after []int // of the next connections
	dials int
}

// next has the next connection break.
func (c *cutter) next(after int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.after = append(c.after, after)
}

func (c *cutter) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dials++
	if len(c.after) == 0 {
		return conn, nil
	}
	after := c.after[0]
	c.after = c.after[1:]
	return &cutConn{Conn: conn, left: after}, nil
}

// cutConn ends like a connection whose other side has gone: what was on its way arrives.
type cutConn struct {
	net.Conn
	left int
}

func (c *cutConn) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, errors.Join(io.EOF, c.Close())
	}
	n, err := c.Conn.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}

// TestConnectionBreaksAnywhere breaks the connection after every 64th byte that the server
// says, from its greeting to the last of a mail, each time with mail yet to come.
func TestConnectionBreaksAnywhere(t *testing.T) {
	t.Parallel()
	const step, longest = 64, 6000
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.server.Deliver(t, h.user, letter("first", 1200), letter("second", 1200), letter("third", 1200))
	h.config.Poll = 20 * time.Millisecond
	way := &cutter{}
	h.env.Dial = way.dial
	cuts := 0
	for after := 1; after < longest; after += step {
		way.next(after)
		cuts++
	}
	h.start()
	h.connected()
	h.arrives("first", "second", "third")
	// Later cuts fall into later mails: each connection still has one to fetch.
	for i := 0; ; i++ {
		way.mu.Lock()
		left := len(way.after)
		way.mu.Unlock()
		if left == 0 {
			break
		}
		text := fmt.Sprint("later ", i)
		h.server.Deliver(t, h.user, letter(text, 1200))
		h.arrives(text)
	}
	h.arrives("first", "second", "third")
	if n := h.journal.Count(channeltest.StepQuarantined, ""); n > 0 {
		t.Errorf("%d mails were blamed for the line", n)
	}
	way.mu.Lock()
	defer way.mu.Unlock()
	if way.dials < cuts {
		t.Errorf("%d connections for %d cuts", way.dials, cuts)
	}
}
