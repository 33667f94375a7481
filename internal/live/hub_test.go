package live_test

import (
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"parley/internal/live"
)

func event(id int64) *live.Event {
	return &live.Event{ID: id, Type: "message.created", Audience: id % 2}
}

// drain reads what is queued, and whether the subscription has ended.
func drain(s *live.Subscription) (ids []int64, ended bool) {
	for {
		select {
		case e, ok := <-s.C:
			if !ok {
				return ids, true
			}
			ids = append(ids, e.ID)
		default:
			return ids, false
		}
	}
}

func sequence(from, to int64) []int64 {
	var out []int64
	for i := from; i <= to; i++ {
		out = append(out, i)
	}
	return out
}

func TestFilterAndOrder(t *testing.T) {
	t.Parallel()
	h := live.NewHub(0, nil)
	all := h.Subscribe(nil, 10)
	even := h.Subscribe(func(e *live.Event) bool { return e.Audience == int64(0) }, 10)
	for i := int64(1); i <= 6; i++ {
		h.Publish(event(i))
	}
	if ids, ended := drain(all); !slices.Equal(ids, sequence(1, 6)) || ended {
		t.Errorf("all: %v, ended %v", ids, ended)
	}
	if ids, _ := drain(even); !slices.Equal(ids, []int64{2, 4, 6}) {
		t.Errorf("even: %v", ids)
	}
	if all.Reason() != live.Open {
		t.Errorf("reason = %q", all.Reason())
	}
}

func TestPosition(t *testing.T) {
	t.Parallel()
	h := live.NewHub(100, nil)
	s := h.Subscribe(nil, 10)
	h.Publish(event(99), event(100), event(101), event(101), event(105), event(104), &live.Event{Type: "typing"})
	if ids, _ := drain(s); !slices.Equal(ids, []int64{101, 105, 0}) {
		t.Errorf("got %v", ids)
	}
	if s.Position() != 100 || h.Position() != 105 || h.Subscribe(nil, 1).Position() != 105 {
		t.Errorf("positions %d and %d", s.Position(), h.Position())
	}
	h.Advance(200)
	h.Advance(150)
	h.Publish(event(200), event(201))
	if ids, _ := drain(s); !slices.Equal(ids, []int64{201}) || h.Position() != 201 {
		t.Errorf("after Advance: %v at %d", ids, h.Position())
	}
}

func TestSlowSubscriberIsEnded(t *testing.T) {
	t.Parallel()
	h := live.NewHub(0, nil)
	s := h.Subscribe(nil, 3)
	h.Publish(event(1), event(2), event(3))
	h.Publish(&live.Event{Type: "typing"}) // no room, and no harm
	if s.Reason() != live.Open {
		t.Fatalf("ended by what may be lost: %q", s.Reason())
	}
	h.Publish(event(4), event(5))
	if ids, ended := drain(s); !slices.Equal(ids, []int64{1, 2, 3}) || !ended || s.Reason() != live.Slow {
		t.Errorf("got %v, ended %v, reason %q", ids, ended, s.Reason())
	}
	s.Close()
	if s.Reason() != live.Slow {
		t.Error("closing changed the reason")
	}
}

// TestThousandOneStalled is the promise that one stalled browser never stops the
// others.
func TestThousandOneStalled(t *testing.T) {
	t.Parallel()
	const subscribers, events = 1000, 500
	var seen counter
	h := live.NewHub(0, &seen)
	stalled := h.Subscribe(nil, 16)
	var wg sync.WaitGroup
	var wrong atomic.Int32
	for range subscribers - 1 {
		s := h.Subscribe(nil, events)
		wg.Go(func() {
			defer s.Close()
			for want := int64(1); want <= events; want++ {
				if e, ok := <-s.C; !ok || e.ID != want {
					wrong.Add(1)
					return
				}
			}
		})
	}
	for i := int64(1); i <= events; i++ {
		h.Publish(event(i)) // would never return if it waited for the stalled one
	}
	wg.Wait()
	if n := wrong.Load(); n > 0 {
		t.Errorf("%d subscribers missed an event", n)
	}
	if ids, ended := drain(stalled); !slices.Equal(ids, sequence(1, 16)) || !ended || stalled.Reason() != live.Slow {
		t.Errorf("the stalled one got %v, ended %v, reason %q", ids, ended, stalled.Reason())
	}
	if d, n, open := seen.dropped.Load(), seen.delivered.Load(), seen.open.Load(); d != 1 || n != (subscribers-1)*events+16 || open != 0 {
		t.Errorf("counted %d dropped, %d delivered, %d open", d, n, open)
	}
}

// TestNoGapWhileJoining is the promise of resuming: the feed up to Position, then
// the subscription, is everything.
func TestNoGapWhileJoining(t *testing.T) {
	t.Parallel()
	const events = 5000
	h := live.NewHub(0, nil)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := int64(1); i <= events; i++ {
			h.Publish(event(i))
		}
	}()
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			s := h.Subscribe(nil, events)
			defer s.Close()
			for want := s.Position() + 1; want <= events; want++ {
				if e := <-s.C; e.ID != want {
					t.Errorf("got %d, want %d", e.ID, want)
					return
				}
			}
		})
	}
	<-done
	wg.Wait()
}

func TestClose(t *testing.T) {
	t.Parallel()
	h := live.NewHub(0, nil)
	left, stays := h.Subscribe(nil, 4), h.Subscribe(nil, 4)
	left.Close()
	left.Close()
	h.Publish(event(1))
	h.Close()
	h.Close()
	h.Publish(event(2))
	late := h.Subscribe(nil, 4)
	for _, c := range []struct {
		name   string
		sub    *live.Subscription
		ids    []int64
		reason live.Reason
	}{
		{"left", left, nil, live.Left}, {"stays", stays, []int64{1}, live.Shutdown}, {"late", late, nil, live.Shutdown},
	} {
		if ids, ended := drain(c.sub); !slices.Equal(ids, c.ids) || !ended || c.sub.Reason() != c.reason {
			t.Errorf("%s: %v, ended %v, reason %q", c.name, ids, ended, c.sub.Reason())
		}
	}
	late.Close()
}

// counter is an Observer.
type counter struct{ open, dropped, delivered atomic.Int64 }

func (c *counter) LiveSubscribers(d int) { c.open.Add(int64(d)) }
func (c *counter) LiveDropped(string)    { c.dropped.Add(1) }
func (c *counter) LiveDelivered(n int)   { c.delivered.Add(int64(n)) }

// BenchmarkDeliveries measures bursts of 64 events to many readers, each with a
// goroutine of its own as an event stream has; a burst is over when all have
// read it, so nobody is dropped.
func BenchmarkDeliveries(b *testing.B) {
	const burst = 64
	for _, subscribers := range []int{100, 1000, 10_000} {
		b.Run(strconv.Itoa(subscribers), func(b *testing.B) {
			var seen counter
			h := live.NewHub(0, &seen)
			var read, gone sync.WaitGroup
			for range subscribers {
				s := h.Subscribe(func(e *live.Event) bool { return e.Audience != nil }, burst)
				gone.Go(func() {
					for e := range s.C {
						if e.ID%burst == 0 {
							read.Done()
						}
					}
				})
			}
			id := int64(0)
			for b.Loop() {
				read.Add(subscribers)
				for range burst {
					id++
					h.Publish(event(id))
				}
				read.Wait()
			}
			b.ReportMetric(float64(seen.delivered.Load())/b.Elapsed().Seconds(), "deliveries/s")
			if n := seen.dropped.Load(); n > 0 {
				b.Errorf("%d subscribers dropped", n)
			}
			h.Close()
			gone.Wait()
		})
	}
}

func TestSkipTo(t *testing.T) {
	t.Parallel()
	h := live.NewHub(5, nil)
	if !h.SkipTo(9) || h.Position() != 9 {
		t.Errorf("with nobody there: position %d", h.Position())
	}
	s := h.Subscribe(nil, 4)
	if h.SkipTo(12) || h.Position() != 9 || s.Position() != 9 {
		t.Errorf("past a listener: position %d", h.Position())
	}
	s.Close()
	if !h.SkipTo(7) || h.Position() != 9 {
		t.Errorf("back: position %d", h.Position())
	}
}
