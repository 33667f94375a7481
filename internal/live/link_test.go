package live_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parley/internal/live"
	"parley/internal/testenv"
)

// heard is what one end of a link was told.
type heard struct{ from, topic, body string }

// end starts one end of a link; seal is the key that all of an installation share.
func end(t *testing.T, url, seal string) (*live.Link, <-chan heard) {
	t.Helper()
	got := make(chan heard, 100)
	l, err := live.NewLink(live.LinkOptions{
		URL: url, Channel: "test", Log: slog.New(slog.DiscardHandler),
		Seal: func(plain []byte) []byte { return append([]byte(seal), plain...) },
		Open: func(sealed []byte) ([]byte, error) {
			if len(sealed) < len(seal) || string(sealed[:len(seal)]) != seal {
				return nil, errors.New("not ours")
			}
			return sealed[len(seal):], nil
		},
		Receive: func(from, topic string, body []byte) { got <- heard{from, topic, string(body)} },
	})
	if err != nil {
		t.Fatal(err)
	}
	l.Start()
	t.Cleanup(func() { _ = l.Stop() }) // Redis may be gone
	return l, got
}

// until wakes the others again and again, because a connection may not stand yet, until
// one end hears of the topic.
func until(t *testing.T, l *live.Link, topic string, got <-chan heard) heard {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for {
		l.Wake(topic)
		select {
		case h := <-got:
			if h.topic == topic {
				return h
			}
		case <-tick.C:
		case <-deadline:
			t.Fatalf("nothing heard of %q", topic)
		}
	}
}

func TestLink(t *testing.T) {
	t.Parallel()
	url := testenv.Redis(t)
	a, toA := end(t, url, "k1:")
	b, toB := end(t, url, "k1:")
	_, toStranger := end(t, url, "k2:")
	h := until(t, a, "feed", toB)
	until(t, b, "back", toA)
	if h.from == "" || h.body != "" {
		t.Errorf("heard %+v", h)
	}
	a.Send("typing", []byte("two\nlines"))
	for h = range toB {
		if h.topic == "typing" {
			break
		}
	}
	if h.body != "two\nlines" {
		t.Errorf("heard %+v", h)
	}
	until(t, b, "last", toA)
	for len(toA) > 0 {
		if h := <-toA; h.topic == "feed" || h.topic == "typing" {
			t.Errorf("it hears itself: %+v", h)
		}
	}
	if len(toStranger) != 0 {
		t.Errorf("another installation hears %+v", <-toStranger)
	}
}

func TestLinkSurvivesRedis(t *testing.T) {
	t.Parallel()
	server := testenv.StartRedis(t)
	a, _ := end(t, server.URL, "")
	_, toB := end(t, server.URL, "")
	until(t, a, "before", toB)
	settings, err := redis.ParseURL(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(settings)
	defer client.Close()
	if err := client.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	if err := client.Publish(context.Background(), "test", "garbage without lines").Err(); err != nil {
		t.Fatal(err)
	}
	until(t, a, "after FLUSHALL", toB)
	server.Stop(t)
	begun := time.Now()
	for range 5000 {
		a.Wake("feed")
		a.Send("typing", make([]byte, 1000))
	}
	if took := time.Since(begun); took > time.Second {
		t.Errorf("callers waited %s for a Redis that is gone", took)
	}
	server.Start(t)
	until(t, a, "again", toB)
}
