package secret

import (
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

// Mask is what is shown in place of a secret.
const Mask = "•••"

// String is a secret text, such as a mailbox password in an account's config.
// Wherever it is printed, logged or marshalled it shows Mask, or nothing when it
// is empty, so that one can see whether it is set. The zero value is empty.
//
// Compare with Equal: two Strings of the same text are not == to each other.
type String struct {
	// A pointer, because fmt reaches into the unexported fields of other people's
	// structs without calling Format, and prints an address there.
	text *string
}

// Hide makes a String of a text.
func Hide(text string) String {
	if text == "" {
		return String{}
	}
	return String{text: &text}
}

// Reveal returns the text.
func (s String) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Empty reports whether there is no text.
func (s String) Empty() bool { return s.text == nil }

// IsZero makes the json option omitzero leave out an empty String.
func (s String) IsZero() bool { return s.Empty() }

// Equal compares two secrets in a time that depends on their lengths alone.
func (s String) Equal(t String) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(t.Reveal())) == 1
}

// String returns Mask, or "" when empty.
func (s String) String() string {
	if s.Empty() {
		return ""
	}
	return Mask
}

// GoString returns what String does.
func (s String) GoString() string { return s.String() }

// Format hides the secret from fmt, whatever the verb.
func (s String) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue hides the secret from slog.
func (s String) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the secret from text encoders.
func (s String) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON hides the secret from JSON.
func (s String) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// UnmarshalJSON takes the text of a JSON string, so that a request can set a
// secret. What comes back as Mask is taken literally; whoever edits a config
// decides that it means "unchanged" (see Unchanged).
func (s *String) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return fmt.Errorf("read secret: not a JSON string") // err may quote the secret
	}
	*s = Hide(text)
	return nil
}

// Unchanged reports whether the text is Mask, which is what a form that was
// shown the masked secret sends back when nobody typed a new one.
func (s String) Unchanged() bool { return s.Reveal() == Mask }
