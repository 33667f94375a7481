package channels

import (
	"errors"
	"fmt"
	"time"
)

// ErrorKind answers one question: may this attempt have reached the contact?
type ErrorKind int

// The answers. Uncertain is the zero value because it is the safe one: what is
// not known not to have been delivered is never resent blindly.
const (
	Uncertain  ErrorKind = iota // maybe; never resent blindly
	Transient                   // no; retry later
	Permanent                   // no, and never will
	AuthFailed                  // no; park the account and ask for sign-in
)

// String names the kind for logs.
func (k ErrorKind) String() string {
	switch k {
	case Transient:
		return "transient"
	case Permanent:
		return "permanent"
	case AuthFailed:
		return "auth_failed"
	default:
		return "uncertain"
	}
}

// Scope tells how far an error reaches.
type Scope int

// An error concerns this chat alone, or the whole account.
const (
	ScopeChat Scope = iota
	ScopeAccount
)

// Error is the only error that leaves an adapter. Code is stable and for machines;
// Text is for people. Neither holds secrets or message text.
type Error struct {
	Kind       ErrorKind
	Code       string
	Text       string
	RetryAfter time.Duration // the network's own wait; 0 = choose
	Scope      Scope
	Err        error // cause, for logs; may be nil
}

func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s (%s): %v", e.Code, e.Kind, e.Err)
	}
	return fmt.Sprintf("%s (%s): %s", e.Code, e.Kind, e.Text)
}

func (e *Error) Unwrap() error { return e.Err }

// Said is what a network itself calls a refusal: its number or stable name, never a sentence, for those may
// quote people. It stands in Error.Err, for logs.
type Said string

func (s Said) Error() string { return "the network says " + string(s) }

// AsError turns any error of an adapter into an *Error; what is none is Uncertain.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Kind: Uncertain, Code: CodeUnknown, Text: noAnswer.EN, Err: err}
}

// ConfigError names the configuration field that cannot be used, and the remedy in
// both languages.
type ConfigError struct {
	Field string
	RU    string
	EN    string
}

func (e *ConfigError) Error() string {
	if e.Field == "" {
		return e.EN
	}
	return e.Field + ": " + e.EN
}
