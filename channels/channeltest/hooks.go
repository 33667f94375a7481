package channeltest

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"parley/channels"
)

// Hooks is the side of a network that pushes: it offers requests to an account's webhook
// until each is answered with success, as networks do.
type Hooks struct {
	// Request makes the push of a contact's n-th message, the same for the same n.
	Request func(n int, text string) channels.Request
	// Raw makes an honest push, by its signature, of any bytes. nil = none can be made.
	Raw func(body []byte) channels.Request

	journal *Journal

	mu      sync.Mutex
	texts   []string // by number
	waiting []offer
	changed chan struct{}
	refused chan bool
}

// offer is one push; text is empty for rubbish.
type offer struct {
	request channels.Request
	text    string
	rubbish bool
}

// NewHooks returns a network without anything to push.
func NewHooks(j *Journal, request func(n int, text string) channels.Request, raw func(body []byte) channels.Request) *Hooks {
	return &Hooks{Request: request, Raw: raw, journal: j, changed: make(chan struct{}, 1), refused: make(chan bool, 1)}
}

// Arrive is Setup.Arrive.
func (h *Hooks) Arrive(text string) {
	h.mu.Lock()
	n := len(h.texts)
	h.texts = append(h.texts, text)
	h.mu.Unlock()
	h.offer(offer{request: h.Request(n, text), text: text})
}

// Again is Setup.Again.
func (h *Hooks) Again(text string) {
	h.mu.Lock()
	n := slices.Index(h.texts, text)
	h.mu.Unlock()
	h.offer(offer{request: h.Request(n, text), text: text})
}

// Garbage is Setup.Garbage.
func (h *Hooks) Garbage(raw []byte) bool {
	h.offer(offer{request: h.Raw(raw), rubbish: true})
	return <-h.refused
}

func (h *Hooks) offer(o offer) {
	h.mu.Lock()
	h.waiting = append(h.waiting, o)
	h.mu.Unlock()
	select {
	case h.changed <- struct{}{}:
	default:
	}
}

// Push is Setup.Push.
func (h *Hooks) Push(ctx context.Context, a channels.Adapter, in channels.Inbound) {
	hook, ok := a.(channels.Webhook)
	for ok && ctx.Err() == nil {
		h.mu.Lock()
		waiting := slices.Clone(h.waiting)
		h.mu.Unlock()
		if len(waiting) == 0 {
			select {
			case <-h.changed:
			case <-ctx.Done():
			}
			continue
		}
		h.push(ctx, hook, in, waiting[0])
	}
}

// push offers the first that waits; a refusal of rubbish is final, of anything else not.
func (h *Hooks) push(ctx context.Context, hook channels.Webhook, in channels.Inbound, o offer) {
	r, err := hook.Receive(ctx, o.request, in)
	taken := err == nil && r.Status < http.StatusMultipleChoices
	if o.rubbish && (taken || r.Status >= 400 && r.Status < 500) {
		h.drop()
		h.refused <- !taken
		return
	}
	if !taken {
		return
	}
	h.drop()
	h.journal.Acknowledged(o.text)
}

func (h *Hooks) drop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.waiting = h.waiting[1:]
}
