package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"slices"
	"strings"
	"time"

	"parley/internal/secret"
)

// APIKeyID identifies an API key; 0 is none.
type APIKeyID int64

// APIKey lets a program in. Its text, "parley_PREFIX_SECRET", is shown once; the
// prefix finds the key and the hash of the whole proves it.
type APIKey struct {
	ID         APIKeyID
	Name       string
	Prefix     string // 8 characters, unique
	Hash       TokenHash
	Scopes     Scopes
	CreatedAt  time.Time
	LastUsedAt time.Time // zero when never; true to a minute
}

// Clone returns a copy that shares no slices.
func (k APIKey) Clone() APIKey {
	k.Scopes = slices.Clone(k.Scopes)
	return k
}

const (
	keyBrand     = "parley_"
	keyPrefixLen = 8  // 5 random bytes
	keySecretLen = 52 // 32 random bytes
	keyAlphabet  = "abcdefghijklmnopqrstuvwxyz234567"
)

// newKeyText makes the text of a key. Letters and digits alone, so that a double
// click selects each part whole.
func newKeyText() (prefix string, text secret.String) {
	enc := base32.NewEncoding(keyAlphabet).WithPadding(base32.NoPadding)
	var b [5 + 32]byte
	rand.Read(b[:])
	prefix = enc.EncodeToString(b[:5])
	return prefix, secret.Hide(keyBrand + prefix + "_" + enc.EncodeToString(b[5:]))
}

// ParseAPIKey returns the prefix of a key's text, and false when the text is not
// in the form of a key.
func ParseAPIKey(text string) (prefix string, ok bool) {
	rest, ok := strings.CutPrefix(text, keyBrand)
	if !ok || len(rest) != keyPrefixLen+1+keySecretLen || rest[keyPrefixLen] != '_' {
		return "", false
	}
	for i := range len(rest) {
		if i != keyPrefixLen && strings.IndexByte(keyAlphabet, rest[i]) < 0 {
			return "", false
		}
	}
	return rest[:keyPrefixLen], true
}

// proves reports in constant time whether text is the text of the key.
func (k APIKey) proves(text string) bool {
	h := HashToken(text)
	return subtle.ConstantTimeCompare(h[:], k.Hash[:]) == 1
}
