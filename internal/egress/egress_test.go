package egress_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"parley/internal/egress"
	"parley/internal/fault"
)

var home = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

// rebinding is a resolver that gives a name another address on each query, the
// last one for ever.
func rebinding(t *testing.T, addrs ...string) *net.Resolver {
	t.Helper()
	var asked atomic.Int32
	answer := func(q dnsmessage.Message) dnsmessage.Message {
		q.Response = true
		if q.Questions[0].Type != dnsmessage.TypeA {
			return q
		}
		n := min(int(asked.Add(1)), len(addrs)) - 1
		q.Answers = []dnsmessage.Resource{{
			Header: dnsmessage.ResourceHeader{Name: q.Questions[0].Name, Class: dnsmessage.ClassINET},
			Body:   &dnsmessage.AResource{A: netip.MustParseAddr(addrs[n]).As4()},
		}}
		return q
	}
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe() // no PacketConn, so spoken as over TCP
		go serveDNS(server, answer)
		return client, nil
	}}
}

func serveDNS(c net.Conn, answer func(dnsmessage.Message) dnsmessage.Message) {
	defer c.Close()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		raw := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(c, raw); err != nil {
			return
		}
		var q dnsmessage.Message
		if err := q.Unpack(raw); err != nil {
			return
		}
		q.Additionals = nil
		a := answer(q)
		out, err := a.AppendPack([]byte{0, 0})
		if err != nil {
			return
		}
		binary.BigEndian.PutUint16(out, uint16(len(out)-2))
		if _, err := c.Write(out); err != nil {
			return
		}
	}
}

// get fetches a URL and returns the body.
func get(t *testing.T, c *http.Client, url string) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return string(b), err
}

func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func TestClientRefusesThisMachine(t *testing.T) {
	t.Parallel()
	var hits atomic.Int32
	s := serve(t, func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	_, err := get(t, egress.New(egress.Options{}).Client(), s.URL)
	var refused *egress.Refused
	if !errors.As(err, &refused) || refused.Reason != egress.Loopback || refused.Host != "127.0.0.1" {
		t.Fatalf("err = %v", err)
	}
	if hits.Load() != 0 {
		t.Error("the server was reached")
	}
	f := refused.Fault("base_url")
	if f.Fields[0].Path != "base_url" || !strings.Contains(f.Fields[0].Text.EN, "PARLEY_EGRESS_ALLOW") ||
		!strings.Contains(f.Fields[0].Text.RU, "PARLEY_EGRESS_ALLOW") || fault.KindOf(err) == fault.Invalid {
		t.Errorf("fault = %v", f)
	}
	if body, err := get(t, egress.New(egress.Options{Allow: home}).Client(), s.URL); err != nil || body != "" || hits.Load() != 1 {
		t.Errorf("allowed: %v, %d hits", err, hits.Load())
	}
}

func TestRebinding(t *testing.T) {
	t.Parallel()
	var hits atomic.Int32
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { hits.Add(1); fmt.Fprint(w, "hello") })
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	// The first answer may be called; the second leads to this machine by an
	// address that may not, where the same server could be listening.
	d := egress.New(egress.Options{Allow: home, Resolver: rebinding(t, "127.0.0.1", "127.0.0.2")})
	target := "http://evil.example.com:" + port
	if body, err := get(t, d.Client(), target); err != nil || body != "hello" {
		t.Fatalf("first call: %q, %v", body, err)
	}
	d.CloseIdle() // or the connection to the good address is used again
	_, err := get(t, d.Client(), target)
	var refused *egress.Refused
	if !errors.As(err, &refused) || refused.Host != "evil.example.com" || refused.Addr.String() != "127.0.0.2" {
		t.Errorf("second call: %v", err)
	}
	if hits.Load() != 1 {
		t.Errorf("%d hits", hits.Load())
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	var s *httptest.Server
	s = serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/inside":
			http.Redirect(w, r, strings.Replace(s.URL, "127.0.0.1", "127.0.0.2", 1), http.StatusFound)
		case "/metadata":
			http.Redirect(w, r, "http://169.254.169.254/latest", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/once":
			http.Redirect(w, r, "/", http.StatusFound)
		default:
			fmt.Fprint(w, "home")
		}
	})
	c := egress.New(egress.Options{Allow: home}).Client()
	if body, err := get(t, c, s.URL+"/once"); err != nil || body != "home" {
		t.Errorf("one redirect: %q, %v", body, err)
	}
	for path, reason := range map[string]egress.Reason{"/inside": egress.Loopback, "/metadata": egress.Metadata} {
		var refused *egress.Refused
		if _, err := get(t, c, s.URL+path); !errors.As(err, &refused) || refused.Reason != reason {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, path := range []string{"/loop", "/file"} {
		if _, err := get(t, c, s.URL+path); !errors.Is(err, egress.ErrRedirect) {
			t.Errorf("%s: %v", path, err)
		}
	}
	down := func(from, to string) error {
		a, _ := url.Parse(from)
		b, _ := url.Parse(to)
		return c.CheckRedirect(&http.Request{URL: b}, []*http.Request{{URL: a}})
	}
	if err := down("https://a.example", "http://b.example"); !errors.Is(err, egress.ErrRedirect) {
		t.Errorf("https to http: %v", err)
	}
	if err := down("http://a.example", "https://b.example"); err != nil {
		t.Errorf("http to https: %v", err)
	}
}

func TestBodyLimit(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/stream": // of no known length
			w.(http.Flusher).Flush()
			fmt.Fprint(w, strings.Repeat("x", 2000))
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = z.Write(bytes.Repeat([]byte{0}, 1<<20))
			_ = z.Close()
		case "/fits":
			fmt.Fprint(w, strings.Repeat("x", 1000))
		default:
			fmt.Fprint(w, strings.Repeat("x", 1001))
		}
	})
	d := egress.New(egress.Options{Allow: home, MaxBody: 1000})
	for _, path := range []string{"/", "/stream", "/bomb"} {
		body, err := get(t, d.Client(), s.URL+path)
		if !errors.Is(err, egress.ErrBodyTooLarge) || len(body) > 1000 {
			t.Errorf("%s: %d bytes, %v", path, len(body), err)
		}
	}
	if body, err := get(t, d.Client(), s.URL+"/fits"); err != nil || len(body) != 1000 {
		t.Errorf("what fits: %d bytes, %v", len(body), err)
	}
	if body, err := get(t, d.ClientWith(0, 1<<62), s.URL+"/stream"); err != nil || len(body) != 2000 {
		t.Errorf("another limit: %d bytes, %v", len(body), err)
	}
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	d := egress.New(egress.Options{Allow: home, Timeout: time.Millisecond})
	for name, c := range map[string]*http.Client{"own": d.Client(), "another": d.ClientWith(2*time.Millisecond, 0)} {
		_, err := get(t, c, s.URL)
		var e net.Error
		if !errors.As(err, &e) || !e.Timeout() {
			t.Errorf("%s timeout: %v", name, err)
		}
	}
	if got := d.ClientWith(90*time.Second, 0).Timeout; got != 90*time.Second {
		t.Errorf("a longer timeout = %v", got)
	}
}

func TestNoProxyFromEnvironment(t *testing.T) {
	var hits atomic.Int32
	proxy := serve(t, func(http.ResponseWriter, *http.Request) { hits.Add(1) })
	t.Setenv("HTTP_PROXY", proxy.URL)
	d := egress.New(egress.Options{Allow: home, Resolver: rebinding(t, "127.0.0.2")})
	var refused *egress.Refused
	if _, err := get(t, d.Client(), "http://api.example.com/"); !errors.As(err, &refused) || hits.Load() != 0 {
		t.Errorf("%v, proxy hit %d times", err, hits.Load())
	}
}

func TestDial(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var refused *egress.Refused
	if _, err := egress.New(egress.Options{}).Dial(t.Context(), "tcp", l.Addr().String()); !errors.As(err, &refused) {
		t.Errorf("this machine: %v", err)
	}
	d := egress.New(egress.Options{Allow: home})
	c, err := d.Dial(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	for _, network := range []string{"udp", "unix"} {
		if c, err := d.Dial(t.Context(), network, l.Addr().String()); err == nil {
			c.Close()
			t.Errorf("%s leaves", network)
		}
	}
	if err := d.Check(netip.MustParseAddr("10.0.0.1")); !errors.As(err, &refused) || refused.Reason != egress.Private {
		t.Errorf("Check = %v", err)
	}
	if err := d.Check(netip.MustParseAddr("8.8.8.8")); err != nil {
		t.Errorf("Check = %v", err)
	}
}
