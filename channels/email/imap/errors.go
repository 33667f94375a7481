package imap

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"

	"parley/channels"
)

// The codes of what may be wrong with a mailbox's connection.
const (
	CodeUnreachable   = "imap_unreachable"    // nobody answers at the address
	CodeNoTLS         = "imap_no_tls"         // what answers does not speak TLS
	CodeCertificate   = "imap_certificate"    // nobody we trust vouches for the server
	CodeNoStartTLS    = "imap_no_starttls"    // the server has no STARTTLS
	CodeNoIMAP        = "imap_not_imap"       // what answers is no IMAP server
	CodePassword      = "imap_password"       // name or password are refused
	CodeToken         = "imap_token"          // the access was withdrawn
	CodeNoMethod      = "imap_no_method"      // the server takes no password on this connection
	CodeBusy          = "imap_busy"           // the server asks to come back later
	CodeMailbox       = "imap_mailbox_absent" // there is no such mailbox
	CodeRefused       = "imap_refused"        // the server refuses a command
	CodeLost          = "imap_lost"           // the connection broke
	CodeSilent        = "imap_silent"         // the server stopped answering
	CodeNotStored     = "not_stored"          // we could not store what arrived
	waitForTheMailbox = time.Minute
)

func transient(code, text string, err error) *channels.Error {
	return &channels.Error{Kind: channels.Transient, Code: code, Text: text, Scope: channels.ScopeAccount, Err: err}
}

// notStored wraps what our own side failed at.
func notStored(err error) *channels.Error {
	return transient(CodeNotStored, "mail has arrived that could not be stored yet; it stays on the server", err)
}

// dialFailed says why there is no connection.
func dialFailed(err error) *channels.Error {
	var (
		noTLS   tls.RecordHeaderError
		cert    *tls.CertificateVerificationError
		unknown x509.UnknownAuthorityError
		host    x509.HostnameError
	)
	switch {
	case errors.As(err, &noTLS):
		return transient(CodeNoTLS, "the server does not speak TLS on this port; choose STARTTLS or another port", err)
	case errors.As(err, &cert), errors.As(err, &unknown), errors.As(err, &host):
		return transient(CodeCertificate, "the server's certificate is not valid for this address", err)
	}
	return transient(CodeUnreachable, "the mail server cannot be reached at this address and port", err)
}

// signInFailed says what a server's refusal of a sign-in means. Servers use the codes of
// RFC 5530 for what passes by itself; what has no code is the password's fault.
func signInFailed(err error, token bool) *channels.Error {
	var answer *imap.Error
	refused := errors.Is(err, errTokenRefused)
	if !errors.As(err, &answer) && !refused {
		return failed(err)
	}
	if answer != nil {
		switch answer.Code {
		case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit, imap.ResponseCodeServerBug:
			return transient(CodeBusy, "the mail server cannot let us in just now", err)
		case imap.ResponseCodePrivacyRequired:
			return transient(CodeNoMethod, "the server takes passwords on encrypted connections alone; choose TLS or STARTTLS", err)
		}
		if text := strings.ToLower(answer.Text); answer.Code != imap.ResponseCodeAuthenticationFailed &&
			(strings.Contains(text, "too many") || strings.Contains(text, "try again later") || strings.Contains(text, "temporar")) {
			return transient(CodeBusy, "the mail server cannot let us in just now", err)
		}
	}
	e := &channels.Error{Kind: channels.AuthFailed, Code: CodePassword, Text: "the mail server refused the user name or password", Scope: channels.ScopeAccount}
	if token {
		e.Code, e.Text = CodeToken, "the mail server no longer accepts our access; sign in again"
	}
	return e // without the server's words: they may repeat what was sent
}

// examineFailed says why a mailbox cannot be opened. Many servers refuse one that is not
// there without a code.
func examineFailed(err error) error {
	var answer *imap.Error
	if !errors.As(err, &answer) || answer.Type != imap.StatusResponseTypeNo {
		return err
	}
	switch answer.Code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit, imap.ResponseCodeServerBug:
		return transient(CodeBusy, "the mail server cannot open the mailbox just now", err)
	}
	e := transient(CodeMailbox, "there is no such mailbox on the server, or it may not be opened", err)
	e.RetryAfter = waitForTheMailbox
	return e
}

// failed says what broke a conversation that was under way.
func failed(err error) *channels.Error {
	var (
		known  *channels.Error
		answer *imap.Error
		netErr net.Error
	)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &answer) && answer.Type == imap.StatusResponseTypeBye:
		return transient(CodeBusy, "the mail server hung up: "+printable(answer.Text), err)
	case errors.As(err, &answer):
		return transient(CodeRefused, "the mail server refused: "+printable(answer.Text), err)
	case errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &netErr) && netErr.Timeout(), errors.Is(err, context.DeadlineExceeded),
		strings.Contains(err.Error(), "i/o timeout"): // the library keeps the words of some errors alone
		return transient(CodeSilent, "the mail server stopped answering", err)
	}
	return transient(CodeLost, "the connection to the mail server broke", err)
}

// printable keeps a server's words short and free of controls.
func printable(text string) string {
	const most = 200
	kept := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	if runes := []rune(kept); len(runes) > most {
		return string(runes[:most])
	}
	return kept
}
