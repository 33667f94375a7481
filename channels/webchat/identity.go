package webchat

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"parley/internal/fault"
)

// Identity is a user whom the site knows. Hash is the hex HMAC-SHA256 of ID under the
// account's identity secret; it vouches for the id alone, so name and e-mail count as
// typed.
type Identity struct {
	ID    string
	Name  string
	Email string
	Hash  string
}

// SignIdentity returns the hash of a user's id, as a site computes it.
func SignIdentity(secret []byte, id string) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(id))
	return hex.EncodeToString(mac.Sum(nil))
}

// recognise checks an identity and gives the visitor what it says.
func (a *Account) recognise(i Identity, v *Visitor) error {
	switch {
	case !a.KnowsUsers():
		return fault.InvalidField("identity", "not_enabled", fault.T(
			"У этого чата не задан ключ подписи пользователей.", "This chat has no identity secret."))
	case i.ID == "" || len(i.ID) > maxUser || i.ID != tidy(i.ID):
		return fault.InvalidField("identity.id", "malformed", fault.T(
			"Укажите id пользователя, не длиннее 128 байт.", "Give the user's id, at most 128 bytes."))
	}
	// Both sides are hex of one length, so the comparison takes the same time for
	// every wrong hash.
	if !hmac.Equal([]byte(strings.ToLower(i.Hash)), []byte(SignIdentity(a.identity, i.ID))) {
		return fault.InvalidField("identity.hash", "wrong", fault.T(
			"Подпись не подходит: это HMAC-SHA256 от id, шестнадцатеричный.", "The signature does not match: it is HMAC-SHA256 of the id, in hex."))
	}
	v.User = i.ID
	if v.Name == "" {
		v.Name = cut(tidy(i.Name), maxName)
	}
	if email := strings.ToLower(tidy(i.Email)); v.Email == "" && plausibleEmail(email) {
		v.Email = email
	}
	return nil
}
