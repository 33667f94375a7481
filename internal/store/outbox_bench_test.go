package store_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/internal/testenv"
)

// BenchmarkOutbox measures the way of an answer through the outbox, over a network that
// takes everything at once: one message after the other, and a backlog. Commits are
// forced to the disk. Costs are per message, the answer's own commit left out.
func BenchmarkOutbox(b *testing.B) {
	for _, engine := range storetest.Engines() {
		b.Run(string(engine)+"/one", func(b *testing.B) { benchmarkOne(b, engine) })
		b.Run(string(engine)+"/backlog", func(b *testing.B) { benchmarkBacklog(b, engine) })
	}
}

// meter counts what the database is asked.
type meter struct {
	commits atomic.Int64
	trips   atomic.Int64
}

func (m *meter) reset() { m.commits.Store(0); m.trips.Store(0) }

func (m *meter) add(more *meter) {
	m.commits.Add(more.commits.Load())
	m.trips.Add(more.trips.Load())
}

func (m *meter) report(b *testing.B, messages int) {
	b.Helper()
	b.ReportMetric(float64(m.commits.Load())/float64(messages), "commits/msg")
	if trips := m.trips.Load(); trips > 0 {
		b.ReportMetric(float64(trips)/float64(messages), "trips/msg")
	}
}

// stand is a durable database whose traffic is metered, and a dispatcher over it that
// has not been started.
type stand struct {
	*post
	meter
	d       *outbox.Dispatcher
	settled chan int // how many verdicts each commit stored
}

func newStand(b *testing.B, engine store.Engine) *stand {
	b.Helper()
	s := &stand{settled: make(chan int, 100_000)}
	o := store.Options{Log: slog.New(slog.DiscardHandler), Stat: func(store.Lane, int, time.Duration) { s.commits.Add(1) }}
	if engine == store.Postgres {
		o.URL = s.proxy(b, testenv.DurablePostgres(b))
	} else {
		o.Dir = b.TempDir()
	}
	s.post = newPost(b, storetest.At(b, o))
	s.d = outbox.New(outbox.Options{Sources: []outbox.Source{counting{s.src, s.settled}}, Log: o.Log, Now: time.Now})
	s.d.Attach(s.account, &network{})
	s.db.OnWake(func(t store.Topic) {
		if t&store.OutboxQueued != 0 {
			s.d.Wake()
		}
	})
	return s
}

// await waits until n verdicts are stored.
func (s *stand) await(n int) {
	for n > 0 {
		n -= <-s.settled
	}
}

// counting is a source that tells of every commit of verdicts.
type counting struct {
	*store.Outbox
	settled chan int
}

func (c counting) Settle(ctx context.Context, now time.Time, list []outbox.Settlement) error {
	err := c.Outbox.Settle(ctx, now, list)
	if err == nil {
		c.settled <- len(list)
	}
	return err
}

func benchmarkOne(b *testing.B, engine store.Engine) {
	s := newStand(b, engine)
	talk := s.talk("a")
	s.queue(talk, "hello")
	s.reset()
	s.queue(talk, "hello")
	ownCommits, ownTrips := s.commits.Load(), s.trips.Load()
	s.d.Start()
	defer s.d.Stop()
	s.await(2)
	s.reset()
	var after time.Duration
	n := 0
	for b.Loop() {
		s.queue(talk, "hello")
		begun := time.Now()
		s.await(1)
		after += time.Since(begun)
		n++
	}
	s.commits.Add(-ownCommits * int64(n))
	s.trips.Add(-ownTrips * int64(n))
	s.report(b, n)
	b.ReportMetric(float64(after.Microseconds())/float64(n), "µs-to-sent")
}

func benchmarkBacklog(b *testing.B, engine store.Engine) {
	const chats, each = 250, 8
	s := newStand(b, engine)
	var talks []*inbox.Conversation
	for i := range chats {
		talks = append(talks, s.talk(fmt.Sprint("chat ", i)))
	}
	var total meter
	messages, took := 0, time.Duration(0)
	s.d.Detach(s.account)
	s.d.Start()
	defer s.d.Stop()
	for b.Loop() {
		for range each {
			for _, talk := range talks {
				s.queue(talk, "hello")
			}
		}
		s.reset()
		begun := time.Now()
		s.d.Attach(s.account, &network{})
		s.await(chats * each)
		took += time.Since(begun)
		total.add(&s.meter)
		s.d.Detach(s.account)
		messages += chats * each
	}
	total.report(b, messages)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(messages)/took.Seconds(), "msg/s")
}

// proxy stands between the program and PostgreSQL and counts round trips: how often the
// program speaks after it has listened.
func (m *meter) proxy(b *testing.B, target string) string {
	b.Helper()
	u, err := url.Parse(target)
	if err != nil {
		b.Fatal(err)
	}
	server := u.Host
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go m.relay(client, server)
		}
	}()
	u.Host = l.Addr().String()
	return u.String()
}

func (m *meter) relay(client net.Conn, address string) {
	defer client.Close()
	server, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer server.Close()
	var listened atomic.Bool
	listened.Store(true)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = io.Copy(client, tap{server, func() { listened.Store(true) }})
		_ = client.Close()
	}()
	_, _ = io.Copy(server, tap{client, func() {
		if listened.Swap(false) {
			m.trips.Add(1)
		}
	}})
	_ = server.Close()
	<-done
}

// tap tells of every read.
type tap struct {
	io.Reader
	read func()
}

func (t tap) Read(p []byte) (int, error) {
	n, err := t.Reader.Read(p)
	if n > 0 {
		t.read()
	}
	return n, err
}
