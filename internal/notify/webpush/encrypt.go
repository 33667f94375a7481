package webpush

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// Sizes of what is encrypted, by RFC 8188 and RFC 8291.
const (
	// MaxPlain is the longest plaintext in bytes that every push service takes: 4096 bytes
	// of body (RFC 8030, section 7.2) without head, padding mark and tag.
	MaxPlain = recordSize - headSize - 1 - tagSize

	recordSize = 4096
	saltSize   = 16
	pointSize  = 65 // of P-256, uncompressed
	headSize   = saltSize + 4 + 1 + pointSize
	tagSize    = 16
	authSize   = 16
)

// Keys are what a browser gave for a subscription: its public key and a shared secret.
type Keys struct {
	public *ecdh.PublicKey
	auth   []byte
}

// ErrKeys says that what should be a browser's keys is something else.
var ErrKeys = errors.New("the keys of the subscription cannot be read")

// ReadKeys reads keys as browsers write them, in base64url with or without padding. The
// error is ErrKeys.
func ReadKeys(p256dh, auth string) (Keys, error) {
	point, err := decode(p256dh)
	if err != nil {
		return Keys{}, ErrKeys
	}
	public, err := ecdh.P256().NewPublicKey(point)
	if err != nil {
		return Keys{}, ErrKeys
	}
	secret, err := decode(auth)
	if err != nil || len(secret) != authSize {
		return Keys{}, ErrKeys
	}
	return Keys{public: public, auth: secret}, nil
}

func decode(text string) ([]byte, error) {
	return base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
}

// Encrypt makes the body of a push of at most MaxPlain bytes, to be sent with the content
// encoding "aes128gcm". Every call uses a key pair and a salt of its own.
func Encrypt(plain []byte, to Keys) ([]byte, error) {
	sender, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make key pair: %w", err)
	}
	salt := make([]byte, saltSize)
	rand.Read(salt)
	return seal(plain, to, sender, salt)
}

func seal(plain []byte, to Keys, sender *ecdh.PrivateKey, salt []byte) ([]byte, error) {
	if to.public == nil {
		return nil, ErrKeys
	}
	if len(plain) > MaxPlain {
		return nil, fmt.Errorf("encrypt push: %d bytes, at most %d fit", len(plain), MaxPlain)
	}
	key, nonce, err := derive(to, sender, salt)
	if err != nil {
		return nil, fmt.Errorf("derive keys: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	point := sender.PublicKey().Bytes()
	body := make([]byte, 0, headSize+len(plain)+1+tagSize)
	body = append(body, salt...)
	body = binary.BigEndian.AppendUint32(body, recordSize)
	body = append(body, byte(len(point)))
	body = append(body, point...)
	last := append(append(make([]byte, 0, len(plain)+1), plain...), 2) // the mark of the last record
	return aead.Seal(body, nonce, last, nil), nil
}

// derive makes the key and the nonce of the only record; RFC 8291, section 3.4.
func derive(to Keys, sender *ecdh.PrivateKey, salt []byte) (key, nonce []byte, err error) {
	shared, err := sender.ECDH(to.public)
	if err != nil {
		return nil, nil, err
	}
	joined, err := hkdf.Extract(sha256.New, shared, to.auth)
	if err != nil {
		return nil, nil, err
	}
	info := "WebPush: info\x00" + string(to.public.Bytes()) + string(sender.PublicKey().Bytes())
	material, err := hkdf.Expand(sha256.New, joined, info, sha256.Size)
	if err != nil {
		return nil, nil, err
	}
	secret, err := hkdf.Extract(sha256.New, material, salt)
	if err != nil {
		return nil, nil, err
	}
	if key, err = hkdf.Expand(sha256.New, secret, "Content-Encoding: aes128gcm\x00", 16); err != nil {
		return nil, nil, err
	}
	nonce, err = hkdf.Expand(sha256.New, secret, "Content-Encoding: nonce\x00", 12)
	return key, nonce, err
}
