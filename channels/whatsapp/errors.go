package whatsapp

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"parley/channels"
)

// refusal is what counts of an error as Meta writes it, in answers and in webhooks. Its sentences are in English
// and may quote people or the token.
type refusal struct {
	Code    int    `json:"code"`
	Type    string `json:"type"`
	Subcode int    `json:"error_subcode"`
}

// name is what a log may hold of an error: "Malformed access token …" would repeat the token.
func (r refusal) name() channels.Said { return channels.Said("code " + strconv.Itoa(r.Code)) }

// judge says what an answer that is no success means for an attempt.
func judge(status int, header http.Header, body []byte) *channels.Error {
	var answer struct {
		Error *refusal `json:"error"`
	}
	if json.Unmarshal(body, &answer) != nil || answer.Error == nil {
		return judgeStatus(status, header)
	}
	r := *answer.Error
	m, known := meaningOf(r.Code)
	if r.Code == 0 && r.Type != "OAuthException" {
		known = false // no code at all
	}
	if !known {
		e := judgeStatus(status, header)
		e.Err = r.name()
		return e
	}
	if r.Code == 100 && r.Subcode == 33 {
		m.code = CodeGone // the object does not exist, or the token may not see it
	}
	e := failure(m.kind, m.code)
	e.Scope, e.RetryAfter, e.Err = m.scope, m.wait, r.name()
	if wait := retryAfter(header); wait > 0 && e.Kind == channels.Transient {
		e.RetryAfter = wait
	}
	if e.Code == CodeToken {
		return atField(e, "token", phrase(CodeToken))
	}
	return e
}

// judgeStatus judges an answer by its HTTP status alone.
func judgeStatus(status int, header http.Header) *channels.Error {
	switch {
	case status == http.StatusUnauthorized:
		e := failure(channels.AuthFailed, CodeToken)
		return atField(e, "token", phrase(CodeToken))
	case status == http.StatusForbidden:
		e := failure(channels.AuthFailed, CodePermission)
		e.Scope = channels.ScopeAccount
		return e
	case status == http.StatusTooManyRequests:
		e := failure(channels.Transient, CodeRate)
		e.Scope, e.RetryAfter = channels.ScopeAccount, retryAfter(header)
		return e
	case status == http.StatusNotFound:
		return failure(channels.Permanent, CodeGone)
	case status >= 400 && status < 500:
		e := failure(channels.Permanent, CodeRefused)
		e.Err = channels.Said("HTTP " + strconv.Itoa(status))
		return e
	default:
		e := failure(channels.Uncertain, CodeUnclear)
		e.Err = channels.Said("HTTP " + strconv.Itoa(status))
		return e
	}
}

// maxWait bounds what a network may ask to wait.
const maxWait = 24 * time.Hour

func retryAfter(header http.Header) time.Duration {
	seconds, err := strconv.Atoi(header.Get("Retry-After"))
	if err != nil || seconds <= 0 {
		return 0
	}
	return min(time.Duration(min(seconds, 1<<20))*time.Second, maxWait)
}
