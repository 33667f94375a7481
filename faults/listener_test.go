//go:build unix

package faults_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// listener is an open page: it follows a node's event stream, and after a cut resumes where it stopped.
type listener struct {
	url, key string
	hello    chan struct{} // closed at the first event

	mu     sync.Mutex
	last   string         // the id to resume after
	seen   map[string]int // how often each text was told of
	resets int
}

func listen(t *testing.T, url, key string) *listener {
	t.Helper()
	l := &listener{url: url, key: key, seen: map[string]int{}, hello: make(chan struct{})}
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() {
		for ctx.Err() == nil {
			l.follow(ctx)
			select {
			case <-ctx.Done():
			case <-time.After(100 * time.Millisecond):
			}
		}
	})
	t.Cleanup(func() {
		cancel()
		done.Wait()
	})
	select {
	case <-l.hello:
	case <-time.After(20 * time.Second):
		t.Fatal("an event stream does not begin")
	}
	return l
}

// follow reads one stream until it is cut, or quiet for longer than its heartbeats allow.
func (l *listener) follow(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, l.url+"/api/v1/events", nil)
	if err != nil {
		return
	}
	req.Header.Set("Authorization", "Bearer "+l.key)
	l.mu.Lock()
	if l.last != "" {
		req.Header.Set("Last-Event-ID", l.last)
	}
	l.mu.Unlock()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	var id, name, data string
	for lines.Scan() {
		field, value, _ := strings.Cut(lines.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "id":
			id = value
		case "event":
			name = value
		case "data":
			data = value
		case "":
			l.heard(id, name, data)
			name, data = "", ""
		}
	}
}

func (l *listener) heard(id, name, data string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if id != "" {
		if l.last == "" {
			close(l.hello)
		}
		l.last = id
	}
	switch name {
	case "reset":
		l.resets++
	case "message.created":
		var e struct {
			Object struct {
				Text string `json:"text"`
			} `json:"object"`
		}
		if json.Unmarshal([]byte(data), &e) == nil {
			l.seen[e.Object.Text]++
		}
	}
}

// times is how often a text was told of.
func (l *listener) times(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.seen[text]
}
