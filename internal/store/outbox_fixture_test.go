package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// start is when the tests of the outbox begin; their clock is an argument.
var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// post is a database with conversations to send messages in, and the account that a
// test sends from.
type post struct {
	t       testing.TB
	db      *store.DB
	src     *store.Outbox
	account channels.AccountID
}

func newPost(t testing.TB, db *store.DB) *post {
	return &post{t: t, db: db, src: db.Outbox(), account: 1}
}

// eachPost runs a test over a fresh database of each engine.
func eachPost(t *testing.T, run func(t *testing.T, p *post)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { run(t, newPost(t, db)) })
}

// each runs the cases of a table one after the other, over one database of each
// engine, and each with an account of its own.
func each[C any](t *testing.T, cases map[string]C, run func(t *testing.T, p *post, name string, c C)) {
	t.Helper()
	eachPost(t, func(t *testing.T, p *post) {
		next := channels.AccountID(100)
		for name, c := range cases {
			next++
			own := *p
			own.account = next
			t.Run(name, func(t *testing.T) {
				own.t = t
				run(t, &own, name, c)
			})
		}
	})
}

func (p *post) id() int64 {
	p.t.Helper()
	id, err := p.db.NextID(p.t.Context())
	if err != nil {
		p.t.Fatalf("next id: %v", err)
	}
	return id
}

func (p *post) save(ch *inbox.Changes) {
	p.t.Helper()
	err := p.db.Write(p.t.Context(), func(ctx context.Context) error { return p.db.Save(ctx, ch) })
	if err != nil {
		p.t.Fatalf("save: %v", err)
	}
}

func (p *post) exec(query string, args ...any) {
	p.t.Helper()
	if err := p.db.Write(p.t.Context(), func(ctx context.Context) error { return p.db.Exec(ctx, query, args...) }); err != nil {
		p.t.Fatalf("exec: %v", err)
	}
}

// talk adds a conversation of the post's account.
func (p *post) talk(chat string) *inbox.Conversation {
	p.t.Helper()
	return p.conversation(p.account, chat)
}

// conversation adds one whose contact is reached at a number of the chat's name.
func (p *post) conversation(account channels.AccountID, chat string) *inbox.Conversation {
	p.t.Helper()
	person := &contact.Contact{ID: contact.ID(p.id()), Name: chat, CreatedAt: start, UpdatedAt: start}
	address := &contact.Identity{ID: contact.IdentityID(p.id()), ContactID: person.ID, Scope: fmt.Sprint("account:", account), Address: chat, Verified: true, CreatedAt: start}
	id := p.id()
	c := &inbox.Conversation{
		ID: inbox.ConversationID(id), Number: id, AccountID: account, Chat: chat, ContactID: person.ID, IdentityID: address.ID,
		Subject: "About " + chat, Status: inbox.Open, Priority: inbox.Normal, CreatedAt: start, UpdatedAt: start,
	}
	p.save(&inbox.Changes{Contacts: []*contact.Contact{person}, Identities: []*contact.Identity{address}, Conversations: []*inbox.Conversation{c}})
	return c
}

// queue adds a message to a conversation and to the outbox.
func (p *post) queue(c *inbox.Conversation, text string, edit ...func(*inbox.Message)) int64 {
	p.t.Helper()
	c.Seq++
	m := &inbox.Message{
		ID: inbox.MessageID(p.id()), ConversationID: c.ID, AccountID: c.AccountID, Seq: c.Seq, Direction: inbox.Outbound,
		Kind: inbox.KindMessage, Author: inbox.Author{Kind: "agent", ID: 7}, Text: text, State: inbox.Queued,
		Cause: actor.Cause{Kind: actor.Agent, ID: 7}, CreatedAt: start, UpdatedAt: start,
	}
	for _, e := range edit {
		e(m)
	}
	ch := &inbox.Changes{Conversations: []*inbox.Conversation{c}, NewMessages: []*inbox.Message{m}}
	for i := range m.Files {
		ch.Files = append(ch.Files, &m.Files[i])
	}
	ch.Queue = []inbox.OutboxItem{{MessageID: m.ID, AccountID: c.AccountID, ConversationID: c.ID, Seq: m.Seq, NotBefore: start}}
	p.save(ch)
	return int64(m.ID)
}

// claim takes what is due at a time, with a lease of a minute.
func (p *post) claim(now time.Time, wants ...outbox.Want) []outbox.Item {
	p.t.Helper()
	if len(wants) == 0 {
		wants = []outbox.Want{{AccountID: p.account, Limit: 10}}
	}
	for i := range wants {
		if wants[i].Until.IsZero() {
			wants[i].Until = now.Add(time.Minute)
		}
	}
	items, err := p.src.Claim(p.t.Context(), now, wants)
	if err != nil {
		p.t.Fatalf("claim: %v", err)
	}
	return items
}

// claimOne claims and insists on exactly one message.
func (p *post) claimOne(now time.Time, want int64) outbox.Item {
	p.t.Helper()
	items := p.claim(now)
	if len(items) != 1 || items[0].ID != want {
		p.t.Fatalf("claimed %v, want only %d", ids(items), want)
	}
	return items[0]
}

// none insists that nothing may be sent.
func (p *post) none(now time.Time, why string) {
	p.t.Helper()
	if items := p.claim(now); len(items) != 0 {
		p.t.Fatalf("%s: claimed %v, want none", why, ids(items))
	}
}

func (p *post) settle(now time.Time, i outbox.Item, v outbox.Verdict) {
	p.t.Helper()
	if err := p.src.Settle(p.t.Context(), now, []outbox.Settlement{{Item: i, Verdict: v}}); err != nil {
		p.t.Fatalf("settle: %v", err)
	}
}

func (p *post) expire(now time.Time) int {
	p.t.Helper()
	n, err := p.src.Expire(p.t.Context(), now)
	if err != nil {
		p.t.Fatalf("expire: %v", err)
	}
	return n
}

func (p *post) message(id int64) inbox.Message {
	p.t.Helper()
	m, found, err := p.db.Message(p.t.Context(), actor.System(), inbox.MessageID(id))
	if err != nil || !found {
		p.t.Fatalf("message %d: found %v, error %v", id, found, err)
	}
	return m
}

func (p *post) state(id int64, want inbox.State) {
	p.t.Helper()
	if got := p.message(id).State; got != want {
		p.t.Fatalf("message %d is %s, want %s", id, got, want)
	}
}

func ids(items []outbox.Item) []int64 {
	list := []int64{}
	for _, i := range items {
		list = append(list, i.ID)
	}
	return list
}
