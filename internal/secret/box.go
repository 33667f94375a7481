package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
)

// The sealed form is: version (1 byte), key id (4), nonce (12), ciphertext and
// tag. Header and associated data are authenticated together.
const (
	version   = 1
	keyIDSize = 4
	nonceSize = 12
	tagSize   = 16
	header    = 1 + keyIDSize + nonceSize
)

// Overhead is how many bytes a sealed value is longer than its plain one.
const Overhead = header + tagSize

var (
	// ErrMalformed says that bytes are not a sealed value of a known version.
	ErrMalformed = errors.New("not a sealed value")
	// ErrWrongKey says that a value was sealed, or a check value made, under
	// another key than this Box's.
	ErrWrongKey = errors.New("sealed under another key")
	// ErrForged says that a value was altered, or belongs to other associated data.
	ErrForged = errors.New("sealed value does not match its place or was altered")
)

// Box seals and opens values under one key and derives keys from it. It is safe
// for concurrent use.
type Box struct {
	root  Key
	aead  cipher.AEAD
	keyID []byte
}

// New makes the Box of a key. The key that encrypts, the key's id and the check
// value are all derived, so none of them gives the others away.
func New(key [KeySize]byte) *Box {
	b := &Box{root: key}
	block, err := aes.NewCipher(b.Derive("parley/seal/v1"))
	if err != nil {
		panic("secret: AES refused a key of 32 bytes: " + err.Error())
	}
	b.aead, err = cipher.NewGCM(block)
	if err != nil {
		panic("secret: GCM refused AES: " + err.Error())
	}
	b.keyID = b.Derive("parley/key-id/v1")[:keyIDSize]
	return b
}

// Seal encrypts plain and binds it to associated, which must be given again to
// open it and is not stored. Sealing the same value twice gives different bytes.
// One key is good for about four thousand million sealings.
func (b *Box) Seal(plain, associated []byte) []byte {
	out := make([]byte, header, header+len(plain)+tagSize)
	out[0] = version
	copy(out[1:], b.keyID)
	nonce := out[1+keyIDSize : header]
	rand.Read(nonce) // never fails: the runtime ends the program instead
	return b.aead.Seal(out, nonce, plain, bind(out[:header], associated))
}

// Open decrypts what Seal made with the same associated data. Its errors are
// ErrMalformed, ErrWrongKey and ErrForged.
func (b *Box) Open(sealed, associated []byte) ([]byte, error) {
	if len(sealed) < Overhead || sealed[0] != version {
		return nil, ErrMalformed
	}
	if !bytes.Equal(sealed[1:1+keyIDSize], b.keyID) {
		return nil, ErrWrongKey
	}
	plain, err := b.aead.Open(nil, sealed[1+keyIDSize:header], sealed[header:], bind(sealed[:header], associated))
	if err != nil {
		return nil, ErrForged
	}
	return plain, nil
}

// Derive returns a key of 32 bytes for one purpose. The same purpose always
// gives the same key, and different ones give unrelated keys. The caller owns
// the bytes.
func (b *Box) Derive(purpose string) []byte {
	k, err := hkdf.Key(sha256.New, b.root[:], nil, purpose, KeySize)
	if err != nil {
		panic("secret: HKDF refused 32 bytes: " + err.Error())
	}
	return k
}

// CheckValue returns a string to keep in the database, by which Verify later
// notices that the program was started with another key. It does not reveal
// the key.
func (b *Box) CheckValue() string {
	return "v1:" + hex.EncodeToString(b.Derive("parley/check/v1")[:16])
}

// Verify returns nil when check was made by CheckValue under this key, and
// ErrWrongKey otherwise.
func (b *Box) Verify(check string) error {
	if subtle.ConstantTimeCompare([]byte(check), []byte(b.CheckValue())) != 1 {
		return ErrWrongKey
	}
	return nil
}

// Format hides the box from fmt, whatever the verb.
func (b *Box) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(Mask)) }

// bind joins header and associated data; the header's length is fixed, so the
// two cannot be confused.
func bind(head, associated []byte) []byte {
	out := make([]byte, 0, len(head)+len(associated))
	return append(append(out, head...), associated...)
}
