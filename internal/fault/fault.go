package fault

import (
	"errors"
	"slices"
	"time"
)

// Kind says what sort of refusal an Error is. It decides how a caller should
// react, and nothing finer: the Code does that.
type Kind uint8

// The kinds. Internal is the zero value and is what KindOf reports for errors
// that are not faults; an Error should never be made with it.
const (
	Internal        Kind = iota // not a fault: a bug or a broken dependency
	Invalid                     // the request is wrong; Fields say where
	NotFound                    // no such object, or none the caller may see
	Conflict                    // the object's present state forbids it
	Forbidden                   // the caller is known and may not
	Unauthenticated             // the caller is not known
	TooMany                     // slow down; RetryAfter says for how long
	TooLarge                    // a size limit was passed
	Unavailable                 // something needed is down; trying again may help
	Gone                        // it was here and is used up or expired
)

// String names the kind in lower case, for logs.
func (k Kind) String() string {
	switch k {
	case Invalid:
		return "invalid"
	case NotFound:
		return "not_found"
	case Conflict:
		return "conflict"
	case Forbidden:
		return "forbidden"
	case Unauthenticated:
		return "unauthenticated"
	case TooMany:
		return "too_many"
	case TooLarge:
		return "too_large"
	case Unavailable:
		return "unavailable"
	case Gone:
		return "gone"
	default:
		return "internal"
	}
}

// Error is a refusal that can be shown to a person. Treat it as immutable: the
// methods that add to it return copies, so one may be a package's sentinel.
type Error struct {
	// Kind is what sort of refusal this is.
	Kind Kind
	// Code is stable and machine-readable: lower case, words joined by "_".
	Code string
	// Text is the sentence for a person; it names the remedy where there is one.
	Text Text
	// Fields lists what is wrong with which field. Only for Invalid.
	Fields []FieldError
	// RetryAfter is how long to wait before trying again; zero says nothing.
	RetryAfter time.Duration
	// Details is what the caller needs to go on, such as the newer messages of a
	// conversation. It is rendered as JSON and so must not hold secrets.
	Details any

	cause error
}

// New makes a fault of a kind.
func New(kind Kind, code string, text Text) *Error {
	return &Error{Kind: kind, Code: code, Text: text}
}

// Error returns the code and the English text. It never includes the cause, so
// that it can be shown to anyone.
func (e *Error) Error() string {
	s := e.Code
	if e.Text.EN != "" {
		s += ": " + e.Text.EN
	}
	for _, f := range e.Fields {
		s += "; " + f.Error()
	}
	return s
}

// Unwrap returns the cause given to Because, or nil.
func (e *Error) Unwrap() error { return e.cause }

// Is makes a fault match a sentinel of the same kind and code, so that it still
// does after WithDetails, After or Because. A sentinel with fields matches when
// the fault has all of them, by path and code.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	if !ok || t.Kind != e.Kind || t.Code != e.Code {
		return false
	}
	for _, want := range t.Fields {
		has := func(f FieldError) bool { return f.Path == want.Path && f.Code == want.Code }
		if !slices.ContainsFunc(e.Fields, has) {
			return false
		}
	}
	return true
}

// WithDetails returns a copy that carries d.
func (e *Error) WithDetails(d any) *Error {
	c := *e
	c.Details = d
	return &c
}

// After returns a copy that asks the caller to wait for d.
func (e *Error) After(d time.Duration) *Error {
	c := *e
	c.RetryAfter = d
	return &c
}

// Because returns a copy whose Unwrap is cause. The cause is for logs only.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// As returns the first fault in err's tree.
func As(err error) (*Error, bool) {
	var f *Error
	ok := errors.As(err, &f)
	return f, ok
}

// KindOf returns the kind of the first fault in err's tree, or Internal.
func KindOf(err error) Kind {
	if f, ok := As(err); ok {
		return f.Kind
	}
	return Internal
}

// CodeOf returns the code of the first fault in err's tree, or "".
func CodeOf(err error) string {
	if f, ok := As(err); ok {
		return f.Code
	}
	return ""
}
