package events_test

import (
	"fmt"
	"slices"
	"testing"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/web/events"
	"parley/web/rest"
)

// TestWhatIsDeleted is told of by its id alone, to whoever saw the lead or the request where it stood: also to who
// uses some accounts only, though nothing can be asked of it any more.
func TestWhatIsDeleted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := open(t, db, events.Options{})
		limited := func(agent, account int64) rest.Caller {
			c := member(agent, 10)
			c.Viewer.Accounts = []int64{account}
			return c
		}
		ten, eleven, chats, mails := s.follow(member(1, 10)), s.follow(member(2, 11)), s.follow(limited(3, 21)), s.follow(limited(4, 22))
		ch := &inbox.Changes{}
		for n, typ := range []string{"lead.deleted", "request.deleted"} {
			ch.Feed = append(ch.Feed, inbox.Notice{
				At: s.now, Type: typ, ObjectID: int64(701 + n), Cause: actor.Cause{Kind: actor.Agent, ID: 1}, Moved: true, Was: actor.Sight{AccountID: 21, TeamID: 10},
			})
		}
		s.save(ch)
		s.conversation(0) // whoever has heard of this one has heard of all before
		ended := func(heard []rest.Shown) bool {
			return slices.ContainsFunc(heard, func(e rest.Shown) bool { return e.Name == "conversation.created" })
		}
		about := func(p *tape, until func([]rest.Shown) bool) (told []string) {
			p.wait(t, "all of it", until)
			for _, e := range p.all() {
				if e.Name == "lead.deleted" || e.Name == "request.deleted" {
					told = append(told, fmt.Sprint(e.Name, " ", read(t, e.Data)["object"]))
				}
			}
			return told
		}
		want := []string{"lead.deleted map[id:701]", "request.deleted map[id:702]"}
		for who, p := range map[string]*tape{"their team": ten, "who uses their account": chats} {
			if got := about(p, ended); !slices.Equal(got, want) {
				t.Errorf("%s hears %q", who, got)
			}
		}
		if got := about(eleven, ended); got != nil {
			t.Errorf("another team hears %q", got)
		}
		ch = &inbox.Changes{}
		ch.Feed = append(ch.Feed, inbox.Notice{At: s.now, Type: "request.deleted", ObjectID: 703, Moved: true, Was: actor.Sight{AccountID: 22}})
		s.save(ch)
		heard := func(heard []rest.Shown) bool {
			return slices.ContainsFunc(heard, func(e rest.Shown) bool { return e.Name == "request.deleted" })
		}
		if got := about(mails, heard); !slices.Equal(got, []string{"request.deleted map[id:703]"}) {
			t.Errorf("who uses another account hears %q", got)
		}
	})
}
