package telemetry

import (
	"io"
	"log/slog"
	"strings"
)

// mask is written in place of what is not to be logged.
const mask = "•••"

// NewLogger makes a logger that writes lines of JSON or of text, in UTC, and
// masks attributes by their keys; see Sensitive.
func NewLogger(w io.Writer, level slog.Leveler, json bool) *slog.Logger {
	o := &slog.HandlerOptions{Level: level, ReplaceAttr: replace}
	if json {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

func replace(groups []string, a slog.Attr) slog.Attr {
	if Sensitive(a.Key) {
		return slog.String(a.Key, mask)
	}
	for _, g := range groups {
		if Sensitive(g) {
			return slog.String(a.Key, mask)
		}
	}
	if len(groups) == 0 && a.Key == slog.TimeKey && a.Value.Kind() == slog.KindTime {
		return slog.Time(a.Key, a.Value.Time().UTC())
	}
	return a
}

// Sensitive reports whether a key names something that logs never hold: secrets,
// bodies and addresses. Case, "-" and "_" do not matter, nor what stands before
// ("smtp_password"). It is the net below the rule, not a licence to log such things.
func Sensitive(key string) bool {
	k := strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '.' {
			return -1
		}
		return r
	}, strings.ToLower(key))
	for _, s := range []string{"password", "passwd", "secret", "token", "apikey", "authorization", "cookie", "credential", "csrf"} {
		if strings.HasSuffix(k, s) || strings.HasPrefix(k, s) {
			return true
		}
	}
	switch k {
	case "body", "text", "html", "email", "phone", "recipient", "sender", "key", "dsn":
		return true
	}
	return false
}
