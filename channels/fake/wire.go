package fake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// What travels between the network and its accounts, as JSON.

// update is one thing that happened; polls give it with a place in the queue.
type update struct {
	Event   string   `json:"event"` // unique, the same in every repetition
	Type    string   `json:"type"`  // message, edit, delete, reaction, receipt
	Chat    string   `json:"chat"`
	From    person   `json:"from"`
	ID      string   `json:"id"` // of the message concerned
	Text    string   `json:"text,omitempty"`
	Emoji   string   `json:"emoji,omitempty"`
	State   string   `json:"state,omitempty"`
	ReplyTo string   `json:"reply_to,omitempty"`
	Media   []string `json:"media,omitempty"` // names of files that lie with the network
	Album   string   `json:"album,omitempty"`
	At      int64    `json:"at"` // Unix milliseconds
}

type person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// page answers a poll. Bodies are bytes because the network may hold rubbish.
type page struct {
	Updates []queued `json:"updates"`
}

type queued struct {
	Place int64  `json:"place"`
	Body  []byte `json:"body"`
}

type pollRequest struct {
	// After acknowledges every update up to this place.
	After int64 `json:"after"`
}

type sendRequest struct {
	RandomID string   `json:"random_id,omitempty"`
	Chat     string   `json:"chat"`
	Text     string   `json:"text"`
	Files    []string `json:"files,omitempty"` // names
	ReplyTo  string   `json:"reply_to,omitempty"`
	ID       string   `json:"id,omitempty"` // of the message to edit, delete or react to
	Emoji    string   `json:"emoji,omitempty"`
}

type sendReply struct {
	ID string `json:"id"`
	At int64  `json:"at"` // Unix milliseconds
}

type failure struct {
	Code string `json:"code"`
}

// reply is the network's answer to a call.
type reply struct {
	status     int
	retryAfter int // seconds
	body       []byte
}

// signatureHeader carries the HMAC-SHA256 of a push's body, in hex.
const signatureHeader = "x-fake-signature"

func sign(key string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}
