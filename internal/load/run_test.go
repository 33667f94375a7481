package load_test

import (
	"context"
	"encoding/json"
	"errors"
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

// site is a server that does what the generator needs, and notes it.
type site struct {
	*httptest.Server
	// answer is called with the number of each message, from 1, before it is
	// acknowledged with the status that it returns.
	answer func(n int) int

	mu       sync.Mutex
	visitors int
	said     []string // client ids, in order of arrival
	kept     shelf
}

func newSite(t *testing.T, answer func(n int) int) *site {
	t.Helper()
	s := &site{answer: answer, kept: shelf{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/accounts", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer key" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, `{"items":[{"id":"5","kind":"email"},{"id":"6","kind":"webchat","paused":true},{"id":"7","kind":"webchat"}]}`)
	})
	mux.HandleFunc("POST /chat/7/visitors", func(w http.ResponseWriter, _ *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.visitors++
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, `{"visitor":"v%d","token":"v%d"}`, s.visitors, s.visitors)
	})
	mux.HandleFunc("POST /chat/7/messages", s.message)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *site) message(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ClientID string `json:"client_id"`
	}
	body, err := io.ReadAll(r.Body)
	if err := errors.Join(err, json.Unmarshal(body, &in)); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.said = append(s.said, in.ClientID)
	n := len(s.said)
	s.mu.Unlock()
	status := s.answer(n)
	if status < 300 {
		s.mu.Lock()
		visitor := r.Header.Get("Authorization")[len("Bearer "):]
		s.kept[visitor] = append(s.kept[visitor], load.Stored{Key: in.ClientID, Conversation: 1, Seq: int64(len(s.kept[visitor]) + 1)})
		s.mu.Unlock()
	}
	w.WriteHeader(status)
}

func fine(int) int { return http.StatusCreated }

func TestRunKeepsToItsRate(t *testing.T) {
	t.Parallel()
	s := newSite(t, fine)
	path := filepath.Join(t.TempDir(), "journal")
	j, err := load.OpenJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := load.Run(t.Context(), load.RunOptions{URL: s.URL + "/", Key: "key", Rate: 200, For: 500 * time.Millisecond, Clients: 4, Journal: j})
	if err := errors.Join(err, j.Close()); err != nil {
		t.Fatal(err)
	}
	if got.Acknowledged != 100 || got.Failed != 0 || got.Unanswered != 0 || got.P50 > got.P95 || got.P95 > got.P99 || got.P99 > got.Max {
		t.Errorf("run: %v", got)
	}
	if s.visitors < 10 {
		t.Errorf("%d visitors said %d messages", s.visitors, got.Acknowledged)
	}
	entries, err := load.ReadJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := load.Verify(t.Context(), entries, s.kept); err != nil || !v.OK() || v.Acknowledged != 100 || v.Stored != 100 {
		t.Errorf("verify: %v, %v", v, err)
	}
}

// TestStallIsNotForgiven holds every connection at once. A generator that waited for an
// answer before it looked at the clock would see as many slow messages as it has
// connections; all that were due meanwhile are late.
func TestStallIsNotForgiven(t *testing.T) {
	t.Parallel()
	const stall = 400 * time.Millisecond
	for name, at := range map[string]int{"in the midst": 50, "at the end": 180} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			over := make(chan struct{})
			s := newSite(t, func(n int) int {
				if n == at {
					time.AfterFunc(stall, func() { close(over) })
				}
				if n >= at {
					<-over
				}
				return http.StatusCreated
			})
			got, err := load.Run(t.Context(), load.RunOptions{URL: s.URL, Key: "key", Rate: 200, For: time.Second, Clients: 2})
			if err != nil || got.Acknowledged != 200 {
				t.Fatalf("run: %v, %v", got, err)
			}
			if got.P99 < stall/2 || got.Max < stall-20*time.Millisecond {
				t.Errorf("a stall of %s does not show: %v", stall, got)
			}
			if at == 50 && got.P95 < stall/4 {
				t.Errorf("only what was under way is late: %v", got)
			}
		})
	}
}

func TestRunTriesAgainWithTheSameKey(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(n int) int {
		if n%3 == 0 {
			return http.StatusServiceUnavailable
		}
		return http.StatusCreated
	})
	path := filepath.Join(t.TempDir(), "journal")
	j, err := load.OpenJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := load.Run(t.Context(), load.RunOptions{URL: s.URL, Key: "key", Rate: 100, For: 300 * time.Millisecond, Clients: 1, Patient: true, Journal: j})
	if err := errors.Join(err, j.Close()); err != nil {
		t.Fatal(err)
	}
	if got.Acknowledged != 30 || got.Failed != 14 {
		t.Errorf("run: %v", got)
	}
	if s.said[2] != s.said[3] || s.said[3] == s.said[4] {
		t.Errorf("message 3 was not tried again under its key: %q", s.said[1:5])
	}
	entries, err := load.ReadJournal(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 44 { // each that failed stands there as tried, too
		t.Errorf("%d entries in the journal", len(entries))
	}
	if v, err := load.Verify(t.Context(), entries, s.kept); err != nil || !v.OK() || v.Acknowledged != 30 || v.Unknown != 0 {
		t.Errorf("verify: %v, %v", v, err)
	}
}

func TestRunThatIsNotPatientEnds(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(n int) int {
		if n > 5 {
			return http.StatusInternalServerError
		}
		return http.StatusCreated
	})
	begun := time.Now()
	got, err := load.Run(t.Context(), load.RunOptions{URL: s.URL, Key: "key", For: time.Minute, Clients: 3})
	if err == nil || got.Acknowledged > 5 || got.Failed < 1 || time.Since(begun) > 30*time.Second {
		t.Errorf("run: %v, %v", got, err)
	}
	for name, o := range map[string]load.RunOptions{
		"wrong key":    {URL: s.URL, Key: "other", For: time.Second},
		"no server":    {URL: "http://127.0.0.1:1", Key: "key", For: time.Second},
		"unknown kind": {URL: s.URL, Key: "key", For: time.Second, Kind: "mail"},
	} {
		if _, err := load.Run(t.Context(), o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := newSite(t, func(n int) int {
		if n == 10 {
			cancel()
		}
		return http.StatusCreated
	})
	got, err := load.Run(ctx, load.RunOptions{URL: s.URL, Key: "key", For: time.Hour, Clients: 2, Patient: true})
	if err != nil || got.Acknowledged < 8 || got.Unanswered != 0 {
		t.Errorf("run: %v, %v", got, err)
	}
}
