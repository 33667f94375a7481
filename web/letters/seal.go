package letters

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"parley/web/rest"
)

// picturePath is where pictures from elsewhere are.
const picturePath = "/pictures"

// seal hides the addresses of pictures in tokens that only we can make. One address has
// one token, so that browsers find in their cache what they have seen.
type seal struct {
	aead  cipher.AEAD
	nonce []byte // the key of nonces
}

// newSeal makes a seal from a key of any length that serves nothing else.
func newSeal(key []byte) *seal {
	block, err := aes.NewCipher(derive(key, "picture address")[:])
	if err != nil {
		panic(fmt.Sprintf("aes refuses a key of 32 bytes: %v", err)) // it cannot
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(fmt.Sprintf("gcm refuses aes: %v", err)) // it cannot
	}
	return &seal{aead: aead, nonce: derive(key, "picture nonce")}
}

func derive(key []byte, purpose string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(purpose))
	return mac.Sum(nil)
}

// Format hides the keys from fmt, whatever the verb.
func (s *seal) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("letters.seal")) }

// token seals an address. The nonce follows from the address: it comes twice only with
// the same text, which then gives the same token.
func (s *seal) token(address string) string {
	nonce := derive(s.nonce, address)[:s.aead.NonceSize()]
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, []byte(address), nil))
}

// open returns the address in a token, false when we did not make it.
func (s *seal) open(token string) (string, bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) < s.aead.NonceSize() {
		return "", false
	}
	address, err := s.aead.Open(nil, raw[:s.aead.NonceSize()], raw[s.aead.NonceSize():], nil)
	return string(address), err == nil
}

// path is where a browser gets the picture of an address.
func (s *seal) path(address string) string { return rest.Base + picturePath + "/" + s.token(address) }
