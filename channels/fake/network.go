package fake

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Network is one account's world: its chats, and the queue of updates that the
// account has not acknowledged. It is safe for concurrent use.
type Network struct {
	profile Profile
	token   string
	now     func() time.Time

	mu         sync.Mutex
	changed    chan struct{} // closed and replaced when the queue or the right to it changes
	lastID     int64
	queue      []queued
	history    map[string][]byte // message id → its update, for Again
	arrivals   map[string]time.Time
	shown      []Message
	attempts   []Attempt
	byRandomID map[string]int // index into shown
	acked      func(body []byte)
	faults     map[Method][]Fault
	retryAfter time.Duration
	denied     bool
	disorder   bool
	duplicate  bool
	typing     []string
}

// Message is one of our messages as the contact sees it.
type Message struct {
	ID       string
	Chat     string
	Text     string
	Files    []string
	ReplyTo  string
	Edited   bool
	Deleted  bool
	Reaction string
}

// Attempt is a call of send that reached the network, whatever became of it.
type Attempt struct {
	RandomID string
	Chat     string
	Text     string
}

// NewNetwork returns a network that accepts one account, by its token.
func NewNetwork(p Profile, token string, now func() time.Time) *Network {
	return &Network{
		profile: p, token: token, now: now, changed: make(chan struct{}), history: map[string][]byte{},
		arrivals: map[string]time.Time{}, byRandomID: map[string]int{}, faults: map[Method][]Fault{}, retryAfter: time.Second,
	}
}

// OnAcknowledge sets what is called, once per update, when the account has
// acknowledged it. The call must not use the network.
func (n *Network) OnAcknowledge(f func(body []byte)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.acked = f
}

// Write makes a contact, whose chat has the contact's id, write a message. It returns
// the message's id.
func (n *Network) Write(chat, name, text string) (id string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	id = n.newID("m")
	n.arrivals[chat] = n.now()
	n.history[id] = n.enqueue(update{Type: "message", Chat: chat, From: person{chat, name}, ID: id, Text: text})
	return id
}

// Again offers a message once more, under a new place in the queue.
func (n *Network) Again(id string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if body, ok := n.history[id]; ok {
		n.offer(body)
	}
}

// Rewrite makes a contact change the text of a message.
func (n *Network) Rewrite(chat, id, text string) {
	n.happen(update{Type: "edit", Chat: chat, From: person{ID: chat}, ID: id, Text: text})
}

// Withdraw makes a contact delete a message.
func (n *Network) Withdraw(chat, id string) {
	n.happen(update{Type: "delete", Chat: chat, From: person{ID: chat}, ID: id})
}

// React makes a contact react to a message; no emoji takes the reaction back.
func (n *Network) React(chat, id, emoji string) {
	n.happen(update{Type: "reaction", Chat: chat, From: person{ID: chat}, ID: id, Emoji: emoji})
}

// Receipt reports how far one of our messages came: delivered, read or failed.
func (n *Network) Receipt(chat, id, state string) {
	n.happen(update{Type: "receipt", Chat: chat, From: person{ID: chat}, ID: id, State: state})
}

// Garbage offers bytes that are no update.
func (n *Network) Garbage(body []byte) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.offer(slices.Clone(body))
}

// Shown returns our messages as the contacts see them.
func (n *Network) Shown() []Message {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.shown)
}

// Attempts returns every send that reached the network.
func (n *Network) Attempts() []Attempt {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.attempts)
}

// Pending returns how many updates wait for their acknowledgement.
func (n *Network) Pending() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.queue)
}

// Typing returns whom contacts saw writing, in order.
func (n *Network) Typing() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.typing)
}

func (n *Network) happen(u update) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.enqueue(u)
}

// enqueue gives an update its identity and offers it.
func (n *Network) enqueue(u update) []byte {
	u.Event = n.newID("e")
	u.At = n.now().UnixMilli()
	body, err := json.Marshal(u)
	if err != nil {
		panic("fake: an update is not JSON: " + err.Error()) // strings and numbers alone
	}
	n.offer(body)
	return body
}

func (n *Network) offer(body []byte) {
	n.lastID++
	n.queue = append(n.queue, queued{Place: n.lastID, Body: body})
	n.wake()
}

func (n *Network) newID(prefix string) string {
	n.lastID++
	return fmt.Sprint(prefix, n.lastID)
}

func (n *Network) wake() {
	close(n.changed)
	n.changed = make(chan struct{})
}

// acknowledge drops the updates that drop names from the queue.
func (n *Network) acknowledge(drop func(q queued) bool) {
	var gone [][]byte
	n.queue = slices.DeleteFunc(n.queue, func(q queued) bool {
		if drop(q) {
			gone = append(gone, q.Body)
			return true
		}
		return false
	})
	if len(gone) == 0 {
		return
	}
	n.wake()
	if n.acked != nil {
		for _, body := range gone {
			n.acked(body)
		}
	}
}
