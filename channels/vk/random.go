package vk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strconv"

	"parley/channels"
)

// seal makes what VK recognises a message of ours by, and what we do.
type seal struct{ key []byte }

// randomID is the network's id against repetition: constant for a message, never 0 (which VK
// takes for none). Message ids are whole numbers, so within one installation four billion
// messages in a row have different ones; a permutation under the account's own key keeps two
// installations on one community from using the same ones in the same order.
func (s seal) randomID(key string) int32 {
	id, err := strconv.ParseUint(key, 10, 64)
	if err != nil {
		id = uint64(binary.BigEndian.Uint32(s.mac("random", key)))
	}
	mixed := s.permute(uint32(id)) //nolint:gosec // the low half is what differs
	if mixed == 0 {
		mixed = s.permute(0)
	}
	if mixed == 0 {
		mixed = 1
	}
	return int32(mixed) //nolint:gosec // VK's ids are signed
}

// permute is a Feistel network of four rounds over 32 bits.
func (s seal) permute(v uint32) uint32 {
	left, right := uint16(v>>16), uint16(v) //nolint:gosec // halves
	for round := range 4 {
		f := binary.BigEndian.Uint16(s.mac("round", strconv.Itoa(round)+":"+strconv.Itoa(int(right))))
		left, right = right, left^f
	}
	return uint32(left)<<16 | uint32(right)
}

// ownMark is what our messages carry in their payload, which VK hands back with their echoes.
type ownMark struct {
	Own *struct {
		ID   int64  `json:"id"`
		Sign string `json:"sign"`
	} `json:"parley"`
}

// payload is the mark of one message of ours in one chat.
func (s seal) payload(m channels.Outgoing, peer int64) string {
	id := strconv.FormatInt(m.MessageID, 10)
	return `{"parley":{"id":` + id + `,"sign":"` + s.sign(id, peer) + `"}}`
}

// ours tells which message of ours carries a payload; 0 = none that we signed.
func (s seal) ours(payload string, peer int64) int64 {
	var mark ownMark
	if json.Unmarshal([]byte(payload), &mark) != nil || mark.Own == nil || mark.Own.ID <= 0 {
		return 0
	}
	want := s.sign(strconv.FormatInt(mark.Own.ID, 10), peer)
	if !hmac.Equal([]byte(want), []byte(mark.Own.Sign)) {
		return 0
	}
	return mark.Own.ID
}

func (s seal) sign(id string, peer int64) string {
	return base64.RawURLEncoding.EncodeToString(s.mac("own", id+"@"+strconv.FormatInt(peer, 10))[:18])
}

func (s seal) mac(purpose, text string) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte("vk " + purpose + "\x00" + text))
	return h.Sum(nil)
}
