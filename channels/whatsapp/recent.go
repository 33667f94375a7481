package whatsapp

import "sync"

// maxRecent bounds how many chats are remembered.
const maxRecent = 10_000

// recent remembers the last message that came in each chat: WhatsApp shows "typing" only in answer to
// one. It is a convenience, so it lives in memory: after a restart, or where the push came in at another
// node, nothing is shown.
type recent struct {
	mu   sync.Mutex
	last map[string]string // chat → message id
}

func (r *recent) note(chat, id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.last[chat]; !known && len(r.last) >= maxRecent {
		clear(r.last)
	}
	r.last[chat] = id
}

func (r *recent) of(chat string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last[chat]
}
