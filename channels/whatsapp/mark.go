package whatsapp

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// mark signs the number of our message, so that Meta can hand it back with every status of it
// (biz_opaque_callback_data): a send whose answer was lost is settled that way. Other programs that share
// the phone number write numbers of their own there; the signature tells them apart.
type mark struct{ key []byte }

const (
	markPrefix = "parley:"
	partPrefix = "parley-part:"
)

// of returns the mark of a message, "" for one without a number.
func (k mark) of(message int64) string {
	if message <= 0 {
		return ""
	}
	id := strconv.FormatInt(message, 10)
	return markPrefix + id + ":" + k.sign(id)
}

// ofPart returns the mark of a call between a message's first and its last: it can only tell that this part failed.
func (k mark) ofPart(message int64) string {
	if message <= 0 {
		return ""
	}
	return partPrefix + strings.TrimPrefix(k.of(message), markPrefix)
}

// readPart returns the message that a mark of ofPart names, 0 when it is none.
func (k mark) readPart(text string) int64 {
	rest, ours := strings.CutPrefix(text, partPrefix)
	if !ours {
		return 0
	}
	return k.read(markPrefix + rest)
}

// read returns the message that a mark of ours names, 0 when it is none.
func (k mark) read(text string) int64 {
	rest, ours := strings.CutPrefix(text, markPrefix)
	id, signature, cut := strings.Cut(rest, ":")
	if !ours || !cut || !hmac.Equal([]byte(signature), []byte(k.sign(id))) {
		return 0
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func (k mark) sign(id string) string {
	mac := hmac.New(sha256.New, k.key)
	mac.Write([]byte("whatsapp message " + id))
	return hex.EncodeToString(mac.Sum(nil)[:12])
}
