package telegramtest

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Bot is one bot, with everything that the network knows of it.
type Bot struct {
	Token    string
	ID       int64
	Username string

	mu          sync.Mutex
	changed     chan struct{} // closed and replaced whenever there is news
	denied      bool
	faults      []Fault
	old         map[ref]bool // too old to be changed
	queue       []pending
	nextUpdate  int64
	allowed     []string
	poll        int   // the number of the latest poll; earlier ones end
	pollFrom    int64 // its offset, 0 when it takes whatever comes
	garbled     [][]byte
	webhook     Webhook
	trouble     string // why the webhook is not reached
	chats       map[int64]Object
	blocked     map[int64]bool
	moved       map[int64]int64
	connections map[string]int64 // owners, by business connection
	messages    map[int64]map[int64]Object
	reacted     map[ref]string
	nextMessage int64
	nextAlbum   int64
	files       map[string]Upload
	calls       []Call
	onAck       func(update []byte)
	onUpdate    func(update []byte)
}

// Call is a call of a method that does something, as it came.
type Call struct {
	Method string
	Params Params
}

// Webhook is where a bot has its updates pushed to.
type Webhook struct {
	URL    string
	Secret string
}

func newBot(id int64, token, username string) *Bot {
	return &Bot{
		Token: token, ID: id, Username: username, changed: make(chan struct{}), nextUpdate: 100_001, nextMessage: 1,
		chats: map[int64]Object{}, blocked: map[int64]bool{}, moved: map[int64]int64{}, connections: map[string]int64{},
		messages: map[int64]map[int64]Object{}, files: map[string]Upload{}, reacted: map[ref]string{},
	}
}

// OnAcknowledged has f called with every update that is confirmed, and OnUpdate with every one that is offered
// for the first time.
func (b *Bot) OnAcknowledged(f func(update []byte)) { b.mu.Lock(); b.onAck = f; b.mu.Unlock() }

// OnUpdate has f called with every update when it comes up.
func (b *Bot) OnUpdate(f func(update []byte)) { b.mu.Lock(); b.onUpdate = f; b.mu.Unlock() }

// Deny revokes the bot's token.
func (b *Bot) Deny() { b.mu.Lock(); b.denied = true; b.news(); b.mu.Unlock() }

func (b *Bot) isDenied() bool { b.mu.Lock(); defer b.mu.Unlock(); return b.denied }

// Calls returns the calls that reached the network so far, without polls.
func (b *Bot) Calls() []Call { b.mu.Lock(); defer b.mu.Unlock(); return slices.Clone(b.calls) }

// Message returns a message as it stands now, nil when there is none.
func (b *Bot) Message(chat, id int64) Object {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.messages[chat][id]
}

// Hook returns the webhook; its URL is empty when there is none.
func (b *Bot) Hook() Webhook { b.mu.Lock(); defer b.mu.Unlock(); return b.webhook }

// news wakes who waits. The lock is held.
func (b *Bot) news() {
	close(b.changed)
	b.changed = make(chan struct{})
}

// Wait returns true once cond holds, which is looked at after every change, and false when ctx ends first.
func (b *Bot) Wait(ctx context.Context, cond func() bool) bool {
	for {
		b.mu.Lock()
		changed := b.changed
		b.mu.Unlock()
		if cond() {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return cond()
		}
	}
}

func (b *Bot) user() Object {
	return Object{"id": b.ID, "is_bot": true, "first_name": b.Username, "username": b.Username}
}

// store keeps a message under its id. The lock is held.
func (b *Bot) store(m Object) Object {
	chat, _ := m["chat"].(Object)["id"].(int64)
	if b.messages[chat] == nil {
		b.messages[chat] = map[int64]Object{}
	}
	b.messages[chat][m["message_id"].(int64)] = m
	return m
}

func (b *Bot) newID() int64 {
	id := b.nextMessage
	b.nextMessage++
	return id
}

func (b *Bot) serveFile(w http.ResponseWriter, path string) {
	b.mu.Lock()
	f, ok := b.files[path]
	b.mu.Unlock()
	if !ok {
		write(w, refuse(http.StatusNotFound, "Not Found"))
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(f.Data)))
	_, _ = w.Write(f.Data) // the client may be gone
}

func unix() int64 { return time.Now().Unix() }
