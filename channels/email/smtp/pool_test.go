package smtp_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
)

func TestConnectionsAreReused(t *testing.T) {
	t.Parallel()
	s := new(server).start(t)
	sender := newSender(t, s.config(), environment(), nil)
	for i := range 5 {
		_, e := send(t, sender, outgoing(int64(i+1)))
		want(t, e, "", "")
	}
	if s.count("CONNECT") != 1 || s.count("RSET") != 4 || len(s.taken()) != 5 {
		t.Errorf("%d connections, %d resets, %d mails", s.count("CONNECT"), s.count("RSET"), len(s.taken()))
	}
}

func TestConnectionsAreFew(t *testing.T) {
	t.Parallel()
	s := new(server).start(t)
	c := s.config()
	c.Connections = 2
	sender := newSender(t, c, environment(), nil)
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			if _, e := send(t, sender, outgoing(int64(i+1))); e != nil {
				t.Errorf("mail %d: %v", i, e)
			}
		})
	}
	wg.Wait()
	if s.count("CONNECT") > 2 || len(s.taken()) != 40 {
		t.Errorf("%d connections, %d mails", s.count("CONNECT"), len(s.taken()))
	}
}

func TestConnectionsAreReplacedInTime(t *testing.T) {
	t.Parallel()
	s := new(server).start(t)
	sender := newSender(t, s.config(), environment(), nil)
	for i := range 100 {
		_, e := send(t, sender, outgoing(int64(i+1)))
		want(t, e, "", "")
	}
	if s.count("CONNECT") != 2 {
		t.Errorf("100 mails went over %d connections", s.count("CONNECT"))
	}
}

// TestStaleConnections lets the server end idle connections in all the ways it can. The next mail
// goes over another one, in the same attempt, once.
func TestStaleConnections(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ step, answer string }{
		{"RSET", drop}, {"RSET", "421 4.4.2 idle for too long"}, {"RSET", "451 what?"}, {"MAIL", drop}, {"MAIL", "421 4.7.0 enough of you"},
		{"RSET", hang},
	} {
		for _, announce := range [][]string{nil, {"PIPELINING"}} {
			t.Run(c.step+" "+c.answer+" "+strings.Join(announce, ""), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { // silence is waited for
					s := &server{announce: announce}
					s.answer = func(conn int, step, _ string) string {
						if conn == 0 && step == c.step && s.count("DATA") > 0 {
							return c.answer
						}
						return ""
					}
					config, env := s.virtual()
					sender := newSender(t, config, env, nil)
					for i := range 3 {
						_, e := send(t, sender, outgoing(int64(i+1)))
						want(t, e, "", "")
					}
					if s.count("CONNECT") != 2 || len(s.taken()) != 3 {
						t.Errorf("%d connections, %d mails", s.count("CONNECT"), len(s.taken()))
					}
				})
			})
		}
	}
}

// TestNoMailIsBlamedForItsNeighbour refuses one mail at every stage; the next one must go through.
func TestNoMailIsBlamedForItsNeighbour(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"MAIL", "RCPT", "DATA", "."} {
		for _, answer := range []string{
			"450 4.2.0 later", "550 5.7.1 no", drop, "421 4.3.0 bye", "not a reply", "550-a\r\n550 b",
			// A server that answers twice is out of step; what it says last must not be heard by the next.
			"550 5.7.1 no\r\n550 5.5.1 really no",
		} {
			for _, announce := range [][]string{nil, {"PIPELINING"}} {
				t.Run(step+" "+answer+" "+strings.Join(announce, ""), func(t *testing.T) {
					t.Parallel()
					var s *server
					s = &server{announce: announce, answer: func(_ int, at, line string) string {
						if at == step && s.count(step) == 1 {
							return answer
						}
						return ""
					}}
					sender := newSender(t, s.start(t).config(), environment(), nil)
					if _, e := send(t, sender, outgoing(1)); e == nil {
						t.Error("the first mail was not refused")
					}
					_, e := send(t, sender, outgoing(2, "good@example.net"))
					want(t, e, "", "")
					mails := s.taken()
					if len(mails) == 0 || mails[len(mails)-1].to[0] != "RCPT TO:<good@example.net>" || len(mails[len(mails)-1].to) != 1 {
						t.Errorf("the server took %+v", mails)
					}
				})
			}
		}
	}
}

// TestIdleConnectionsEnd lives in virtual time.
func TestIdleConnectionsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := new(server)
		var wg sync.WaitGroup
		env := environment()
		env.Dial = func(context.Context, string, string) (net.Conn, error) {
			here, there := net.Pipe()
			wg.Go(func() { s.serve(newBuffered(there)) })
			return here, nil
		}
		sender := newSender(t, config("test", 25), env, nil)
		for range 2 {
			_, e := send(t, sender, outgoing(1))
			want(t, e, "", "")
		}
		time.Sleep(29 * time.Second)
		synctest.Wait()
		if n := s.count("QUIT"); n != 0 {
			t.Errorf("%d goodbyes after 29 s", n)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if n := s.count("QUIT"); n != 1 {
			t.Errorf("%d goodbyes after 31 s", n)
		}
		_, e := send(t, sender, outgoing(2))
		want(t, e, "", "")
		if n := s.count("CONNECT"); n != 2 {
			t.Errorf("%d connections", n)
		}
		sender.Close()
		_, e = send(t, sender, outgoing(3))
		want(t, e, "", "")
		wg.Wait() // every connection has been closed
	})
}

// cutting lets so many bytes out and then breaks.
type cutting struct {
	net.Conn
	left int
}

func (c *cutting) Write(p []byte) (int, error) {
	if len(p) <= c.left {
		c.left -= len(p)
		return c.Conn.Write(p)
	}
	n, _ := c.Conn.Write(p[:c.left])
	c.left = 0
	c.Conn.Close()
	return n, net.ErrClosed
}

// TestCutAtEveryByte breaks the connection after every single byte of a conversation. What is said to
// be unsent must not have arrived, and what arrived must not be said to be unsent.
func TestCutAtEveryByte(t *testing.T) {
	t.Parallel()
	for _, announce := range [][]string{nil, {"PIPELINING"}} {
		outcomes := map[string]int{}
		for cut := 0; ; cut++ {
			s := &server{announce: announce}
			env := environment()
			var wg sync.WaitGroup
			env.Dial = func(context.Context, string, string) (net.Conn, error) {
				here, there := net.Pipe()
				wg.Go(func() { s.serve(there) })
				return &cutting{here, cut}, nil
			}
			c := config("test", 25)
			sender := newSender(t, c, env, nil)
			_, e := send(t, sender, outgoing(1))
			sender.Close()
			wg.Wait()
			arrived := len(s.taken()) > 0
			if e == nil {
				outcomes["sent"]++
				if !arrived {
					t.Fatalf("cut at %d: said to be sent, but the server took nothing", cut)
				}
				if outcomes["sent"] > 3 { // only the goodbye is cut now
					break
				}
				continue
			}
			outcomes[e.Kind.String()]++
			if e.Kind != channels.Uncertain && arrived {
				t.Fatalf("cut at %d: said to be unsent (%v), but the server took it", cut, e)
			}
			if e.Kind == channels.Uncertain && !arrived {
				t.Fatalf("cut at %d: said to be uncertain, but the dot cannot have left", cut)
			}
			if e.Kind == channels.Permanent || e.Kind == channels.AuthFailed {
				t.Fatalf("cut at %d: %v", cut, e)
			}
		}
		if outcomes["transient"] < 300 {
			t.Errorf("the outcomes are %v", outcomes)
		}
	}
}

// TestUnreachable has nobody to talk to.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	_, e := send(t, newSender(t, config("127.0.0.1", port), environment(), nil), outgoing(1))
	want(t, e, "transient", connect.CodeRefused)
	if e.Scope != channels.ScopeAccount || !strings.Contains(e.Text, fmt.Sprint(port)) {
		t.Errorf("the error is %+v", e)
	}
}
