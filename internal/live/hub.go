package live

import "sync"

// Hub fans events out to subscriptions. It is safe for concurrent use.
type Hub struct {
	observer Observer

	// mu also serialises publishing: the order in which events get it is the order
	// in which everyone hears of them.
	mu       sync.Mutex
	subs     map[*Subscription]struct{}
	position int64
	closed   bool
}

// NewHub makes a Hub whose first event will be the one after position, the last
// id of the feed. A nil observer is none.
func NewHub(position int64, o Observer) *Hub {
	if o == nil {
		o = silent{}
	}
	return &Hub{observer: o, subs: map[*Subscription]struct{}{}, position: position}
}

// Subscribe begins to collect the events that filter wants, at most buffer at a
// time. A nil filter wants all. The filter runs while events are published: it
// must be quick and must not call the Hub. The caller reads Subscription.C and
// calls Close in the end. On a closed Hub the subscription has ended already.
func (h *Hub) Subscribe(filter func(*Event) bool, buffer int) *Subscription {
	queue := make(chan *Event, max(buffer, 1))
	s := &Subscription{C: queue, hub: h, queue: queue, filter: filter}
	h.mu.Lock()
	defer h.mu.Unlock()
	s.position = h.position
	if h.closed {
		s.reason = Shutdown
		close(queue)
		return s
	}
	h.subs[s] = struct{}{}
	h.observer.LiveSubscribers(1)
	return s
}

// Publish gives events to every subscription that wants them and never waits.
// Durable events (with an ID) must come in the feed's order; one that is not
// newer than Position was published before and is left out. An event without an
// ID is lost to who has no room for it.
func (h *Hub) Publish(events ...*Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	delivered := 0
	for _, e := range events {
		if e.ID != 0 {
			if e.ID <= h.position {
				continue
			}
			h.position = e.ID
		}
		for s := range h.subs {
			if s.filter != nil && !s.filter(e) {
				continue
			}
			select {
			case s.queue <- e:
				delivered++
			default:
				if e.ID != 0 {
					h.end(s, Slow)
				}
			}
		}
	}
	if delivered > 0 {
		h.observer.LiveDelivered(delivered)
	}
}

// Position is the id of the last durable event published, or passed by Advance.
func (h *Hub) Position() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.position
}

// SkipTo moves the position on, without anything to publish, when nobody listens;
// false when somebody does. Whoever subscribes later begins at the new position.
func (h *Hub) SkipTo(id int64) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.subs) > 0 {
		return false
	}
	h.position = max(h.position, id)
	return true
}

// Advance moves Position forward over ids of which nobody here need hear.
func (h *Hub) Advance(id int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.position = max(h.position, id)
}

// Close ends every subscription, and every later one at once. What is in their
// queues can still be read.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for s := range h.subs {
		h.end(s, Shutdown)
	}
}

// end takes a subscription out. The caller holds mu.
func (h *Hub) end(s *Subscription, why Reason) {
	if s.reason != Open {
		return
	}
	s.reason = why
	delete(h.subs, s)
	close(s.queue)
	h.observer.LiveSubscribers(-1)
	if why != Left {
		h.observer.LiveDropped(string(why))
	}
}

// Subscription is one listener's queue.
type Subscription struct {
	// C yields the events. It is closed when the subscription has ended, after what
	// was queued by then; Reason then says why.
	C <-chan *Event

	hub      *Hub
	queue    chan *Event
	filter   func(*Event) bool
	position int64
	reason   Reason // under hub.mu
}

// Position is the Hub's position when the subscription began: C yields the
// events after it, and those up to it are in the feed.
func (s *Subscription) Position() int64 { return s.position }

// Reason says why the subscription has ended, or Open.
func (s *Subscription) Reason() Reason {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	return s.reason
}

// Close ends the subscription. It may be called again and at any time.
func (s *Subscription) Close() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.hub.end(s, Left)
}
