package channels_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels"
)

// serve answers each connection by a function until the test ends.
func serve(t *testing.T, answer func(conn net.Conn, in *bufio.Reader)) (address string) {
	t.Helper()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				answer(conn, bufio.NewReader(conn))
			}()
		}
	}()
	return ln.Addr().String()
}

func request(t *testing.T, ctx context.Context, method, address, body string) *http.Request { //nolint:revive // the test comes first
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, method, "http://"+address+"/send?key=s3cret-key", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func TestExchangeTellsWhatMayHaveArrived(t *testing.T) {
	t.Parallel()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := ln.Addr().String()
	_ = ln.Close()
	hangUp := serve(t, func(_ net.Conn, in *bufio.Reader) { _, _ = http.ReadRequest(in) })
	cut := serve(t, func(c net.Conn, in *bufio.Reader) {
		_, _ = http.ReadRequest(in)
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
	})
	silent := serve(t, func(_ net.Conn, in *bufio.Reader) { _, _ = io.Copy(io.Discard, in) })
	for name, c := range map[string]struct {
		address string
		kind    channels.ErrorKind
		code    string
	}{
		"nobody there":   {nobody, channels.Transient, channels.CodeUnreachable},
		"no such name":   {"nowhere.invalid:80", channels.Transient, channels.CodeUnreachable},
		"hangs up":       {hangUp, channels.Uncertain, channels.CodeNoAnswer},
		"answer cut off": {cut, channels.Uncertain, channels.CodeNoAnswer},
		"silence":        {silent, channels.Uncertain, channels.CodeNoAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			_, e := channels.Exchange(http.DefaultClient, request(t, ctx, "POST", c.address, "x"), 1000)
			if e == nil || e.Kind != c.kind || e.Code != c.code {
				t.Fatalf("%v, want %s (%s)", e, c.code, c.kind)
			}
			if strings.Contains(e.Error(), "s3cret") {
				t.Errorf("the error quotes the address: %v", e)
			}
			if name == "silence" && !errors.Is(e, context.DeadlineExceeded) {
				t.Errorf("the cause is lost: %v", e.Err)
			}
		})
	}
}

// TestExchangeSendsOnce breaks a kept connection after the request was read: net/http by
// itself would send a GET again.
func TestExchangeSendsOnce(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		var seen atomic.Int32
		address := serve(t, func(c net.Conn, in *bufio.Reader) {
			for {
				r, err := http.ReadRequest(in)
				if err != nil {
					return
				}
				_, _ = io.Copy(io.Discard, r.Body)
				if seen.Add(1) > 1 {
					return
				}
				_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
			}
		})
		client := &http.Client{Transport: &http.Transport{}}
		a, e := channels.Exchange(client, request(t, t.Context(), method, address, ""), 1000)
		if e != nil || a.Status != 200 || string(a.Body) != "ok" {
			t.Fatalf("%s: %v %v", method, a, e)
		}
		if _, e = channels.Exchange(client, request(t, t.Context(), method, address, ""), 1000); e == nil || e.Kind != channels.Uncertain {
			t.Errorf("%s: %v", method, e)
		}
		if n := seen.Load(); n != 2 {
			t.Errorf("%s: the server saw %d requests for 2 sends", method, n)
		}
	}
}

func TestExchangeFollowsNoRedirect(t *testing.T) {
	t.Parallel()
	var seen atomic.Int32
	address := serve(t, func(c net.Conn, in *bufio.Reader) {
		_, _ = http.ReadRequest(in)
		seen.Add(1)
		_, _ = io.WriteString(c, "HTTP/1.1 307 Moved\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	})
	a, e := channels.Exchange(http.DefaultClient, request(t, t.Context(), "POST", address, "x"), 1000)
	if e != nil || a.Status != 307 || seen.Load() != 1 {
		t.Errorf("%v %v after %d requests", a, e, seen.Load())
	}
}

func TestWait(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "1.5": 1500 * time.Millisecond, "-3": 0, "soon": 0, "NaN": 0, "1e300": 24 * time.Hour,
		"Sun, 22 Nov 2026 12:01:00 GMT": time.Minute, "Sun, 22 Nov 2026 11:59:00 GMT": 0, "Wed, 22 Nov 2028 12:00:00 GMT": 24 * time.Hour,
	} {
		a := channels.Answer{Header: http.Header{"Retry-After": {text}}}
		if got := a.Wait(now); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
