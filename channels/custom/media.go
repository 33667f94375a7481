package custom

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"parley/channels"
)

// longestFetch keeps a sealed address below channels.MaxRef.
const longestFetch = 1400 // bytes

// maxFetched bounds a file that is fetched, in bytes.
const maxFetched = 25 << 20

// seal hides an address that a file is fetched from: such addresses are often signed, and
// whoever reads them has the file. The same address is always sealed alike, so that a
// redelivery names the same file.
func (a *Account) seal(address string) string {
	box := a.box()
	mac := hmac.New(sha256.New, a.env.Key)
	mac.Write([]byte(address))
	nonce := mac.Sum(nil)[:box.NonceSize()]
	return base64.RawURLEncoding.EncodeToString(box.Seal(nonce, nonce, []byte(address), nil))
}

func (a *Account) unseal(ref string) (string, error) {
	box := a.box()
	sealed, err := base64.RawURLEncoding.DecodeString(ref)
	if err != nil || len(sealed) < box.NonceSize() {
		return "", errors.New("read reference: it is none of ours")
	}
	plain, err := box.Open(nil, sealed[:box.NonceSize()], sealed[box.NonceSize():], nil)
	if err != nil {
		return "", errors.New("read reference: it is none of ours")
	}
	return string(plain), nil
}

func (a *Account) box() cipher.AEAD {
	mac := hmac.New(sha256.New, a.env.Key)
	mac.Write([]byte("custom media"))
	block, err := aes.NewCipher(mac.Sum(nil))
	if err != nil {
		panic("custom: a SHA-256 sum is a key of AES-256") // cannot happen
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		panic("custom: AES has blocks of 16 bytes") // cannot happen
	}
	return box
}

// Fetch implements channels.Fetcher.
func (a *Account) Fetch(ctx context.Context, m channels.Media, to channels.Files) (channels.File, error) {
	address, err := a.unseal(m.Ref)
	if err != nil {
		return channels.File{}, failure(channels.Permanent, codeFileLink, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return channels.File{}, failure(channels.Permanent, codeFileLink, nil)
	}
	res, err := channels.Unhurried(a.env.HTTP).Do(req)
	if err != nil {
		var inURL *url.Error
		if errors.As(err, &inURL) {
			err = inURL.Err // the address may be a secret
		}
		return channels.File{}, failure(channels.Transient, codeFileAway, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return channels.File{}, notFetched(res.StatusCode)
	}
	if res.ContentLength > maxFetched {
		return channels.File{}, tooLarge()
	}
	kind := m.Type
	if kind == "" {
		kind = res.Header.Get("Content-Type")
	}
	name := m.Name
	if name == "" {
		name = nameOf(address)
	}
	f, err := to.Put(ctx, name, kind, res.Body, maxFetched)
	if err != nil {
		return channels.File{}, failure(channels.Transient, codeNotStored, err)
	}
	return f, nil
}

func notFetched(status int) *channels.Error {
	said := channels.Said("HTTP " + strconv.Itoa(status))
	switch status {
	case http.StatusNotFound, http.StatusGone, http.StatusForbidden, http.StatusUnauthorized:
		return failure(channels.Permanent, codeFileGone, said)
	}
	return failure(channels.Transient, codeFileStatus, said)
}

func tooLarge() *channels.Error {
	return failure(channels.Permanent, channels.CodeFileTooLarge, nil)
}

// nameOf is the last part of an address's path.
func nameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for i := len(u.Path) - 1; i >= 0; i-- {
		if u.Path[i] == '/' {
			return u.Path[i+1:]
		}
	}
	return u.Path
}
