package notify_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hmac"
	"crypto/sha256"
	"testing"
)

// decrypt is what a browser does with the body of a push: RFC 8291, by HMAC alone, so that
// nothing of what encrypted it takes part.
func decrypt(t *testing.T, b *browser, n int) string {
	t.Helper()
	mac := func(key []byte, parts ...[]byte) []byte {
		h := hmac.New(sha256.New, key)
		for _, p := range parts {
			h.Write(p)
		}
		return h.Sum(nil)
	}
	body := b.bodies[n]
	salt, point, sealed := body[:16], body[21:86], body[86:]
	them, err := ecdh.P256().NewPublicKey(point)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := b.secret.ECDH(them)
	if err != nil {
		t.Fatal(err)
	}
	material := mac(mac(b.auth, shared), []byte("WebPush: info\x00"), b.secret.PublicKey().Bytes(), point, []byte{1})
	secret := mac(salt, material)
	block, err := aes.NewCipher(mac(secret, []byte("Content-Encoding: aes128gcm\x00\x01"))[:16])
	if err != nil {
		t.Fatal(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := aead.Open(nil, mac(secret, []byte("Content-Encoding: nonce\x00\x01"))[:12], sealed, nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain[:len(plain)-1])
}
