package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"parley/channels"
)

// Bounds of calls, in bytes.
const (
	maxAnswer   = 9 << 20 // a poll brings at most 100 updates
	maxBuffered = 256 << 10
)

// wire is the library's way to the network. It notes what became of each call, which the library's errors
// tell only in part, and keeps the token out of everything.
type wire struct {
	http  *http.Client
	token string
}

// newWire uses the house's client with its guard. Its timeout is left behind: uploads may take longer, and
// every call has a deadline of its own.
func newWire(client *http.Client, token string) *wire {
	own := *client
	own.Timeout = 0
	return &wire{http: &own, token: token}
}

// exchange is one call as it went.
type exchange struct {
	written atomic.Bool // the request's head went out: the network may have taken it
	status  int         // 0 = there was no answer
	retry   string      // the header Retry-After
	body    []byte
	err     error // without addresses
}

type exchangeKey struct{}

// callTimeout bounds calls that carry no files, where nothing else does.
const callTimeout = 20 * time.Second

// call makes one call by the library and says what its failure means.
func (a *Account) call(ctx context.Context, do func(context.Context) error) *channels.Error {
	if _, bounded := ctx.Deadline(); !bounded {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, callTimeout)
		defer cancel()
	}
	x := &exchange{}
	err := do(context.WithValue(ctx, exchangeKey{}, x))
	if err == nil && x.status != 0 {
		return nil
	}
	return verdict(x)
}

// Do implements bot.HttpClient.
func (w *wire) Do(r *http.Request) (*http.Response, error) {
	x, ok := r.Context().Value(exchangeKey{}).(*exchange)
	if !ok {
		x = &exchange{}
	}
	r = r.WithContext(httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{WroteHeaders: func() { x.written.Store(true) }}))
	if err := buffer(r); err != nil {
		x.err = w.harmless(err)
		return nil, x.err
	}
	res, err := w.http.Do(r)
	if err != nil {
		x.err = w.harmless(err)
		return nil, x.err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err == nil && len(body) > maxAnswer {
		err = errors.New("the answer is too long")
	}
	if err != nil {
		x.err = w.harmless(err)
		return nil, x.err
	}
	x.status, x.retry, x.body = res.StatusCode, res.Header.Get("Retry-After"), body
	res.Body = io.NopCloser(bytes.NewReader(body))
	return res, nil
}

// buffer gives small requests a length, so that a connection which the network has closed meanwhile is
// replaced without a doubt. What is larger streams.
func buffer(r *http.Request) error {
	if r.Body == nil || r.GetBody != nil {
		return nil
	}
	head, err := io.ReadAll(io.LimitReader(r.Body, maxBuffered+1))
	if err != nil {
		r.Body.Close()
		return fmt.Errorf("write request: %w", err)
	}
	if len(head) > maxBuffered {
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(head), r.Body), r.Body}
		return nil
	}
	r.Body.Close()
	if len(head) == 0 { // a method without parameters
		r.Body, r.ContentLength = http.NoBody, 0
		r.Header.Del("Content-Type") // it would announce parts
		return nil
	}
	r.ContentLength = int64(len(head))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(head)), nil }
	r.Body, err = r.GetBody()
	return err
}

// harmless takes the address, which holds the token, off an error.
func (w *wire) harmless(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if strings.Contains(err.Error(), w.token) {
		return errors.New("the call failed; its error held the token")
	}
	return err
}
