package vk

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"parley/channels"
)

const (
	// apiVersion is the version whose schema the fake is checked against.
	apiVersion = "5.199"
	// maxAnswer is how much of an answer is read; a page of 200 messages is below 4 MB.
	maxAnswer = 16 << 20
)

// api calls VK's methods. The token travels in the body, never in an address.
type api struct {
	http        *http.Client
	base, token string
}

// envelope is what every method answers with.
type envelope struct {
	Response json.RawMessage `json:"response"`
	Error    *struct {
		Code int `json:"error_code"`
	} `json:"error"`
}

// call makes one call and decodes its response into out, which may be nil. An Uncertain error says
// that VK may have done what it was asked to.
func (a *api) call(ctx context.Context, method string, params url.Values, out any) *channels.Error {
	form := url.Values{}
	for name, values := range params {
		form[name] = values
	}
	form.Set("access_token", a.token)
	form.Set("v", apiVersion)
	return a.answer(ctx, http.MethodPost, a.base+"/"+method, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()), func(body []byte) *channels.Error {
		var e envelope
		if err := json.Unmarshal(body, &e); err != nil {
			return failure(channels.Uncertain, CodeUnexpected, errors.New("the answer is no JSON"))
		}
		if e.Error != nil && e.Error.Code != 0 {
			return refused(refusal(e.Error.Code))
		}
		if len(e.Response) == 0 {
			return failure(channels.Uncertain, CodeUnexpected, errors.New("the answer holds neither a response nor an error"))
		}
		if out == nil {
			return nil
		}
		if err := json.Unmarshal(e.Response, out); err != nil {
			return failure(channels.Uncertain, CodeUnexpected, errors.New("the response has another shape"))
		}
		return nil
	})
}

// ask makes a call that nobody but us notices.
func (a *api) ask(ctx context.Context, method string, params url.Values, out any) *channels.Error {
	return harmless(a.call(ctx, method, params, out))
}

// callTime bounds a call that nothing else bounds. Long Poll holds a question for 25 s of it.
const callTime = 40 * time.Second

// bounded gives a call a deadline that has none of its own.
func bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, has := ctx.Deadline(); has {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, callTime)
}

// answer makes one HTTP request and hands the body of a good answer to read.
func (a *api) answer(ctx context.Context, verb, address, mediaType string, body io.Reader, read func([]byte) *channels.Error) *channels.Error {
	if err := ctx.Err(); err != nil {
		return failure(channels.Transient, CodeCancelled, err)
	}
	ctx, cancel := bounded(ctx)
	defer cancel()
	var connected atomic.Bool
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }})
	req, err := http.NewRequestWithContext(traced, verb, address, body)
	if err != nil {
		return failure(channels.Permanent, CodeUnexpected, errors.New("the address is unusable"))
	}
	if mediaType != "" {
		req.Header.Set("Content-Type", mediaType)
	}
	resp, err := a.http.Do(req)
	if err != nil {
		return unsent(ctx, connected.Load(), err)
	}
	defer resp.Body.Close() //nolint:errcheck // it has been read
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case resp.StatusCode != http.StatusOK:
		return statusError(resp)
	case err != nil:
		return unsent(ctx, true, err)
	case len(data) > maxAnswer:
		return failure(channels.Uncertain, CodeUnexpected, errors.New("the answer is too long"))
	}
	return read(data)
}

// bare is an error without the address that was called, which may hold a session's key.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
