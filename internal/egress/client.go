package egress

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"time"
)

// ErrBodyTooLarge is what reading a response body answers beyond its limit.
var ErrBodyTooLarge = errors.New("response body is too large")

// ErrRedirect says that a redirect was not followed.
var ErrRedirect = errors.New("redirect not followed")

// Client returns an HTTP client with the Door's timeout and body limit. It
// follows at most five redirects, never from https to http, and checks where each
// leads. It knows no proxy and keeps no cookies.
func (d *Door) Client() *http.Client { return d.ClientWith(d.timeout, d.maxBody) }

// ClientWith is Client with another timeout, as for long polling, and another
// body limit in bytes, as for downloads. Zero is the Door's own.
func (d *Door) ClientWith(timeout time.Duration, maxBody int64) *http.Client {
	if timeout <= 0 {
		timeout = d.timeout
	}
	if maxBody <= 0 {
		maxBody = d.maxBody
	}
	return &http.Client{
		Transport:     &limited{next: d.transport, max: min(maxBody, math.MaxInt64-1)},
		Timeout:       timeout,
		CheckRedirect: checkRedirect,
	}
}

func checkRedirect(next *http.Request, via []*http.Request) error {
	switch last := via[len(via)-1]; {
	case len(via) > maxRedirects:
		return fmt.Errorf("%w: more than %d of them", ErrRedirect, maxRedirects)
	case next.URL.Scheme != "http" && next.URL.Scheme != "https":
		return fmt.Errorf("%w: leads away from the web", ErrRedirect)
	case last.URL.Scheme == "https" && next.URL.Scheme != "https":
		return fmt.Errorf("%w: leads from https to http", ErrRedirect)
	}
	return nil
}

// limited bounds the bodies of responses.
type limited struct {
	next http.RoundTripper
	max  int64
}

// RoundTrip implements http.RoundTripper.
func (l *limited) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := l.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if res.ContentLength > l.max && r.Method != http.MethodHead {
		res.Body.Close()
		return nil, ErrBodyTooLarge
	}
	res.Body = &body{ReadCloser: res.Body, left: l.max}
	return res, nil
}

// body reads at most left bytes, and answers ErrBodyTooLarge when there are more.
type body struct {
	io.ReadCloser
	left int64
}

func (b *body) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1] // one byte more tells that there is more
	}
	n, err := b.ReadCloser.Read(p)
	if int64(n) > b.left {
		n, err = int(b.left), ErrBodyTooLarge
	}
	b.left -= int64(n)
	return n, err
}
