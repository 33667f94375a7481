package accounts

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"

	"parley/channels"
	"parley/internal/secret"
)

// loginStates makes and reads what a provider's page must bring back: for which account,
// until when, a number that is used once, and a signature over them.
type loginStates struct{ key []byte }

func newLoginStates(box *secret.Box) loginStates {
	if box == nil { // where nothing is opened
		return loginStates{}
	}
	return loginStates{box.Derive("parley/login-state/v1")}
}

const (
	stateBody = 8 + 8 + 16 // id, end in Unix seconds, random
	stateSize = stateBody + 16
)

func (l loginStates) make(id channels.AccountID, until time.Time) string {
	b := make([]byte, stateBody, stateSize)
	binary.BigEndian.PutUint64(b, uint64(id))
	binary.BigEndian.PutUint64(b[8:], uint64(until.Unix()))
	rand.Read(b[16:]) // never fails: the runtime ends the program instead
	return base64.RawURLEncoding.EncodeToString(append(b, l.sign(b)...))
}

// read returns the account of a state that is ours and has not ended.
func (l loginStates) read(state string, now time.Time) (channels.AccountID, bool) {
	b, err := base64.RawURLEncoding.DecodeString(state)
	if err != nil || len(b) != stateSize || !hmac.Equal(b[stateBody:], l.sign(b[:stateBody])) {
		return 0, false
	}
	if now.Unix() > int64(binary.BigEndian.Uint64(b[8:])) {
		return 0, false
	}
	return channels.AccountID(binary.BigEndian.Uint64(b)), true
}

func (l loginStates) sign(b []byte) []byte {
	h := hmac.New(sha256.New, l.key)
	h.Write(b)
	return h.Sum(nil)[:16]
}
