package webchat

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley/channels"
)

// MaxToken is how long a visitor's token can be, in bytes. HTTP servers commonly take
// 4 KiB of headers by default, and the token is not alone there.
const MaxToken = 3000

// maxVisitor is how long a visitor can be in JSON, so that a token stays within its bound.
const maxVisitor = 2200

// tokenLife is how long a token is good for: long enough that a returning visitor
// finds their conversation, short enough that a forgotten one dies.
const tokenLife = 400 * 24 * time.Hour

// ErrToken says that a token is not ours, not this account's, altered or too old. It
// never says which.
var ErrToken = errors.New("not a valid token")

// Tokens makes and checks the tokens of visitors and of their files' addresses. They
// are signed and hold what they say, so nothing is stored for a visitor who never
// writes. It is safe for concurrent use.
type Tokens struct{ key []byte }

// NewTokens returns Tokens under a key that serves nothing else, of at least 32 bytes.
func NewTokens(key []byte) *Tokens { return &Tokens{key: bytes.Clone(key)} }

// Format hides the key from fmt, whatever the verb.
func (t *Tokens) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("webchat.Tokens")) }

var encoding = base64.RawURLEncoding

// Issue returns the token of an account's visitor.
func (t *Tokens) Issue(account channels.AccountID, v Visitor) (string, error) {
	data, err := marshal(v)
	if err != nil {
		return "", fmt.Errorf("encode visitor: %w", err)
	}
	body := encoding.EncodeToString(data)
	return body + "." + t.mac("visitor", account, body), nil
}

// marshal renders a visitor without the escapes that only HTML needs.
func marshal(v Visitor) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// Open returns the visitor whom a token of the account names, or ErrToken.
func (t *Tokens) Open(account channels.AccountID, token string, now time.Time) (Visitor, error) {
	body, mac, ok := strings.Cut(token, ".")
	if !ok || len(token) > MaxToken || !hmac.Equal([]byte(mac), []byte(t.mac("visitor", account, body))) {
		return Visitor{}, ErrToken
	}
	data, err := encoding.DecodeString(body)
	if err != nil {
		return Visitor{}, ErrToken
	}
	var v Visitor
	if json.Unmarshal(data, &v) != nil || v.ID == "" {
		return Visitor{}, ErrToken
	}
	if now.Sub(time.Unix(v.IssuedAt, 0)) > tokenLife {
		return Visitor{}, ErrToken
	}
	return v, nil
}

// fileLife is how long the address of a file works at least. Addresses are the same
// for an hour, so that browsers can keep what they fetched.
const fileLife = 2 * time.Hour

// FileToken returns what stands behind "?t=" in the address of a file that a visitor
// of the account may read. Whoever holds the address can read the file until it expires.
func (t *Tokens) FileToken(account channels.AccountID, fileID int64, now time.Time) string {
	expires := strconv.FormatInt(now.Add(fileLife+time.Hour).Truncate(time.Hour).Unix(), 36)
	return expires + "." + t.mac("file", account, strconv.FormatInt(fileID, 10)+"."+expires)
}

// CheckFile tells whether a token gives the right to read a file now.
func (t *Tokens) CheckFile(account channels.AccountID, fileID int64, token string, now time.Time) bool {
	expires, mac, ok := strings.Cut(token, ".")
	if !ok || !hmac.Equal([]byte(mac), []byte(t.mac("file", account, strconv.FormatInt(fileID, 10)+"."+expires))) {
		return false
	}
	at, err := strconv.ParseInt(expires, 36, 64)
	return err == nil && now.Before(time.Unix(at, 0))
}

// mac signs text for one use and one account. The parts before the text cannot run
// into it, because neither holds a colon.
func (t *Tokens) mac(use string, account channels.AccountID, text string) string {
	m := hmac.New(sha256.New, t.key)
	m.Write([]byte(use + ":" + strconv.FormatInt(int64(account), 10) + ":" + text))
	return encoding.EncodeToString(m.Sum(nil))
}
