package auth

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"

	"parley/internal/secret"
)

// TokenHash is the SHA-256 of a random token: all that is stored of one.
type TokenHash [sha256.Size]byte

// HashToken hashes a token as it was given to its holder.
func HashToken(token string) TokenHash { return sha256.Sum256([]byte(token)) }

// tokenSize is the random part of a token in bytes, and tokenLen its length as text.
const (
	tokenSize = 32
	tokenLen  = 43
)

// newToken makes a token of 256 random bits in 43 characters that need no
// escaping in URLs and cookies.
func newToken() secret.String {
	var b [tokenSize]byte
	rand.Read(b[:])
	return secret.Hide(base64.RawURLEncoding.EncodeToString(b[:]))
}

// CSRFToken returns the token that a page must send back with every write made
// under a session. It follows from the session's own token, which no script
// can read, so it needs no storage and ends with the session.
func CSRFToken(sessionToken string) string {
	mac := hmac.New(sha256.New, []byte(sessionToken))
	mac.Write([]byte("parley/csrf/v1"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// CheckCSRF reports whether got is the CSRF token of a session, in constant time.
func CheckCSRF(sessionToken, got string) bool {
	return subtle.ConstantTimeCompare([]byte(CSRFToken(sessionToken)), []byte(got)) == 1
}
