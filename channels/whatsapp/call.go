package whatsapp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"

	"parley/channels"
)

const (
	maxAnswer = 8 << 20 // bytes; a page of templates is the largest
	userAgent = "Parley/1.0.0"
)

// graph calls Meta's Graph API for one account.
type graph struct {
	http     *http.Client
	settings settings
}

func newGraph(client *http.Client, s settings) *graph {
	c := *client
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // the token goes nowhere else
	return &graph{http: &c, settings: s}
}

// get asks for something; a failure has reached nobody.
func (g *graph) get(ctx context.Context, path string, query url.Values) ([]byte, *channels.Error) {
	body, err := g.call(ctx, http.MethodGet, path, query, "", nil)
	return body, harmless(err)
}

// post sends JSON. Without a clear answer the outcome is Uncertain.
func (g *graph) post(ctx context.Context, path string, payload any) ([]byte, *channels.Error) {
	text, err := json.Marshal(payload)
	if err != nil {
		return nil, &channels.Error{Kind: channels.Permanent, Code: CodeRefused, Text: phrase(CodeRefused).EN, Err: err}
	}
	return g.call(ctx, http.MethodPost, path, nil, "application/json", bytes.NewReader(text))
}

// harmless turns a doubt into a failure to be tried again, for calls that no contact sees.
func harmless(err *channels.Error) *channels.Error {
	if err != nil && err.Kind == channels.Uncertain {
		err.Kind = channels.Transient
	}
	return err
}

func (g *graph) call(ctx context.Context, method, path string, query url.Values, mediaType string, body io.Reader) ([]byte, *channels.Error) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	address := g.settings.base.JoinPath(version, path)
	address.RawQuery = query.Encode()
	var reached atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { reached.Store(true) }})
	req, err := http.NewRequestWithContext(ctx, method, address.String(), body)
	if err != nil {
		return nil, unreached(err)
	}
	if mediaType != "" {
		req.Header.Set("Content-Type", mediaType)
	}
	resp, err := g.do(req)
	if err != nil && !reached.Load() {
		return nil, unreached(err)
	}
	if err != nil {
		return nil, unconfirmed(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, unconfirmed(err)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, judge(resp.StatusCode, resp.Header, answer)
	}
	return answer, nil
}

// bounded gives a call a deadline that has none of its own.
func bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, has := ctx.Deadline(); has {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, uploadTimeout)
}

// do adds what every request carries.
func (g *graph) do(req *http.Request) (*http.Response, error) {
	req.Header.Set("Authorization", "Bearer "+g.settings.token)
	req.Header.Set("User-Agent", userAgent)
	resp, err := g.http.Do(req)
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err // the address is of no use to people, and long
	}
	return resp, err
}

func unreached(err error) *channels.Error {
	e := failure(channels.Transient, CodeUnreachable)
	e.Scope, e.Err = channels.ScopeAccount, err
	return e
}

func unconfirmed(err error) *channels.Error {
	e := failure(channels.Uncertain, CodeNoAnswer)
	e.Err = err
	return e
}
