package events_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/auth"
	"parley/internal/notify"
	"parley/web/events"
	"parley/web/rest"
)

// memory is a Store of conversations alone, without any I/O, for tests of time.
type memory struct {
	mu    sync.Mutex
	feed  []inbox.Fed
	rooms map[inbox.ConversationID]inbox.Row
}

func (m *memory) add(c inbox.Row) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.rooms == nil {
		m.rooms = map[inbox.ConversationID]inbox.Row{}
	}
	m.rooms[c.ID] = c
	m.feed = append(m.feed, inbox.Fed{ID: int64(len(m.feed) + 1), Notice: inbox.Notice{Type: "conversation.created", ObjectID: int64(c.ID), ConversationID: c.ID}})
}

func (m *memory) FeedAfter(_ context.Context, id int64, limit int) ([]inbox.Fed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	rest := m.feed[min(int(id), len(m.feed)):]
	return slices.Clone(rest[:min(limit, len(rest))]), nil
}

func (m *memory) FeedHead(context.Context) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return int64(len(m.feed)), nil
}

func (m *memory) FeedOldest(context.Context) (int64, error) { return 1, nil }

func (m *memory) FeedConversations(_ context.Context, ids []inbox.ConversationID) (out []inbox.Row, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, id := range ids {
		if c, ok := m.rooms[id]; ok {
			out = append(out, c)
		}
	}
	return out, nil
}

func (m *memory) FeedMessages(context.Context, []inbox.MessageID) ([]inbox.Message, error) {
	return nil, nil
}

func (m *memory) FeedContacts(context.Context, []contact.ID) ([]contact.Contact, map[contact.ID][]actor.Sight, error) {
	return nil, nil, nil
}

func (m *memory) FeedLeads(context.Context, []pipeline.LeadID) ([]pipeline.LeadRow, error) {
	return nil, nil
}

func (m *memory) FeedRequests(context.Context, []pipeline.RequestID) ([]pipeline.RequestRow, error) {
	return nil, nil
}

func (m *memory) FeedTold(context.Context, []int64) ([]notify.Told, error) { return nil, nil }

func (m *memory) OpenConversation(context.Context, channels.AccountID, string) (*inbox.Conversation, bool, error) {
	return nil, false, nil
}

// timed runs a test with a feed over memory in a bubble of its own time.
func timed(t *testing.T, o events.Options, run func(t *testing.T, feed *events.Feed, store *memory)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := &memory{}
		o.Store = m
		feed, err := events.New(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		feed.Start()
		defer feed.Stop()
		run(t, feed, m)
	})
}

// serve streams to a tape until end is called.
func serve(t *testing.T, feed *events.Feed, who rest.Caller, last string) (p *tape, end func()) {
	p = newTape()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := feed.Serve(ctx, who, last, p); err != nil {
			t.Errorf("serve: %v", err)
		}
	}()
	synctest.Wait()
	return p, func() { cancel(); <-done }
}

func TestQuietStreamBeats(t *testing.T) {
	t.Parallel()
	timed(t, events.Options{}, func(t *testing.T, feed *events.Feed, store *memory) {
		p, end := serve(t, feed, member(1, 10), "")
		defer end()
		time.Sleep(46 * time.Second)
		synctest.Wait()
		if p.beats != 3 {
			t.Errorf("%d comments in 46 s", p.beats)
		}
		store.add(inbox.Row{Conversation: inbox.Conversation{ID: 5, TeamID: 11}}) // not for this listener
		feed.Wake()
		time.Sleep(15 * time.Second)
		synctest.Wait()
		all := p.all()
		if last := all[len(all)-1]; last.Name != "position" || last.ID != "1" || len(all) != 2 {
			t.Errorf("heard %v", all)
		}
	})
}

func TestFeedIsReadWithoutBeingWoken(t *testing.T) {
	t.Parallel()
	timed(t, events.Options{Poll: 250 * time.Millisecond}, func(t *testing.T, feed *events.Feed, store *memory) {
		p, end := serve(t, feed, boss(), "")
		defer end()
		store.add(inbox.Row{Conversation: inbox.Conversation{ID: 5}})
		time.Sleep(251 * time.Millisecond)
		synctest.Wait()
		if got := p.names(); !slices.Equal(got, []string{"hello", "conversation.created"}) {
			t.Errorf("heard %v", got)
		}
	})
}

func TestRightsAreLookedAtAgain(t *testing.T) {
	t.Parallel()
	asked := 0
	rights := func(_ context.Context, v auth.Viewer) (auth.Viewer, error) {
		if asked++; asked == 3 {
			v.Accounts = []int64{21}
		}
		return v, nil
	}
	timed(t, events.Options{Rights: rights}, func(t *testing.T, feed *events.Feed, _ *memory) {
		p, end := serve(t, feed, member(1, 10), "")
		defer end()
		time.Sleep(46 * time.Second)
		synctest.Wait()
		if got := p.names(); !slices.Equal(got, []string{"hello", "reset"}) || asked != 3 {
			t.Errorf("heard %v after %d questions", got, asked)
		}
	})
}

func TestPresenceFollowsStreams(t *testing.T) {
	t.Parallel()
	own := func(context.Context, int64) (auth.Presence, error) { return auth.Away, nil }
	timed(t, events.Options{Presence: own}, func(t *testing.T, feed *events.Feed, _ *memory) {
		watcher, end := serve(t, feed, boss(), "")
		defer end()
		if feed.Online(t.Context(), webchat) {
			t.Error("a program counts as somebody to answer")
		}
		_, leave := serve(t, feed, member(7, 10), "")
		_, leaveOther := serve(t, feed, member(7, 10), "")
		if !feed.Online(t.Context(), webchat) {
			t.Error("nobody is here")
		}
		leave()
		leaveOther()
		time.Sleep(9 * time.Second)
		_, leave = serve(t, feed, member(7, 10), "") // a reloaded page
		time.Sleep(time.Minute)
		leave()
		time.Sleep(11 * time.Second)
		synctest.Wait()
		var heard []string
		for _, e := range watcher.all() {
			if e.Name == "presence" {
				heard = append(heard, string(e.Data))
			}
		}
		if !slices.Equal(heard, []string{`{"agent_id":"7","presence":"away"}`, `{"agent_id":"7","presence":"offline"}`}) {
			t.Errorf("heard %v", heard)
		}
		if feed.Online(t.Context(), webchat) {
			t.Error("somebody is still here")
		}
	})
}
