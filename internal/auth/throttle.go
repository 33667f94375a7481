package auth

import (
	"container/list"
	"net/netip"
	"sync"
	"time"
)

// Rate is a token bucket's size: Burst attempts at once, and one more every
// Every.
type Rate struct {
	Burst int
	Every time.Duration
}

// Throttle holds one token bucket per key and a bounded number of keys: the
// least recently used ones are forgotten first. It is safe for concurrent use.
type Throttle struct {
	rate Rate
	most int

	mu      sync.Mutex
	buckets map[string]*list.Element // of *bucket
	recent  *list.List               // front is the most recently used
}

// bucket remembers the time at which its key will have its whole burst again;
// that one number is the state of a token bucket.
type bucket struct {
	key  string
	full time.Time
}

// NewThrottle makes a Throttle that remembers at most most keys.
func NewThrottle(rate Rate, most int) *Throttle {
	return &Throttle{rate: rate, most: max(most, 1), buckets: map[string]*list.Element{}, recent: list.New()}
}

// Take takes one attempt from a key's bucket at a time. It returns 0, or how long
// to wait before the next attempt is free; nothing is taken then.
func (t *Throttle) Take(key string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := t.bucket(key)
	full := b.full
	if full.Before(now) {
		full = now
	}
	full = full.Add(t.rate.Every)
	if wait := full.Sub(now) - time.Duration(t.rate.Burst)*t.rate.Every; wait > 0 {
		return wait
	}
	b.full = full
	return 0
}

// Return gives one attempt back, because it turned out to be none.
func (t *Throttle) Return(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e, ok := t.buckets[key]; ok {
		b := e.Value.(*bucket)
		b.full = b.full.Add(-t.rate.Every)
	}
}

// Len returns how many keys are remembered.
func (t *Throttle) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.recent.Len()
}

func (t *Throttle) bucket(key string) *bucket {
	if e, ok := t.buckets[key]; ok {
		t.recent.MoveToFront(e)
		return e.Value.(*bucket)
	}
	if t.recent.Len() >= t.most {
		oldest := t.recent.Back()
		delete(t.buckets, oldest.Value.(*bucket).key)
		t.recent.Remove(oldest)
	}
	b := &bucket{key: key}
	t.buckets[key] = t.recent.PushFront(b)
	return b
}

const throttleKeys = 20000 // about 4 MB at the most

// network is the key under which an address is throttled: all of IPv4, and the
// /64 that one IPv6 customer holds.
func network(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	a = a.Unmap().WithZone("")
	if a.Is4() {
		return a.String()
	}
	p, err := a.Prefix(64)
	if err != nil {
		return a.String()
	}
	return p.String()
}
