package smtp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"strings"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
)

// stage is how far a transaction has come.
type stage int

// The stages, in order.
const (
	stageReset stage = iota
	stageSender
	stageRecipient
	stageData    // waiting to be let write
	stageBody    // writing
	stageVerdict // the final dot has left
)

func (s stage) String() string {
	return [...]string{"RSET", "MAIL", "RCPT", "DATA", "the mail", "the final dot"}[s]
}

// How long to leave a server alone that does not say.
const (
	laterWait  = 2 * time.Minute
	greyWait   = 5 * time.Minute // what greylisting commonly asks for
	rateWait   = 10 * time.Minute
	quotaWait  = time.Hour
	closedWait = 30 * time.Second
)

// judge says what a server's refusal means at a stage. Nothing has been delivered: a refusal of the
// whole mail is an answer too.
func (ss *session) judge(at stage, r reply) *channels.Error {
	kind, scope, code, rest := weigh(at, r)
	e := failure(kind, code, ss.said(r))
	e.Scope, e.RetryAfter = scope, rest
	if asked := r.asks(); asked > 0 && kind == channels.Transient {
		e.RetryAfter = asked
	}
	e.Err = refusal{at, r.code, r.enhanced()}
	return e
}

// refusal is the cause of an error, without the server's words, in which anything may stand.
type refusal struct {
	at       stage
	code     int
	enhanced string
}

func (r refusal) Error() string {
	return strings.TrimSpace(fmt.Sprintf("%s was answered with %d %s", r.at, r.code, r.enhanced))
}

// weigh reads a refusal. The enhanced code comes before the words, and the words before the plain code.
func weigh(at stage, r reply) (kind channels.ErrorKind, scope channels.Scope, code string, rest time.Duration) {
	if at <= stageSender {
		scope = channels.ScopeAccount
	}
	const chat, account = channels.ScopeChat, channels.ScopeAccount
	switch {
	case !r.refuses():
		return channels.Transient, scope, connect.CodeUnexpected, laterWait
	case quota(at, r):
		return channels.Transient, account, CodeRate, quotaWait
	case r.code == 421:
		if r.about("7") || r.says("rate", "too many", "limit") {
			return channels.Transient, account, CodeRate, rateWait
		}
		return channels.Transient, account, CodeLater, closedWait
	case r.code == 530 || r.code/100 == 5 && r.about("7.0", "7.1") && r.says("authentication required"):
		return channels.AuthFailed, account, CodeSignIn, 0
	case r.code == 552 && !r.about("2.2") && at != stageRecipient, r.about("3.4"), r.about("2.3"):
		return channels.Permanent, chat, CodeTooLarge, 0
	case r.code/100 == 5:
		return channels.Permanent, scope, permanent(at, r), 0
	case r.about("5.3"):
		return channels.Permanent, chat, CodeManyRecipients, 0
	case r.about("2.2"):
		return channels.Transient, chat, CodeFull, quotaWait
	case r.says("rate limit", "too many", "too fast", "slow down", "throttl", "sending limit"):
		return channels.Transient, account, CodeRate, rateWait
	case at == stageRecipient:
		return channels.Transient, chat, CodeLater, greyWait
	}
	return channels.Transient, scope, CodeLater, laterWait
}

// quota tells whether a refusal, even one that calls itself final, is about how much was sent lately:
// it passes by itself. Providers say so at any stage and with any code.
func quota(at stage, r reply) bool {
	lately := r.says("per hour", "per day", "daily", "hourly", "per minute") && r.says("limit", "exceed", "quota", "too many", "maximum")
	return r.about("4.5") && r.code/100 == 5 && at != stageRecipient || lately
}

// permanent names a final refusal.
func permanent(at stage, r reply) string {
	if at <= stageSender {
		return CodeSender
	}
	if at > stageRecipient {
		return CodeContent
	}
	switch {
	case r.says("relay"):
		return CodeRelay
	case r.about("5.3"):
		return CodeManyRecipients
	case r.about("1.1", "1.2", "1.3", "1.6", "1.10"), r.topic() == "" && r.says("unknown", "no such", "not exist", "not found", "nvalid recipient"):
		return CodeUnknown
	case r.about("2.2"):
		return CodeFull
	}
	return CodeRecipient
}

// broke says what a conversation that came to no answer means. Once the final dot has left, nobody
// knows what became of the mail.
func broke(ctx context.Context, at stage, err error) *channels.Error {
	var e *channels.Error
	var protocol textproto.ProtocolError
	var netErr net.Error
	switch {
	case at == stageVerdict:
		e = failure(channels.Uncertain, CodeUnconfirmed, "")
	case ctx.Err() != nil:
		e = failure(channels.Transient, CodeCancelled, "")
	case errors.As(err, &protocol), errors.Is(err, errTooMuch):
		e = failure(channels.Transient, connect.CodeUnexpected, "")
		e.Scope, e.RetryAfter = channels.ScopeAccount, laterWait
	case errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &netErr) && netErr.Timeout():
		e = failure(channels.Transient, connect.CodeTimeout, "")
		e.Scope = channels.ScopeAccount
	default:
		e = failure(channels.Transient, CodeLost, "")
	}
	e.Err = fmt.Errorf("%s: %w", at, err)
	return e
}
