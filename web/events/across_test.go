package events_test

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/auth"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/web/events"
	"parley/web/rest"
)

// pair opens two nodes over one database that tell each other what happens for a moment.
func pair(t *testing.T) (a, b *site) {
	t.Helper()
	db := storetest.Open(t, store.SQLite)
	var nodes [2]atomic.Pointer[events.Feed]
	across := func(from string, to int) func(string, []byte) {
		return func(topic string, body []byte) {
			if feed := nodes[to].Load(); feed != nil {
				feed.Heard(from, topic, body)
			}
		}
	}
	b = open(t, db, events.Options{Across: across("b", 0)})
	nodes[1].Store(b.feed)
	a = open(t, db, events.Options{Across: across("a", 1)})
	nodes[0].Store(a.feed)
	return a, b
}

// TestMomentsReachOtherNodes has people on one node see who types on another, with the
// same filter.
func TestMomentsReachOtherNodes(t *testing.T) {
	t.Parallel()
	a, b := pair(t)
	me, colleague, stranger := b.follow(member(1, 10)), b.follow(member(2, 10)), b.follow(member(3, 11))
	c := a.conversation(10)
	colleague.wait(t, "the conversation", until("conversation.created"))
	me.wait(t, "the conversation", until("conversation.created"))
	a.feed.Typing(t.Context(), member(1, 10).Viewer, c, inbox.KindNote, false)
	a.feed.PresenceChanged(9, auth.Busy)
	a.feed.PeopleChanged()
	for _, p := range []*tape{me, colleague, stranger} {
		p.wait(t, "the change of people", until("people.changed"))
	}
	own := func(p *tape) []string { // without those that tell of the listeners themselves
		return slices.DeleteFunc(p.names(), func(name string) bool { return name == "presence" })
	}
	if got := own(colleague); !slices.Equal(got, []string{"hello", "conversation.created", "typing", "people.changed"}) {
		t.Errorf("the colleague heard %v", got)
	}
	if got := own(me); !slices.Equal(got, []string{"hello", "conversation.created", "people.changed"}) {
		t.Errorf("who types heard %v", got)
	}
	if got := own(stranger); !slices.Equal(got, []string{"hello", "people.changed"}) {
		t.Errorf("another team heard %v", got)
	}
	a.feed.Heard("c", "moment", []byte(`{"type":"typing","data":{`)) // what is broken is nobody's
	a.feed.Heard("c", "here", []byte(`"x"`))
}

// TestSomebodyIsOnlineOnAnotherNode lets visitors of one node know of agents on another.
func TestSomebodyIsOnlineOnAnotherNode(t *testing.T) {
	t.Parallel()
	a, b := pair(t)
	if a.feed.Online(t.Context(), webchat) {
		t.Fatal("nobody is there yet")
	}
	p := newTape()
	ended := b.listen(member(1, 10), "", p)
	p.wait(t, "the greeting", func(heard []rest.Shown) bool { return len(heard) > 0 })
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !a.feed.Online(t.Context(), webchat) {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("the other node does not know of the agent")
		}
	}
	b.feed.Stop()
	<-ended
	if a.feed.Online(t.Context(), webchat) {
		t.Error("the other node has stopped, and its agents count")
	}
}
