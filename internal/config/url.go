package config

import (
	"fmt"
	"io"
	"log/slog"
	"net/url"

	"parley/internal/secret"
)

// URL is the address of a server, which may hold a password. It is printed and
// logged as Redacted. The zero value is empty.
type URL struct {
	text secret.String
}

// NewURL makes a URL of a text that is known to be one.
func NewURL(text string) URL { return URL{text: secret.Hide(text)} }

// Empty reports whether there is none.
func (u URL) Empty() bool { return u.text.Empty() }

// Reveal returns the whole URL, for the library that connects.
func (u URL) Reveal() string { return u.text.Reveal() }

// Redacted returns the URL with its passwords masked, and nothing but a mask when
// it cannot be told where they are.
func (u URL) Redacted() string {
	if u.Empty() {
		return ""
	}
	p, err := url.Parse(u.Reveal())
	if err != nil || p.Opaque != "" {
		return secret.Mask
	}
	out := url.URL{Scheme: p.Scheme, Host: p.Host, Path: p.Path}
	text := out.String()
	if p.User != nil {
		text = p.Scheme + "://" + url.User(p.User.Username()).String() + "@" + p.Host + p.EscapedPath()
		if _, has := p.User.Password(); has {
			text = p.Scheme + "://" + url.User(p.User.Username()).String() + ":" + secret.Mask + "@" + p.Host + p.EscapedPath()
		}
	}
	if p.RawQuery != "" {
		text += "?" + secret.Mask // PostgreSQL takes passwords there, too
	}
	return text
}

// Format hides passwords from fmt, whatever the verb.
func (u URL) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, u.Redacted()) }

// LogValue hides passwords from slog.
func (u URL) LogValue() slog.Value { return slog.StringValue(u.Redacted()) }

// MarshalText hides passwords from JSON.
func (u URL) MarshalText() ([]byte, error) { return []byte(u.Redacted()), nil }
