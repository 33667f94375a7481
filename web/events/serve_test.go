package events_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/web/events"
	"parley/web/rest"
)

func TestEventsAsTheirViewersSeeThem(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := open(t, db, events.Options{})
		all, ten, eleven := s.follow(boss()), s.follow(member(1, 10)), s.follow(member(2, 11))
		c := s.conversation(10)
		m := s.say(c, 1, "Hello <b>")

		// The conversation goes from one team to another, and somebody writes there.
		was := c.Sight()
		c.TeamID = 11
		ch := &inbox.Changes{}
		ch.Conversation(c, actor.Cause{Kind: actor.Agent, ID: 1}, s.now)
		ch.Moved(c, was, actor.Cause{Kind: actor.Agent, ID: 1}, s.now)
		s.save(ch)
		s.say(c, 2, "Anybody?")
		common := s.conversation(0)

		last := func(heard []rest.Shown) bool {
			return len(heard) > 0 && heard[len(heard)-1].Name == "conversation.created" && strings.Contains(string(heard[len(heard)-1].Data), `"conversation_id":"`+fmt.Sprint(common.ID))
		}
		for who, p := range map[string]*tape{"all": all, "ten": ten, "eleven": eleven} {
			p.wait(t, "the last conversation for "+who, last)
		}
		want := map[*tape][]string{
			all: {"hello", "conversation.created", "message.created", "conversation.updated", "message.created", "conversation.created"},
			ten: {"hello", "conversation.created", "message.created", "conversation.removed", "conversation.created"},
		}
		for p, names := range want {
			if got := p.names(); !slices.Equal(got, names) {
				// What is read together is seen as it is by then, so who lost it may not see it at all.
				if p != ten || !slices.Equal(got, []string{"hello", "conversation.removed", "conversation.created"}) && !slices.Equal(got, []string{"hello", "conversation.created", "conversation.removed", "conversation.created"}) {
					t.Errorf("heard %v, want %v", got, names)
				}
			}
		}
		for _, e := range eleven.all() {
			if e.Name == "conversation.removed" {
				t.Error("who gained a conversation is told that it is gone")
			}
		}
		for _, e := range all.all() {
			switch e.Name {
			case "message.created":
				body := read(t, e.Data)
				object := body["object"].(map[string]any)
				if object["id"] == fmt.Sprint(m) && object["text"] != "Hello <b>" || body["conversation_id"] != fmt.Sprint(c.ID) || body["type"] != e.Name {
					t.Errorf("message %s", e.Data)
				}
			case "conversation.updated":
				body := read(t, e.Data)
				object := body["object"].(map[string]any)
				if object["team_id"] != "11" || object["read_seq"] != nil || fmt.Sprint(body["cause"]) != "map[id:1 kind:agent]" {
					t.Errorf("conversation %s", e.Data)
				}
			}
		}
		for _, e := range ten.all() {
			if e.Name == "conversation.removed" {
				if body := read(t, e.Data); body["object"] != nil || body["conversation_id"] != fmt.Sprint(c.ID) || body["type"] != "conversation.removed" {
					t.Errorf("removed %s", e.Data)
				}
			}
			if strings.Contains(string(e.Data), "Anybody?") {
				t.Error("who lost sight of a conversation hears what is said there")
			}
		}
	})
}

func TestResume(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := open(t, db, events.Options{})
		first := s.follow(boss())
		c := s.conversation(10)
		for n := range int64(5) {
			s.say(c, n+1, "m")
		}
		heard := first.wait(t, "five messages", func(all []rest.Shown) bool { return len(all) == 8 })
		head := heard[len(heard)-1].ID

		again := newTape()
		s.listen(boss(), heard[3].ID, again) // hello, contact, conversation, first message
		got := again.wait(t, "what was missed", func(all []rest.Shown) bool { return len(all) == 4 })
		for n, e := range got {
			if e.ID != heard[4+n].ID || string(e.Data) != string(heard[4+n].Data) {
				t.Errorf("missed event %d came as %s %s, want %s %s", n, e.ID, e.Data, heard[4+n].ID, heard[4+n].Data)
			}
		}
		stranger := newTape()
		s.listen(member(2, 11), heard[0].ID, stranger)
		s.conversation(11)
		stranger.wait(t, "its own conversation", until("conversation.created"))
		if names := stranger.names(); !slices.Equal(names, []string{"conversation.created"}) {
			t.Errorf("another team heard %v", names)
		}
		for name, last := range map[string]string{"of another database": "999999", "nonsense": "x-1", "negative": "-4"} {
			p := newTape()
			s.listen(boss(), last, p)
			if e := p.wait(t, "reset", until("reset"))[0]; e.ID < head {
				t.Errorf("%s: reset to %s", name, e.ID)
			}
		}
	})
}

func TestResumeFromWhatIsGone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := open(t, db, events.Options{})
		begun := s.follow(boss())
		s.conversation(10)
		c := s.conversation(10)
		begun.wait(t, "two conversations", func(all []rest.Shown) bool { return len(all) == 5 })
		if n, err := db.PruneFeed(t.Context(), s.now.Add(time.Second), 1000); err != nil || n != 3 {
			t.Fatalf("pruned %d: %v", n, err)
		}
		old := newTape()
		s.listen(boss(), "0", old)
		old.wait(t, "reset", until("reset"))
		s.say(c, 1, "And on it goes")
		old.wait(t, "the next message", until("message.created"))
	})
}

func TestRightsEndTheStream(t *testing.T) {
	t.Parallel()
	now := member(1, 10).Auth
	var refused error
	ask := make(chan struct{}, 1)
	s := open(t, storetest.Open(t, store.SQLite), events.Options{
		Rights: func(_ context.Context, _ auth.Viewer) (auth.Viewer, error) {
			<-ask
			return now, refused
		},
	})
	p := newTape()
	ended := s.listen(member(1, 10), "", p)
	p.wait(t, "hello", until("hello"))
	for _, step := range []struct {
		teams   []auth.TeamID
		err     error
		outcome string
	}{
		{[]auth.TeamID{10}, nil, "goes on"},
		{[]auth.TeamID{10}, errors.New("no database"), "goes on"},
		{[]auth.TeamID{11}, nil, "ends"},
	} {
		now.Teams, refused = step.teams, step.err
		s.feed.PeopleChanged()
		ask <- struct{}{}
		if step.outcome == "ends" {
			if err := <-ended; err != nil {
				t.Errorf("ended with %v", err)
			}
			continue
		}
		s.conversation(10)
		p.wait(t, "another conversation", until("conversation.created"))
		p.mu.Lock()
		p.heard = nil
		p.mu.Unlock()
	}
	p.wait(t, "reset", until("reset"))

	refused = auth.ErrUnauthenticated
	p = newTape()
	ended = s.listen(member(1, 11), "", p)
	p.wait(t, "hello", until("hello"))
	s.feed.PeopleChanged()
	ask <- struct{}{}
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestKeysHearWithinTheirScopes(t *testing.T) {
	t.Parallel()
	s := open(t, storetest.Open(t, store.SQLite), events.Options{})
	key := boss()
	key.Auth.Key, key.Auth.Scopes = 7, auth.Scopes{"events:read", "contacts:read"}
	p, all := s.follow(key), s.follow(boss())
	c := s.conversation(10)
	s.say(c, 1, "secret")
	all.wait(t, "the message", until("message.created"))
	s.conversation(10)
	p.wait(t, "two contacts", func(heard []rest.Shown) bool { return len(heard) == 3 })
	if got := p.names(); !slices.Equal(got, []string{"hello"}) {
		t.Errorf("heard %v besides contacts", got)
	}
}

func TestTypingAndViewing(t *testing.T) {
	t.Parallel()
	var shown []string
	s := open(t, storetest.Open(t, store.SQLite), events.Options{
		Typing: func(_ context.Context, _ channels.AccountID, chat, name string) {
			shown = append(shown, name+" in "+chat)
		},
	})
	me, colleague, stranger := s.follow(member(1, 10)), s.follow(member(2, 10)), s.follow(member(3, 11))
	c := s.conversation(10)
	me.wait(t, "the conversation", until("conversation.created"))
	colleague.wait(t, "the conversation", until("conversation.created"))
	v := member(1, 10).Viewer
	s.feed.Typing(t.Context(), v, c, inbox.KindNote, false)
	s.feed.Typing(t.Context(), v, c, inbox.KindMessage, false)
	s.feed.Viewing(t.Context(), v, c, false)
	s.feed.VisitorTyping(t.Context(), webchat, c.Chat, "Anna", "I wou")
	s.feed.VisitorTyping(t.Context(), webchat, "nobody's chat", "Boris", "x")
	s.feed.LabelsChanged()
	s.feed.PresenceChanged(1, auth.Busy)
	s.feed.Typing(t.Context(), v, c, inbox.KindMessage, true)
	s.feed.Viewing(t.Context(), v, c, true)
	s.feed.PeopleChanged()
	for _, p := range []*tape{me, colleague, stranger} {
		p.wait(t, "the change of people", until("people.changed"))
	}
	if got := colleague.names(); !slices.Equal(got, []string{"hello", "conversation.created", "typing", "typing", "viewing", "typing", "label.updated", "presence", "typing", "viewing", "people.changed"}) {
		t.Errorf("the colleague heard %v", got)
	}
	heard := colleague.all()
	if got := string(heard[3].Data); heard[3].ID != "" || got != fmt.Sprintf(`{"conversation_id":"%d","kind":"note","agent_id":"1","name":"Agent 1"}`, c.ID) {
		t.Errorf("typing is %s", got)
	}
	if got := string(heard[6].Data); got != fmt.Sprintf(`{"conversation_id":"%d","kind":"visitor","agent_id":null,"name":"Anna","text":"I wou"}`, c.ID) {
		t.Errorf("visitor's typing is %s", got)
	}
	if got := string(heard[10].Data); got != fmt.Sprintf(`{"conversation_id":"%d","agent_id":"1","name":"Agent 1","gone":true}`, c.ID) {
		t.Errorf("leaving is %s", got)
	}
	if got := me.names(); !slices.Equal(got, []string{"hello", "conversation.created", "typing", "label.updated", "presence", "people.changed"}) {
		t.Errorf("who types heard %v", got)
	}
	if got := stranger.names(); !slices.Equal(got, []string{"hello", "label.updated", "presence", "people.changed"}) {
		t.Errorf("another team heard %v", got)
	}
	if !slices.Equal(shown, []string{"Agent 1 in " + c.Chat}) {
		t.Errorf("contacts saw %v", shown)
	}
}

func TestVisitorsHearOfTheirThreadAlone(t *testing.T) {
	t.Parallel()
	s := open(t, storetest.Open(t, store.SQLite), events.Options{})
	s.addWebchat()
	type told interface {
		ForVisitor() (channels.AccountID, string, *inbox.Message)
	}
	sub := s.feed.Visitors().Subscribe(nil, 100)
	defer sub.Close()
	c := s.conversation(10)
	ch := &inbox.Changes{}
	states := []inbox.State{inbox.Queued, inbox.Sent, inbox.Failed, inbox.Read, inbox.Uncertain}
	for n, state := range states {
		ch.Message(&inbox.Message{ID: inbox.MessageID(s.id()), ConversationID: c.ID, Seq: int64(n + 1), Kind: inbox.KindMessage, Direction: inbox.Outbound, State: state, Text: string(state)}, s.now)
	}
	ch.Message(&inbox.Message{ID: inbox.MessageID(s.id()), ConversationID: c.ID, Seq: 6, Kind: inbox.KindNote, Direction: inbox.Outbound, State: inbox.Sent, Text: "note"}, s.now)
	ch.Message(&inbox.Message{ID: inbox.MessageID(s.id()), ConversationID: c.ID, Kind: inbox.KindMessage, Direction: inbox.Outbound, State: inbox.Scheduled, Text: "scheduled"}, s.now)
	s.save(ch)
	s.say(c, 8, "own")
	var heard []string
	for len(heard) == 0 || heard[len(heard)-1] != "own" {
		e := <-sub.C
		account, chat, m := e.Audience.(told).ForVisitor()
		if account != webchat || chat != c.Chat {
			t.Errorf("thread %d %q", account, chat)
		}
		heard = append(heard, m.Text)
	}
	if !slices.Equal(heard, []string{"sent", "read", "own"}) {
		t.Errorf("a visitor may hear of %v", heard)
	}
}
