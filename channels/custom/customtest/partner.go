package customtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"sync"
)

// Received is one request to the partner, whatever it answered.
type Received struct {
	Body   map[string]any
	Raw    []byte
	Signed bool
	New    bool // its id had not been seen
}

// Partner is the other system. It is an http.Handler.
type Partner struct {
	secret string
	// NameThem makes it answer with ids of its own.
	NameThem bool

	mu   sync.Mutex
	seen map[string]bool
	got  []Received
}

// New returns a partner that knows the secret.
func New(secret string) *Partner { return &Partner{secret: secret, seen: map[string]bool{}} }

// Sign returns a body's signature as the header has it.
func Sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// ServeHTTP implements http.Handler.
func (p *Partner) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	got := Received{Raw: raw, Signed: hmac.Equal([]byte(r.Header.Get("X-Parley-Signature")), []byte(Sign(p.secret, raw)))}
	if err := json.Unmarshal(raw, &got.Body); err != nil || !got.Signed {
		p.note(got)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	id, _ := got.Body["id"].(string)
	p.mu.Lock()
	got.New = !p.seen[id]
	p.seen[id] = true
	p.mu.Unlock()
	p.note(got)
	w.Header().Set("Content-Type", "application/json")
	if p.NameThem {
		_ = json.NewEncoder(w).Encode(map[string]string{"id": "theirs-" + id})
	}
}

func (p *Partner) note(r Received) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got = append(p.got, r)
}

// Got returns every request so far, in order.
func (p *Partner) Got() []Received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.got)
}
