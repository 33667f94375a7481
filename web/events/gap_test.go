package events_test

import (
	"errors"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/live"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/web/events"
	"parley/web/rest"
)

// TestNoGapWhileWritingAndReconnecting is the promise of the stream: whoever resumes
// after the last id they heard gets everything they may see, once and in order, however
// often the line is cut and however many write at once.
func TestNoGapWhileWritingAndReconnecting(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const writers, each = 8, 60
		s := open(t, db, events.Options{})
		start, err := db.FeedHead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rooms := []*inbox.Conversation{s.conversation(10), s.conversation(11), s.conversation(0)}
		expected := map[string]int{}
		var mu sync.Mutex
		var writing, reading sync.WaitGroup
		for w := range writers {
			writing.Go(func() {
				for n := range each {
					c := rooms[(w+n)%len(rooms)]
					s.say(c, int64(w*each+n+1), "m")
					mu.Lock()
					expected[strconv.Itoa(int(c.TeamID))]++
					mu.Unlock()
				}
			})
		}
		written := make(chan struct{})
		type reader struct {
			who   rest.Caller
			teams []string
			heard []rest.Shown
		}
		readers := []*reader{
			{who: boss(), teams: []string{"0", "10", "11"}}, {who: boss(), teams: []string{"0", "10", "11"}},
			{who: member(1, 10), teams: []string{"0", "10"}}, {who: member(2, 11), teams: []string{"0", "11"}},
		}
		for _, r := range readers {
			reading.Go(func() {
				random := rand.New(rand.NewPCG(uint64(len(r.teams)), uint64(r.who.AgentID)))
				last := strconv.FormatInt(start, 10)
				total := func() (n int) {
					mu.Lock()
					defer mu.Unlock()
					for _, team := range r.teams {
						n += expected[team]
					}
					return n
				}
				for {
					p := newTape()
					p.left = 1 + random.IntN(40)
					select {
					case <-written:
						// Everything is in the feed: hear out what is left.
						if messages(r.heard) >= total() {
							return
						}
					default:
					}
					if err := s.feed.Serve(t.Context(), r.who, last, p); !errors.Is(err, errCut) {
						t.Errorf("stream ended with %v", err)
						return
					}
					r.heard = append(r.heard, p.heard...)
					if n := len(p.heard); n > 0 {
						last = p.heard[n-1].ID
					}
				}
			})
		}
		writing.Wait()
		close(written)
		// Readers that have heard all wait in a stream until something more comes.
		stop := make(chan struct{})
		var nudging sync.WaitGroup
		nudging.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					s.nudge(rooms[2])
				}
			}
		})
		reading.Wait()
		close(stop)
		nudging.Wait()
		for n, r := range readers {
			want := 0
			for _, team := range r.teams {
				want += expected[team]
			}
			checkOrder(t, n, r.heard)
			if got := messages(r.heard); got != want {
				t.Errorf("reader %d heard %d messages, want %d", n, got, want)
			}
		}
	})
}

// nudge changes a conversation that everybody sees.
func (s *site) nudge(c *inbox.Conversation) {
	s.save(&inbox.Changes{Feed: []inbox.Notice{{At: s.now, Type: "conversation.updated", ObjectID: int64(c.ID), ConversationID: c.ID}}})
}

func messages(list []rest.Shown) (n int) {
	for _, e := range list {
		if e.Name == "message.created" {
			n++
		}
	}
	return n
}

func checkOrder(t *testing.T, reader int, list []rest.Shown) {
	t.Helper()
	var last int64
	for _, e := range list {
		id, ok := rest.ParsePlace(e.ID)
		if !ok || id <= last || e.Name == "reset" || e.Name == "hello" {
			t.Fatalf("reader %d: %s %q after %d", reader, e.Name, e.ID, last)
		}
		last = id
	}
}

// TestStalledReaderStopsNobody lets one client stop reading for longer than its queue
// holds: the others hear everything meanwhile, and it resumes without a gap.
func TestStalledReaderStopsNobody(t *testing.T) {
	t.Parallel()
	const many = 3000
	var drops dropped
	s := open(t, storetest.Open(t, store.SQLite), events.Options{Observer: &drops})
	quick, stalled := s.stay(boss()), newTape()
	stalled.block, stalled.blocked = make(chan struct{}), make(chan struct{}, 1)
	ended := s.listen(boss(), "", stalled)
	<-stalled.blocked // it listens from here on
	c := s.conversation(10)
	ch := &inbox.Changes{}
	for range many {
		ch.Feed = append(ch.Feed, inbox.Notice{At: s.now, Type: "conversation.updated", ObjectID: int64(c.ID), ConversationID: c.ID, Cause: actor.Cause{}})
	}
	s.save(ch)
	heard := quick.wait(t, "everything", func(all []rest.Shown) bool { return len(all) == many+3 })
	checkOrder(t, 0, heard[1:])
	close(stalled.block)
	if err := <-ended; err != nil {
		t.Errorf("the stalled stream ended with %v", err)
	}
	if !drops.slow() {
		t.Error("nobody was dropped: the stalled reader's queue was never full")
	}
	before := stalled.all()
	if len(before) >= many {
		t.Fatal("the stalled reader has lost nothing: it was never full")
	}
	stalled.block = nil
	s.listen(boss(), before[len(before)-1].ID, stalled)
	all := stalled.wait(t, "the rest", func(all []rest.Shown) bool { return len(all) == many+3 })
	checkOrder(t, 1, all[1:])
}

// dropped is an Observer that notes who was too slow.
type dropped struct {
	mu      sync.Mutex
	reasons []string
}

func (d *dropped) LiveSubscribers(int) {}
func (d *dropped) LiveDelivered(int)   {}
func (d *dropped) LiveDropped(reason string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.reasons = append(d.reasons, reason)
}

func (d *dropped) slow() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.reasons) > 0 && d.reasons[0] == string(live.Slow)
}
