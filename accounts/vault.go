package accounts

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"parley/channels"
	"parley/internal/secret"
)

// vault seals the secrets of accounts, each bound to its account and its use.
type vault struct{ box *secret.Box }

func bound(id channels.AccountID, use string) []byte {
	return []byte("account/" + strconv.FormatInt(int64(id), 10) + "/" + use)
}

func (v vault) sealSecrets(id channels.AccountID, values map[string]string) ([]byte, error) {
	if len(values) == 0 {
		return nil, nil
	}
	plain, err := json.Marshal(values)
	if err != nil {
		return nil, fmt.Errorf("encode secrets: %w", err)
	}
	return v.box.Seal(plain, bound(id, "secrets")), nil
}

func (v vault) openSecrets(id channels.AccountID, sealed []byte) (map[string]string, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	plain, err := v.box.Open(sealed, bound(id, "secrets"))
	if err != nil {
		return nil, fmt.Errorf("open secrets: %w", err)
	}
	var values map[string]string
	if json.Unmarshal(plain, &values) != nil {
		return nil, fmt.Errorf("open secrets: %w", secret.ErrMalformed) // the cause would quote them
	}
	return values, nil
}

// newHook makes the secret part of a webhook's path: 160 random bits, sealed and hashed.
func (v vault) newHook(id channels.AccountID) (sealed []byte, hash string) {
	var b [20]byte
	rand.Read(b[:]) // never fails: the runtime ends the program instead
	text := strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
	return v.box.Seal([]byte(text), bound(id, "hook")), hashed(text)
}

func (v vault) hookPath(id channels.AccountID, sealed []byte) (secret.String, error) {
	text, err := v.box.Open(sealed, bound(id, "hook"))
	if err != nil {
		return secret.String{}, fmt.Errorf("open webhook secret: %w", err)
	}
	return secret.Hide("/hooks/" + strconv.FormatInt(int64(id), 10) + "/" + string(text)), nil
}

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// matches compares a secret with a hash in a time that tells nothing.
func matches(text, hash string) bool {
	return hash != "" && subtle.ConstantTimeCompare([]byte(hashed(text)), []byte(hash)) == 1
}
