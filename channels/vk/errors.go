package vk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"parley/channels"
)

// refusal is VK's own number for why it did not do something.
type refusal int

func (r refusal) Error() string { return "VK error " + strconv.Itoa(int(r)) }

// verdict is what a refusal means for an attempt.
type verdict struct {
	kind  channels.ErrorKind
	code  string
	scope channels.Scope
	wait  time.Duration
	field string // of the configuration, where that is at fault
}

// Waits where VK names none.
const (
	aSecond = time.Second     // "too many requests per second"
	aMinute = time.Minute     // flood control looks at some minutes
	anHour  = 1 * time.Hour   // quotas are counted by the hour or day
	pause   = 5 * time.Second // after an error of its own
)

// verdicts is what VK's numbers mean. Source: errors.json of the published schema, version 5.199,
// and dev.vk.com/reference/errors, looked up in November 2026. 983 is missing from both; it is kept
// beside 985 as a chat for notifications. Numbers that are not listed are Permanent: VK names an
// error before it does anything, except for those marked Uncertain.
var verdicts = map[refusal]verdict{
	1:  {kind: channels.Uncertain, code: CodeInternal, wait: pause},
	2:  {kind: channels.AuthFailed, code: CodeAppOff, scope: channels.ScopeAccount, field: fieldToken},
	3:  {kind: channels.Permanent, code: CodeRefused},
	4:  {kind: channels.AuthFailed, code: CodeToken, scope: channels.ScopeAccount, field: fieldToken},
	5:  {kind: channels.AuthFailed, code: CodeToken, scope: channels.ScopeAccount, field: fieldToken},
	6:  {kind: channels.Transient, code: CodeSlower, scope: channels.ScopeAccount, wait: aSecond},
	7:  {kind: channels.Permanent, code: CodeRight, field: fieldToken},
	8:  {kind: channels.Permanent, code: CodeRefused},
	9:  {kind: channels.Transient, code: CodeFlood, scope: channels.ScopeChat, wait: aMinute},
	10: {kind: channels.Uncertain, code: CodeInternal, wait: pause},
	14: {kind: channels.Transient, code: CodeCaptcha, scope: channels.ScopeAccount, wait: anHour},
	15: {kind: channels.Permanent, code: CodeRight, field: fieldToken},
	17: {kind: channels.AuthFailed, code: CodeToken, scope: channels.ScopeAccount, field: fieldToken},
	18: {kind: channels.Permanent, code: CodeDeleted},
	22: {kind: channels.Transient, code: CodeUpload, wait: pause},
	23: {kind: channels.Permanent, code: CodeAppOff},
	27: {kind: channels.AuthFailed, code: CodeToken, scope: channels.ScopeAccount, field: fieldToken},
	28: {kind: channels.AuthFailed, code: CodeToken, scope: channels.ScopeAccount, field: fieldToken},
	29: {kind: channels.Transient, code: CodeDaily, scope: channels.ScopeAccount, wait: anHour},
	30: {kind: channels.Permanent, code: CodePrivacy},
	32: {kind: channels.Transient, code: CodeSlower, scope: channels.ScopeAccount, wait: pause},
	36: {kind: channels.Uncertain, code: CodeInternal, wait: pause},
	37: {kind: channels.Permanent, code: CodeDeleted},
	39: {kind: channels.Permanent, code: CodeNoContact},
	40: {kind: channels.Permanent, code: CodeGroup, field: fieldGroup},
	42: {kind: channels.AuthFailed, code: CodeToken, scope: channels.ScopeAccount, field: fieldToken},
	43: {kind: channels.Transient, code: CodeUnavailable, scope: channels.ScopeAccount, wait: aMinute},

	100:  {kind: channels.Permanent, code: CodeParameter},
	104:  {kind: channels.Permanent, code: CodeNotFound},
	105:  {kind: channels.Permanent, code: CodeFileRefused},
	113:  {kind: channels.Permanent, code: CodeNoContact},
	118:  {kind: channels.Transient, code: CodeUpload, wait: pause}, // "invalid server": the upload's address has expired
	121:  {kind: channels.Transient, code: CodeUpload, wait: pause}, // "invalid hash": the same
	129:  {kind: channels.Permanent, code: CodeFileRefused},
	200:  {kind: channels.Permanent, code: CodeRight, field: fieldToken},
	203:  {kind: channels.AuthFailed, code: CodeGroup, scope: channels.ScopeAccount, field: fieldGroup},
	1150: {kind: channels.Permanent, code: CodeFileRefused},

	900:  {kind: channels.Permanent, code: CodeBlacklisted},
	901:  {kind: channels.Permanent, code: CodeNotAllowed},
	902:  {kind: channels.Permanent, code: CodePrivacy},
	909:  {kind: channels.Permanent, code: CodeEditExpired},
	910:  {kind: channels.Permanent, code: CodeTooBig},
	911:  {kind: channels.Permanent, code: CodeKeyboard},
	912:  {kind: channels.Permanent, code: CodeBotsOff},
	913:  {kind: channels.Permanent, code: CodeForward},
	914:  {kind: channels.Permanent, code: CodeTooLong},
	917:  {kind: channels.Permanent, code: CodeNoChat},
	920:  {kind: channels.Permanent, code: CodeEditKind},
	921:  {kind: channels.Permanent, code: CodeForward},
	922:  {kind: channels.Permanent, code: CodeNoChat},
	924:  {kind: channels.Permanent, code: CodeDelete},
	925:  {kind: channels.Permanent, code: CodeNotAdmin},
	927:  {kind: channels.Permanent, code: CodeNoChat},
	932:  {kind: channels.Permanent, code: CodeNoChat},
	935:  {kind: channels.Permanent, code: CodeNoChat},
	936:  {kind: channels.Permanent, code: CodeNoContact},
	940:  {kind: channels.Permanent, code: CodeTooBig},
	943:  {kind: channels.Permanent, code: CodeRefused},
	944:  {kind: channels.Transient, code: CodeDaily, scope: channels.ScopeChat, wait: anHour},
	945:  {kind: channels.Permanent, code: CodeChatOff},
	946:  {kind: channels.Permanent, code: CodeChatOff},
	949:  {kind: channels.Permanent, code: CodeEditKind},
	950:  {kind: channels.Permanent, code: CodeWindow},
	962:  {kind: channels.Permanent, code: CodeDonut},
	969:  {kind: channels.Permanent, code: CodeForward},
	983:  {kind: channels.Permanent, code: CodeChatOff},
	985:  {kind: channels.Permanent, code: CodeChatOff},
	987:  {kind: channels.Permanent, code: CodeRequest},
	988:  {kind: channels.Permanent, code: CodeRequest},
	1001: {kind: channels.Permanent, code: CodeReaction},
	1002: {kind: channels.Permanent, code: CodeReaction},
	1003: {kind: channels.Permanent, code: CodeReaction},
}

// refused is the error of one of VK's numbers.
func refused(n refusal) *channels.Error {
	v, known := verdicts[n]
	if !known {
		v = verdict{kind: channels.Permanent, code: CodeRefused}
	}
	e := failure(v.kind, v.code, n)
	e.Scope, e.RetryAfter = v.scope, v.wait
	if w := phrases[v.code]; v.field != "" {
		e.Err = fmt.Errorf("%w: %w", n, &channels.ConfigError{Field: v.field, RU: w.RU, EN: w.EN})
	}
	return e
}

// failure is an error in our words; cause may be nil and must not quote VK.
func failure(kind channels.ErrorKind, code string, cause error) *channels.Error {
	return &channels.Error{Kind: kind, Code: code, Text: phrases[code].EN, Err: cause}
}

// forAccount makes an error concern the whole account.
func forAccount(e *channels.Error) *channels.Error {
	e.Scope = channels.ScopeAccount
	return e
}

// statusError is the error of an HTTP status that comes without VK's own words: from what stands
// before its API.
func statusError(resp *http.Response) *channels.Error {
	cause := errors.New("HTTP status " + strconv.Itoa(resp.StatusCode))
	var e *channels.Error
	switch s := resp.StatusCode; {
	case s == http.StatusTooManyRequests:
		e = failure(channels.Transient, CodeSlower, cause)
	case s == http.StatusServiceUnavailable:
		e = failure(channels.Transient, CodeUnavailable, cause)
	case s == http.StatusUnauthorized || s == http.StatusForbidden:
		e = failure(channels.AuthFailed, CodeToken, cause)
	case s >= 400 && s < 500:
		e = failure(channels.Permanent, CodeRefused, cause)
	default: // redirects and broken gateways: somebody behind them may have done it
		e = failure(channels.Uncertain, CodeUnexpected, cause)
	}
	if seconds, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && seconds > 0 && seconds <= 86400 {
		e.RetryAfter = time.Duration(seconds) * time.Second
	}
	return forAccount(e)
}

// unsent is the error of a call that did not get an answer. Where no connection came to be nothing
// has left the house.
func unsent(ctx context.Context, connected bool, err error) *channels.Error {
	switch {
	case !connected && ctx.Err() != nil:
		return forAccount(failure(channels.Transient, CodeTimeout, bare(err)))
	case !connected:
		return forAccount(failure(channels.Transient, CodeUnreachable, bare(err)))
	default:
		return failure(channels.Uncertain, CodeUnconfirmed, bare(err))
	}
}

// harmless turns the error of a call that nobody but us would notice: what is not known to have
// been done may simply be done again.
func harmless(e *channels.Error) *channels.Error {
	if e == nil || e.Kind != channels.Uncertain {
		return e
	}
	again := *e
	again.Kind = channels.Transient
	if again.Code == CodeUnconfirmed || again.Code == CodeInternal {
		again.Code = CodeUnavailable
	}
	again.Text = phrases[again.Code].EN
	return &again
}
