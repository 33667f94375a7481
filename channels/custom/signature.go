package custom

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// SignatureHeader carries the signature of a body, in both directions.
const SignatureHeader = "X-Parley-Signature"

const scheme = "sha256="

// Sign returns the value of SignatureHeader for a body.
func Sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return scheme + hex.EncodeToString(mac.Sum(nil))
}

// Verify tells whether a value of SignatureHeader fits the body, in a time that tells nothing
// else. Letter case of the hexadecimal digits does not matter.
func Verify(secret string, body []byte, signature string) bool {
	return secret != "" && hmac.Equal([]byte(Sign(secret, body)), []byte(strings.ToLower(strings.TrimSpace(signature))))
}
