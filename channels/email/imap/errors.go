package imap

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"

	"parley/channels"
	"parley/channels/email/connect"
)

// The codes of what may go wrong once a mailbox is connected; those of connecting are
// connect's.
const (
	CodeNotStored = "not_stored"   // we could not store what arrived
	CodeRefused   = "imap_refused" // the server refuses a command
)

// mailboxWait is how long a mailbox that is gone is left alone: somebody may be making it
// anew.
const mailboxWait = time.Minute

// notStored wraps what our own side failed at.
func notStored(err error) *channels.Error {
	var known *channels.Error
	if errors.As(err, &known) {
		return known
	}
	return &channels.Error{
		Kind: channels.Transient, Code: CodeNotStored, Scope: channels.ScopeAccount, Err: err,
		Text: "mail has arrived that could not be stored yet; it stays on the server",
	}
}

// startTLSFailed tells a server that has no STARTTLS from one whose TLS is no good.
func startTLSFailed(ctx context.Context, door connect.Door, e connect.Endpoint, err error) *channels.Error {
	var answer *imap.Error
	if errors.As(err, &answer) {
		return door.Unprotected(ctx, connect.IMAP, e)
	}
	return connect.IMAP.Explain(e, err)
}

// refused says why a sign-in came to nothing.
func (s *session) refused(c Config, err error) *channels.Error {
	var answer *imap.Error
	switch {
	case errors.Is(err, errTokenRefused):
		answer = &imap.Error{}
	case !errors.As(err, &answer):
		return s.failed(err)
	case answer.Code == imap.ResponseCodePrivacyRequired:
		return connect.IMAP.NeedsTLS()
	}
	return connect.Refusal{
		Server: c.Server, Address: c.Address, OAuth: c.Tokens != nil, Code: string(answer.Code), Said: answer.Text,
	}.Explain()
}

// examineFailed says why a mailbox cannot be opened. Many servers refuse one that is not
// there without a code. That may pass: it is being made anew, or rights are.
func (s *session) examineFailed(mailbox string, err error) error {
	var answer *imap.Error
	if !errors.As(err, &answer) || answer.Type != imap.StatusResponseTypeNo {
		return err
	}
	switch answer.Code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit, imap.ResponseCodeServerBug:
		return connect.IMAP.Busy(s.server, connect.Said(answer.Text))
	}
	e := connect.NoMailbox(mailbox)
	e.Kind, e.RetryAfter = channels.Transient, mailboxWait
	return e
}

func noNumbers(e connect.Endpoint) *channels.Error {
	return &channels.Error{
		Kind: channels.Permanent, Code: CodeRefused, Scope: channels.ScopeAccount,
		Text: fmt.Sprintf("%s gives its mails no lasting numbers, so that new ones cannot be told", e.Host),
	}
}

// failed says what broke a conversation that was under way.
func (s *session) failed(err error) *channels.Error {
	var (
		known  *channels.Error
		answer *imap.Error
	)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &answer) && answer.Type == imap.StatusResponseTypeBye:
		return connect.IMAP.Busy(s.server, connect.Said(answer.Text))
	case errors.As(err, &answer):
		return &channels.Error{
			Kind: channels.Transient, Code: CodeRefused, Scope: channels.ScopeAccount, Err: err,
			Text: "the mail server refused: " + connect.Said(answer.Text),
		}
	case errors.Is(err, errKeptBack):
		return &channels.Error{
			Kind: channels.Transient, Code: CodeRefused, Scope: channels.ScopeAccount, Err: err,
			Text: fmt.Sprintf("%s lists a mail that it does not give out", s.server.Host),
		}
	case strings.Contains(err.Error(), "i/o timeout"): // of some errors the library keeps the words alone
		return &channels.Error{
			Kind: channels.Transient, Code: connect.CodeTimeout, Scope: channels.ScopeAccount, Err: err,
			Text: fmt.Sprintf("%s has stopped answering", s.server.Host),
		}
	}
	return &channels.Error{
		Kind: channels.Transient, Code: connect.CodeHungUp, Scope: channels.ScopeAccount, Err: err,
		Text: fmt.Sprintf("the connection to %s broke", s.server.Host),
	}
}
