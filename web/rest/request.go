package rest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"strings"

	"golang.org/x/text/language"
)

// Request is what is known of a request before anyone asks who sent it.
type Request struct {
	ID        string // 16 hex digits
	IP        string
	UserAgent string
	Language  string // "ru", "en" or "ar", from Accept-Language
	Route     string // the pattern that matched, for logs
	// Base is the address that the browser called, without a path. Whoever calls chooses
	// it: it is for answers to the same browser and never for links that others follow.
	Base string
}

// NewRequestID makes the name of a request.
func NewRequestID() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

type requestKey struct{}

// WithRequest returns a context that carries r.
func WithRequest(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// RequestOf returns the request a context belongs to; never nil.
func RequestOf(ctx context.Context) *Request {
	if r, ok := ctx.Value(requestKey{}).(*Request); ok {
		return r
	}
	return &Request{Language: "en"}
}

// languageOf returns the language of answers in a context: the agent's own, else the
// one the request asks for.
func languageOf(ctx context.Context) string {
	if c, ok := ctx.Value(callerKey{}).(Caller); ok && c.Language != "" {
		return c.Language
	}
	return RequestOf(ctx).Language
}

// ChooseLanguage picks "ru", "en" or "ar" by an Accept-Language header; English when it
// names none of them.
func ChooseLanguage(accept string) string {
	switch {
	case accept == "":
		return "en"
	case len(accept) == 2: // what our own pages send
		for _, own := range ours {
			if strings.EqualFold(accept, own) {
				return own
			}
		}
		return "en"
	}
	wishes, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return "en"
	}
	_, index, _ := language.NewMatcher([]language.Tag{language.English, language.Russian, language.Arabic}).Match(wishes...)
	return ours[index]
}

// ours are the languages of answers; the first is for whoever wants another.
var ours = [...]string{"en", "ru", "ar"}
