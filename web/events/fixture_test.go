package events_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/auth"
	"parley/internal/store"
	"parley/web/events"
	"parley/web/rest"
)

// site is a database and a feed that follows it.
type site struct {
	t    testing.TB
	db   *store.DB
	feed *events.Feed
	now  time.Time
}

func open(t testing.TB, db *store.DB, o events.Options) *site {
	t.Helper()
	o.Store = db
	if o.Poll == 0 {
		o.Poll = 50 * time.Millisecond
	}
	feed, err := events.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	db.OnWake(func(topic store.Topic) {
		if topic&store.FeedWritten != 0 {
			feed.Wake()
		}
	})
	feed.Start()
	t.Cleanup(feed.Stop)
	return &site{t: t, db: db, feed: feed, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
}

func (s *site) id() int64 {
	s.t.Helper()
	id, err := s.db.NextID(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s *site) save(ch *inbox.Changes) {
	s.t.Helper()
	if err := s.db.Write(s.t.Context(), func(ctx context.Context) error { return s.db.Save(ctx, ch) }); err != nil {
		s.t.Error(err)
	}
}

// conversation adds one of a team, with its contact.
func (s *site) conversation(team inbox.TeamID) *inbox.Conversation {
	s.t.Helper()
	p := &contact.Contact{ID: contact.ID(s.id()), Name: "Anna"}
	c := &inbox.Conversation{
		ID: inbox.ConversationID(s.id()), AccountID: 21, ContactID: p.ID, TeamID: team, Status: inbox.Open, Priority: inbox.Normal, CreatedAt: s.now,
	}
	c.Number, c.Chat = int64(c.ID), fmt.Sprint("chat ", c.ID)
	ch := &inbox.Changes{}
	ch.Contact(p, "contact.created", actor.Cause{}, s.now)
	ch.Created(c, actor.Cause{}, s.now)
	s.save(ch)
	return c
}

// say adds a message to a conversation, outside its sequence.
func (s *site) say(c *inbox.Conversation, seq int64, text string) inbox.MessageID {
	s.t.Helper()
	m := &inbox.Message{
		ID: inbox.MessageID(s.id()), ConversationID: c.ID, AccountID: c.AccountID, Seq: seq, Kind: inbox.KindMessage, Direction: inbox.Inbound,
		State: inbox.Received, Text: text, CreatedAt: s.now, UpdatedAt: s.now,
	}
	ch := &inbox.Changes{}
	ch.Message(m, s.now)
	s.save(ch)
	return m.ID
}

// The callers: everything, team 10 alone, team 11 alone.
func boss() rest.Caller {
	return rest.Caller{Viewer: actor.Viewer{Scope: actor.All}, Auth: auth.Viewer{Role: auth.RoleAdmin, Reach: auth.ReachAll}}
}

func member(agent, team int64) rest.Caller {
	return rest.Caller{
		Viewer: actor.Viewer{AgentID: agent, Name: fmt.Sprint("Agent ", agent), Scope: actor.Team, Teams: []int64{team}},
		Auth:   auth.Viewer{AgentID: auth.AgentID(agent), Role: auth.RoleAgent, Reach: auth.ReachTeam, Teams: []auth.TeamID{auth.TeamID(team)}},
	}
}

var errCut = errors.New("the line is cut")

// tape is a Writer that keeps what it hears; it may break off.
type tape struct {
	mu      sync.Mutex
	heard   []rest.Shown
	beats   int
	left    int // how many events it takes before the line is cut; 0 = any number
	change  chan struct{}
	block   chan struct{} // while not closed, nothing can be written
	blocked chan struct{} // hears that something was to be written, where it is made
}

func newTape() *tape { return &tape{change: make(chan struct{}, 1)} }

func (p *tape) Retry(time.Duration) error { return nil }

func (p *tape) Comment() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.beats++
	return nil
}

func (p *tape) Events(list ...rest.Shown) error {
	if p.block != nil {
		select {
		case p.blocked <- struct{}{}:
		default:
		}
		<-p.block
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range list {
		if s.Name == "" {
			continue
		}
		if p.left > 0 {
			if p.left--; p.left == 0 {
				return errCut
			}
		}
		p.heard = append(p.heard, s)
	}
	select {
	case p.change <- struct{}{}:
	default:
	}
	return nil
}

func (p *tape) all() []rest.Shown {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.heard)
}

// names returns what was heard without the contacts, which come with conversations.
func (p *tape) names() (out []string) {
	for _, s := range p.all() {
		if s.Name != "contact.created" {
			out = append(out, s.Name)
		}
	}
	return out
}

// wait waits until what was heard satisfies a condition.
func (p *tape) wait(t testing.TB, what string, ok func([]rest.Shown) bool) []rest.Shown {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		if all := p.all(); ok(all) {
			return all
		}
		select {
		case <-p.change:
		case <-deadline:
			t.Fatalf("waited in vain for %s; heard %v", what, p.names())
		}
	}
}

// until is the condition that something of a name was heard last.
func until(name string) func([]rest.Shown) bool {
	return func(all []rest.Shown) bool { return len(all) > 0 && all[len(all)-1].Name == name }
}

// listen serves a caller on a tape until the test ends or the stream does.
func (s *site) listen(who rest.Caller, last string, p *tape) (ended <-chan error) {
	s.t.Helper()
	done := make(chan error, 1)
	go func() { done <- s.feed.Serve(s.t.Context(), who, last, p) }()
	return done
}

// follow listens from now on.
func (s *site) follow(who rest.Caller) *tape {
	s.t.Helper()
	p := newTape()
	s.listen(who, "", p)
	p.wait(s.t, "hello", until("hello"))
	return p
}

// stay listens as a page does: when it was too slow and let go, it comes back by the last id that it heard.
func (s *site) stay(who rest.Caller) *tape {
	s.t.Helper()
	p := newTape()
	go func() {
		for last := ""; s.t.Context().Err() == nil; {
			if err := s.feed.Serve(s.t.Context(), who, last, p); err != nil {
				return
			}
			if all := p.all(); len(all) > 0 {
				last = all[len(all)-1].ID
			}
		}
	}()
	p.wait(s.t, "hello", until("hello"))
	return p
}

func read(t testing.TB, data []byte) (out map[string]any) {
	t.Helper()
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatalf("event %s: %v", data, err)
	}
	return out
}

// webchat is the account of all conversations.
const webchat = channels.AccountID(21)

// addWebchat makes it a web chat.
func (s *site) addWebchat() {
	s.t.Helper()
	row := accounts.Row{Account: accounts.Account{ID: webchat, Kind: channels.KindWebchat, Name: "Chat", CreatedAt: s.now, UpdatedAt: s.now}}
	err := s.db.Write(s.t.Context(), func(ctx context.Context) error { return s.db.InsertAccount(ctx, row, actor.Cause{}) })
	if err != nil {
		s.t.Fatal(err)
	}
}
