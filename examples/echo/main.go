package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"sync"
)

// envelope is what travels, in both directions; see docs/channels/custom.md for the rest of it.
type envelope struct {
	ID     string `json:"id"`
	Type   string `json:"type"`
	ChatID string `json:"chat_id"`
	Text   string `json:"text"`
}

// echo is the system. Hook is the account's webhook address, Secret what both sides share.
type echo struct {
	Hook, Secret string
	seen         sync.Map // ids; a real system keeps them where it keeps its messages
}

func (e *echo) sign(body []byte) string {
	mac := hmac.New(sha256.New, []byte(e.Secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// ServeHTTP takes what Parley sends.
func (e *echo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 64<<20))
	if err != nil || !hmac.Equal([]byte(r.Header.Get("X-Parley-Signature")), []byte(e.sign(body))) {
		http.Error(w, "the signature does not fit", http.StatusUnauthorized)
		return
	}
	var in envelope
	if err := json.Unmarshal(body, &in); err != nil {
		http.Error(w, "this is no JSON", http.StatusBadRequest)
		return
	}
	if _, seen := e.seen.Load(in.ID); in.Type == "message" && !seen {
		if err := e.say(envelope{ID: "echo-" + in.ID, Type: "message", ChatID: in.ChatID, Text: "You said: " + in.Text}); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable) // Parley comes again, under the same id
			return
		}
		e.seen.Store(in.ID, true)
	}
	w.WriteHeader(http.StatusNoContent) // also for types that we do not know
}

// say writes to Parley as a customer. Anything but 200 means: again later, under the same id.
func (e *echo) say(m envelope) error {
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, e.Hook, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("X-Parley-Signature", e.sign(body))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the hub answered %s", res.Status)
	}
	return nil
}

func main() {
	e := &echo{Hook: os.Getenv("ECHO_HOOK"), Secret: os.Getenv("ECHO_SECRET")}
	if len(os.Args) > 1 { // a first message, to begin with
		if err := e.say(envelope{ID: "first", Type: "message", ChatID: "visitor-1", Text: os.Args[1]}); err != nil {
			log.Fatal(err)
		}
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:9000", e))
}
