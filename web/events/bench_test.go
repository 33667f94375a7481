package events_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"parley/internal/store/storetest"
	"parley/web/events"
	"parley/web/rest"
)

// arrival is a Writer that notes when each message came.
type arrival struct {
	times []time.Time
	ready chan<- struct{}
	came  chan<- struct{}
}

func (*arrival) Retry(time.Duration) error { return nil }
func (*arrival) Comment() error            { return nil }

func (a *arrival) Events(list ...rest.Shown) error {
	now := time.Now()
	for _, e := range list {
		switch e.Name {
		case "hello":
			a.ready <- struct{}{}
		case "message.created":
			a.times = append(a.times, now)
			a.came <- struct{}{}
		}
	}
	return nil
}

// BenchmarkListeners measures the way of a message from before its commit to a thousand
// open streams, one message after the other.
func BenchmarkListeners(b *testing.B) {
	const listeners = 1000
	for _, engine := range storetest.Engines() {
		b.Run(string(engine), func(b *testing.B) {
			s := open(b, storetest.Open(b, engine), events.Options{Poll: 250 * time.Millisecond})
			c := s.conversation(10)
			ready, came := make(chan struct{}, listeners), make(chan struct{}, listeners)
			streams := make([]*arrival, listeners)
			var gone sync.WaitGroup
			for n := range streams {
				streams[n] = &arrival{ready: ready, came: came}
				who := boss()
				if n%2 == 0 {
					who = member(int64(n+1), 10)
				}
				gone.Go(func() {
					if err := s.feed.Serve(b.Context(), who, "", streams[n]); err != nil {
						b.Error(err)
					}
				})
			}
			for range listeners {
				<-ready
			}
			var sent []time.Time
			for n := int64(1); b.Loop(); n++ {
				sent = append(sent, time.Now())
				s.say(c, n, "How long does this take?")
				for range listeners {
					<-came
				}
			}
			s.feed.Stop()
			gone.Wait()
			report(b, sent, streams)
		})
	}
}

func report(b *testing.B, sent []time.Time, streams []*arrival) {
	var took []time.Duration
	for _, a := range streams {
		if len(a.times) != len(sent) {
			b.Fatalf("a listener heard %d of %d messages", len(a.times), len(sent))
		}
		for n, at := range a.times {
			took = append(took, at.Sub(sent[n]))
		}
	}
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(at(.5), "p50-ms")
	b.ReportMetric(at(.99), "p99-ms")
	b.ReportMetric(at(1), "max-ms")
}
