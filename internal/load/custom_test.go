package load_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"parley/internal/load"
)

// hub is a server with one custom account, once it was made.
type hub struct {
	mu sync.Mutex

	secret   string
	made     int
	unsigned int
	kept     shelf
}

func (h *hub) serve() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/accounts", func(w http.ResponseWriter, _ *http.Request) {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.made == 0 {
			fmt.Fprint(w, `{"items":[{"id":"3","kind":"custom","name":"Shop"}]}`)
			return
		}
		fmt.Fprint(w, `{"items":[{"id":"3","kind":"custom","name":"Shop"},{"id":"7","kind":"custom","name":"Load test"}]}`)
	})
	connect := func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Config struct{ Secret string }
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || r.Header.Get("Authorization") != "Bearer key" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		h.secret = in.Config.Secret
		if r.Method == http.MethodPost {
			h.made++
		}
		fmt.Fprint(w, `{"id":"7","webhook_url":"https://elsewhere.example/hooks/7/path"}`)
	}
	mux.HandleFunc("POST /api/v1/accounts", connect)
	mux.HandleFunc("PATCH /api/v1/accounts/7", connect)
	mux.HandleFunc("POST /hooks/7/path", h.take)
	return mux
}

func (h *hub) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var in struct {
		ID     string `json:"id"`
		ChatID string `json:"chat_id"`
	}
	if err != nil || json.Unmarshal(body, &in) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	mac := hmac.New(sha256.New, []byte(h.secret))
	mac.Write(body)
	if r.Header.Get("X-Parley-Signature") != "sha256="+hex.EncodeToString(mac.Sum(nil)) {
		h.unsigned++
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	h.kept[in.ChatID] = append(h.kept[in.ChatID], load.Stored{Key: in.ID, Conversation: 1, Seq: int64(len(h.kept[in.ChatID]) + 1)})
}

func TestRunOfSignedWebhooks(t *testing.T) {
	t.Parallel()
	h := &hub{kept: shelf{}}
	server := httptest.NewServer(h.serve())
	t.Cleanup(server.Close)
	path := filepath.Join(t.TempDir(), "journal")
	for range 2 { // the second finds the account of the first
		j, err := load.OpenJournal(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := load.Run(t.Context(), load.RunOptions{URL: server.URL, Key: "key", Kind: "custom", Rate: 100, For: 300 * time.Millisecond, Clients: 4, Journal: j})
		if err != nil || got.Acknowledged != 30 || j.Close() != nil {
			t.Fatalf("%v %v", got, err)
		}
	}
	if h.made != 1 || h.unsigned != 0 {
		t.Errorf("%d accounts made, %d bodies not signed", h.made, h.unsigned)
	}
	entries, err := load.ReadJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := load.Verify(t.Context(), entries, h.kept); err != nil || !v.OK() || v.Stored != 60 {
		t.Errorf("verify: %v, %v", v, err)
	}
}
