package letters

import (
	"container/list"
	"sync"

	"parley/inbox"
)

// memoBytes is how much a memo holds.
const memoBytes = 16 << 20

// memoKey is a message at one time. The length is there for stores that keep no time of
// a message's last change.
type memoKey struct {
	id      inbox.MessageID
	updated int64
	length  int
}

// memo remembers texts by message until they are too many; those not asked for the longest
// go first.
type memo struct {
	mu     sync.Mutex
	places map[memoKey]*list.Element
	order  list.List // of memoItem, latest first
	bytes  int
}

type memoItem struct {
	key  memoKey
	text string
}

func (m *memo) get(key memoKey) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.places[key]
	if e == nil {
		return "", false
	}
	m.order.MoveToFront(e)
	return e.Value.(memoItem).text, true
}

func (m *memo) put(key memoKey, text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.places == nil {
		m.places = map[memoKey]*list.Element{}
	}
	if m.places[key] != nil || len(text) > memoBytes {
		return
	}
	m.places[key] = m.order.PushFront(memoItem{key, text})
	m.bytes += len(text)
	for m.bytes > memoBytes {
		last := m.order.Back()
		item := m.order.Remove(last).(memoItem)
		delete(m.places, item.key)
		m.bytes -= len(item.text)
	}
}
