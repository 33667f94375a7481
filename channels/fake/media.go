package fake

import (
	"context"
	"strings"

	"parley/channels"
)

var _ channels.Fetcher = (*rich)(nil)

// WriteFiles makes a contact write a message with files, which lie with the network; the
// content of each is its name. Messages of one album were sent as one.
func (n *Network) WriteFiles(chat, name, text, album string, files ...string) (id string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	id = n.newID("m")
	n.arrivals[chat] = n.now()
	n.history[id] = n.enqueue(update{Type: "message", Chat: chat, From: person{chat, name}, ID: id, Text: text, Media: files, Album: album})
	return id
}

// Fetch implements channels.Fetcher.
func (r *rich) Fetch(ctx context.Context, m channels.Media, to channels.Files) (channels.File, error) {
	if err := r.do(ctx, MethodFetch, sendRequest{ID: m.Ref}); err != nil {
		return channels.File{}, err
	}
	return to.Put(ctx, m.Name, m.Type, strings.NewReader(m.Ref), r.limits.Files.MaxBytes)
}
