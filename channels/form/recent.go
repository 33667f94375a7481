package form

import (
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"sync"
	"time"

	"parley/channels"
)

// repeatWithin is for how long the same content is the same submission.
const repeatWithin = 10 * time.Minute

// maxRecent bounds how many submissions are remembered; the oldest are forgotten first.
const maxRecent = 10_000

// key names a submission: by the id that its page gave it, else by its content and time.
func (a *Account) key(s Submission, prefix string) channels.EventKey {
	if id := s.first(fieldID); id != "" && prefix == "" {
		if len(id) > 200 {
			sum := sha256.Sum256([]byte(id))
			id = hex.EncodeToString(sum[:])
		}
		return channels.EventKey("id:" + id)
	}
	return channels.EventKey(prefix + a.recent.key(s.digest(), a.env.Now()))
}

// digest is what a submission says, without where it came from.
func (s Submission) digest() string {
	h := sha256.New()
	note := func(part []byte) {
		h.Write([]byte(strconv.Itoa(len(part)) + ":"))
		h.Write(part)
	}
	for _, f := range s.Fields {
		note([]byte(f.Name))
		note([]byte(f.Value))
	}
	for _, f := range s.Files {
		note([]byte(f.Name))
		note(f.Content)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// recent remembers under which key a content came in. A key holds the ten minutes of the clock
// in which its content came first, so that other nodes, and this one after a restart, find the
// same one but for a repetition that crosses their border.
type recent struct {
	within time.Duration
	most   int

	mu    sync.Mutex
	known map[string]*list.Element // of *seen, by digest
	order *list.List               // the oldest first
}

type seen struct {
	digest string
	key    string
	at     time.Time
}

func newRecent(within time.Duration, most int) *recent {
	return &recent{within: within, most: most, known: map[string]*list.Element{}, order: list.New()}
}

func (r *recent) key(digest string, now time.Time) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	for first := r.order.Front(); first != nil; first = r.order.Front() {
		s := first.Value.(*seen)
		if now.Sub(s.at) < r.within && r.order.Len() < r.most {
			break
		}
		if now.Sub(s.at) < r.within && r.known[digest] != nil {
			break // full, but nothing is to be added
		}
		r.order.Remove(first)
		delete(r.known, s.digest)
	}
	if e := r.known[digest]; e != nil {
		return e.Value.(*seen).key
	}
	key := "hash:" + digest + ":" + strconv.FormatInt(now.Unix()/int64(r.within.Seconds()), 10)
	r.known[digest] = r.order.PushBack(&seen{digest: digest, key: key, at: now})
	return key
}
