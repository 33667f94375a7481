package whatsapp_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/whatsapp/whatsapptest"
)

// TestStorm pushes every message and each of its statuses ten times, shuffled, over several connections at
// once, as Meta does after an outage.
func TestStorm(t *testing.T) {
	t.Parallel()
	const messages, times, lines = 200, 10, 4
	w := newWorld(t)
	in := newInbox(w.open(t))
	var bodies [][]byte
	for i := range messages {
		bodies = append(bodies, w.Message(fmt.Sprint(16505550000+i%50), "Ann", map[string]any{"type": "text", "text": map[string]any{"body": fmt.Sprint(i)}}))
		for _, state := range []string{"sent", "delivered", "read"} {
			bodies = append(bodies, w.Status(whatsapptest.Call{ID: fmt.Sprint("wamid.S", i), To: phone}, state))
		}
	}
	all := slices.Repeat(bodies, times)
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	var wg sync.WaitGroup
	for part := range slices.Chunk(all, len(all)/lines) {
		wg.Go(func() {
			for _, body := range part {
				if status := in.push(t, body); status != http.StatusOK {
					t.Errorf("answered %d", status)
				}
			}
		})
	}
	wg.Wait()
	if got := len(in.Events()); got != len(bodies) {
		t.Errorf("%d events of %d pushes, want %d", got, len(all), len(bodies))
	}
}

// TestPostsOverHTTP has the test server push to an address, as it does in the browser's tests.
func TestPostsOverHTTP(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := newInbox(w.open(t))
	hook := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		header := map[string]string{}
		for name := range r.Header {
			header[strings.ToLower(name)] = r.Header.Get(name)
		}
		answer, err := in.account.Receive(r.Context(), channels.Request{Method: r.Method, Header: header, Body: body}, in.Recorder)
		if err != nil {
			answer.Status = http.StatusInternalServerError
		}
		rw.WriteHeader(answer.Status)
	}))
	t.Cleanup(hook.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	taken := make(chan struct{})
	w.Offer(w.Message(phone, "Ann", map[string]any{"type": "text", "text": map[string]any{"body": "hi"}}), func() { close(taken) })
	var wg sync.WaitGroup
	wg.Go(func() { w.Deliver(ctx, whatsapptest.Post(http.DefaultClient, hook.URL)) })
	select {
	case <-taken:
	case <-ctx.Done():
		t.Error("the push was not taken")
	}
	cancel()
	wg.Wait()
	if ev := in.Events(); len(ev) != 1 || ev[0].Message == nil || ev[0].Message.Text != "hi" {
		t.Errorf("%+v", ev)
	}
}
