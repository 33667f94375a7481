package channels

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"
)

// The codes of sends over HTTP that came to no answer.
const (
	CodeUnreachable = "unreachable" // no byte of the message left
	CodeNoAnswer    = "no_answer"   // it left, and nothing sensible came back
)

// maxWait bounds how long a network may ask us to wait.
const maxWait = 24 * time.Hour

// Answer is what a network said to a request.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Exchange makes one request of a send and reads the answer, of which at most limit bytes
// count. It answers the port's one question for all that can go wrong below HTTP: Transient
// when no byte of the request left, Uncertain when any did. Redirects are not followed: they
// would send twice, or the wrong thing. The error quotes neither the address nor headers, for
// both may hold secrets.
func Exchange(client *http.Client, req *http.Request, limit int64) (Answer, *Error) {
	var written atomic.Bool
	note := func() { written.Store(true) }
	req = req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{WroteHeaders: note}))
	if req.Body == nil || req.Body == http.NoBody {
		req.Body = io.NopCloser(empty{}) // a GET without a body is repeated by net/http when a kept connection breaks
	}
	req.GetBody = nil
	once := *client
	once.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := once.Do(req)
	if err != nil {
		return Answer{}, unanswered(req.Context(), err, written.Load())
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, limit))
	if err != nil {
		return Answer{}, unanswered(req.Context(), err, true)
	}
	return Answer{Status: res.StatusCode, Header: res.Header, Body: body}, nil
}

// Unhurried is a client whose calls take as long as their contexts let them, for files: a client's own timeout bounds
// the body as well, however large it is. nil stays nil.
func Unhurried(client *http.Client) *http.Client {
	if client == nil {
		return nil
	}
	own := *client
	own.Timeout = 0
	return &own
}

// empty is a body that holds nothing and that net/http does not know to be so.
type empty struct{}

func (empty) Read([]byte) (int, error) { return 0, io.EOF }

func unanswered(ctx context.Context, err error, written bool) *Error {
	var inURL *url.Error
	if errors.As(err, &inURL) {
		err = inURL.Err
	}
	if written {
		return &Error{Kind: Uncertain, Code: CodeNoAnswer, Text: noAnswer.EN, Err: err}
	}
	e := &Error{Kind: Transient, Code: CodeUnreachable, Text: common[CodeUnreachable].EN, Err: err, Scope: ScopeAccount}
	if ctx.Err() != nil { // the wait was ours: it says nothing about the account
		e.Scope = ScopeChat
	}
	return e
}

// Wait is how long an answer asks to wait by its Retry-After header (RFC 9110, 10.2.3): in
// seconds or until a date; 0 when it does not say.
func (a Answer) Wait(now time.Time) time.Duration {
	text := a.Header.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds > 0 {
		return time.Duration(min(seconds, maxWait.Seconds()) * float64(time.Second))
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return min(at.Sub(now), maxWait)
	}
	return 0
}
