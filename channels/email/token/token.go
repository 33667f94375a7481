package token

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"
)

// macSize is how much of the signature a token holds, in bytes. Guessing 80 bits takes a
// stream of mails that no mailbox would survive, and the space is dear: with a local part of
// its own the token must fit into 64 octets (RFC 5321, 4.5.3.1.1).
const macSize = 10

// idSize is the longest message id, in bytes.
const idSize = 8

// mark begins the left side of our Message-IDs.
const mark = "p."

// maxLocal is the longest local part of an address, in octets (RFC 5321, 4.5.3.1.1).
const maxLocal = 64

// maxInput bounds what Parse looks at; the longest line of a mail has 998 octets.
const maxInput = 1024

// encoding has one case and no character that programs or people change: addresses lose their
// case on the way, and Message-IDs are copied by hand out of logs.
var encoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// MessageID returns the Message-ID of one of our messages, without angle brackets. It is the
// same for every attempt to send it. The key should have 32 bytes and messageID is positive.
func MessageID(key []byte, messageID int64, domain string) string {
	return mark + sign(key, messageID) + "@" + domain
}

// PlusAddress returns the address with the message's token behind a plus, where a server with
// sub-addressing (RFC 5233) delivers as to the address itself. An address that has no room for
// it, or whose local part is quoted, is returned as it is.
func PlusAddress(key []byte, messageID int64, address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 1 || address[at-1] == '"' {
		return address
	}
	local := address[:at] + "+" + sign(key, messageID)
	if len(local) > maxLocal {
		return address
	}
	return local + address[at:]
}

// Parse returns the message that a Message-ID or a plus-address of ours names. It takes them
// with or without angle brackets and in any case. Whatever was not made with the key is not ok.
func Parse(key []byte, id string) (messageID int64, ok bool) {
	if len(key) == 0 || len(id) > maxInput {
		return 0, false
	}
	id = strings.Trim(id, " \t\r\n<>")
	local, _, _ := strings.Cut(id[strings.LastIndexByte(id, '<')+1:], "@") // also behind a name
	local = strings.ToLower(local)
	text, ok := strings.CutPrefix(local, mark)
	if !ok {
		plus := strings.LastIndexByte(local, '+')
		if plus < 0 {
			return 0, false
		}
		text = local[plus+1:]
	}
	return open(key, text)
}

// sign returns the token: the id without leading zero bytes, and its signature.
func sign(key []byte, messageID int64) string {
	id := binary.BigEndian.AppendUint64(nil, uint64(messageID))
	sum := mac(key, id)
	for len(id) > 1 && id[0] == 0 {
		id = id[1:]
	}
	return encoding.EncodeToString(append(id, sum...))
}

func open(key []byte, text string) (int64, bool) {
	if len(text) > encoding.EncodedLen(idSize+macSize) {
		return 0, false
	}
	data, err := encoding.DecodeString(text)
	if err != nil || len(data) <= macSize {
		return 0, false
	}
	short, sum := data[:len(data)-macSize], data[len(data)-macSize:]
	var id [idSize]byte
	copy(id[idSize-len(short):], short)
	if !hmac.Equal(sum, mac(key, id[:])) {
		return 0, false
	}
	messageID := int64(binary.BigEndian.Uint64(id[:]))
	// One id has one token: no other spelling of it opens.
	return messageID, messageID > 0 && sign(key, messageID) == text
}

// mac signs an id. The words before it keep the key's other uses apart from this one.
func mac(key, id []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte("parley e-mail message\x00"))
	m.Write(id)
	return m.Sum(nil)[:macSize]
}
