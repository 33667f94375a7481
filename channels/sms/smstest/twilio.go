package smstest

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio's own scheme
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"sync"
)

// The fake's account.
const (
	AccountSID = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	AuthToken  = "auth-token-0123456789"
)

// Twilio is the API for one account. It is an http.Handler.
type Twilio struct {
	mu        sync.Mutex
	sent      []url.Values
	suspended bool
	media     map[string]file // by its path
}

// file is one that a phone sent along.
type file struct {
	kind string
	data []byte
}

// Keep stores a file that a phone sent along, and returns the path at which it is fetched.
func (t *Twilio) Keep(mediaType string, data []byte) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.media == nil {
		t.media = map[string]file{}
	}
	path := fmt.Sprintf("%s/Messages/MM%d/Media/ME1", root, len(t.media)+2)
	t.media[path] = file{mediaType, data}
	return path
}

// root is where the account's own paths begin.
const root = "/2010-04-01/Accounts/" + AccountSID

// ServeHTTP implements http.Handler.
func (t *Twilio) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	user, password, ok := r.BasicAuth()
	if !ok || user != AccountSID || password != AuthToken {
		Refuse(w, http.StatusUnauthorized, 20003)
		return
	}
	switch r.Method + " " + r.URL.Path {
	case "GET " + root + ".json":
		t.mu.Lock()
		defer t.mu.Unlock()
		status := "active"
		if t.suspended {
			status = "suspended"
		}
		answer(w, http.StatusOK, map[string]any{"sid": AccountSID, "status": status})
	case "POST " + root + "/Messages.json":
		t.message(w, r)
	case "GET " + root + "/Messages/MM1/Media/ME1":
		w.Header().Set("Content-Type", "image/jpeg")
		_, _ = w.Write([]byte("picture"))
	default:
		t.mu.Lock()
		kept, ok := t.media[r.URL.Path]
		t.mu.Unlock()
		if !ok || r.Method != http.MethodGet {
			Refuse(w, http.StatusNotFound, 20404)
			return
		}
		w.Header().Set("Content-Type", kept.kind)
		_, _ = w.Write(kept.data) // the client may be gone
	}
}

func (t *Twilio) message(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.PostForm.Get("To") == "" || r.PostForm.Get("Body") == "" {
		Refuse(w, http.StatusBadRequest, 21602)
		return
	}
	t.mu.Lock()
	t.sent = append(t.sent, r.PostForm)
	n := len(t.sent)
	t.mu.Unlock()
	answer(w, http.StatusCreated, map[string]any{"sid": fmt.Sprintf("SM%032d", n), "status": "queued", "error_code": nil})
}

// Sent returns every message that was taken, as it came.
func (t *Twilio) Sent() []url.Values {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.sent)
}

// Suspend closes the account.
func (t *Twilio) Suspend() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.suspended = true
}

// Refuse writes an error as Twilio does.
func Refuse(w http.ResponseWriter, status, code int) {
	answer(w, status, map[string]any{"code": code, "message": "to +79001234567", "more_info": "https://www.twilio.com/docs/errors/" + fmt.Sprint(code), "status": status})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// Sign signs a push as Twilio does.
func Sign(token, address string, form url.Values) string {
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	sort.Strings(names)
	text := address
	for _, name := range names {
		for _, value := range form[name] {
			text += name + value
		}
	}
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
