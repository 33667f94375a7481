package store_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// network is an adapter that takes everything at once and tells the test, where sent is
// not nil.
type network struct {
	limits channels.Limits
	sent   chan channels.Outgoing
}

var _ channels.Adapter = (*network)(nil)

func newNetwork() *network { return &network{sent: make(chan channels.Outgoing, 10_000)} }

func (n *network) Run(ctx context.Context, _ channels.Inbound) error {
	<-ctx.Done()
	return nil
}

func (n *network) Limits() channels.Limits { return n.limits }

func (n *network) Send(_ context.Context, m channels.Outgoing) (channels.Sent, error) {
	if n.sent != nil {
		n.sent <- m
	}
	return channels.Sent{RemoteID: "r" + m.Key}, nil
}

// take waits for the next message that was sent.
func (n *network) take(t testing.TB) channels.Outgoing {
	t.Helper()
	select {
	case m := <-n.sent:
		return m
	case <-time.After(20 * time.Second):
		t.Fatal("nothing was sent for 20 s")
		return channels.Outgoing{}
	}
}

// dispatch starts a node that delivers for an account.
func dispatch(src outbox.Source, account channels.AccountID, n *network, now func() time.Time, poll time.Duration) *outbox.Dispatcher {
	d := outbox.New(outbox.Options{Sources: []outbox.Source{src}, Log: slog.New(slog.DiscardHandler), Now: now, Poll: poll})
	d.Attach(account, n)
	d.Start()
	return d
}

func TestDelivery(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		n := newNetwork()
		d := dispatch(p.src, p.account, n, time.Now, 0)
		p.db.OnWake(func(store.Topic) { d.Wake() })
		const chats, each = 10, 5
		var talks []*inbox.Conversation
		for i := range chats {
			talks = append(talks, p.talk(fmt.Sprint("chat ", i)))
		}
		var all []int64
		for range each {
			for _, talk := range talks {
				all = append(all, p.queue(talk, "hello"))
			}
		}
		last, seen := map[string]int64{}, map[int64]bool{}
		for range chats * each {
			m := n.take(t)
			if seen[m.MessageID] || m.MessageID <= last[m.Chat] {
				t.Errorf("message %d of %s went after %d, or again", m.MessageID, m.Chat, last[m.Chat])
			}
			seen[m.MessageID], last[m.Chat] = true, m.MessageID
		}
		d.Stop()
		for _, id := range all {
			p.state(id, inbox.Sent)
			if m := p.message(id); m.RemoteID != fmt.Sprint("r", id) || m.SentAt.IsZero() {
				t.Errorf("message %d has remote id %q, sent at %v", id, m.RemoteID, m.SentAt)
			}
		}
	})
}

// TestDeliveryByTwoNodes has two nodes believe that they run the same account.
func TestDeliveryByTwoNodes(t *testing.T) {
	t.Parallel()
	place := storetest.Place(t, store.Postgres)
	p, n := newPost(t, storetest.At(t, place)), newNetwork()
	other := storetest.At(t, place)
	const chats, each = 20, 5
	for i := range chats {
		talk := p.talk(fmt.Sprint("chat ", i))
		for range each {
			p.queue(talk, "hello")
		}
	}
	first := dispatch(p.src, p.account, n, time.Now, 20*time.Millisecond)
	second := dispatch(other.Outbox(), p.account, n, time.Now, 20*time.Millisecond)
	last := map[string]int64{}
	for range chats * each {
		m := n.take(t)
		if m.MessageID <= last[m.Chat] || m.Attempt != 1 {
			t.Errorf("message %d of %s, attempt %d, went after %d", m.MessageID, m.Chat, m.Attempt, last[m.Chat])
		}
		last[m.Chat] = m.MessageID
	}
	first.Stop()
	second.Stop()
	if len(n.sent) != 0 {
		t.Errorf("%d messages were sent again", len(n.sent))
	}
}

// dying is a source whose program ends before a verdict is stored.
type dying struct{ *store.Outbox }

func (dying) Settle(context.Context, time.Time, []outbox.Settlement) error { return nil }

// TestDeliveryAfterACrash abandons a node at the worst moments, and lets another take
// over when the claims have run out.
func TestDeliveryAfterACrash(t *testing.T) {
	t.Parallel()
	type crash struct {
		safe   bool
		happen func(p *post, n *network)
	}
	beforeSend := func(p *post, n *network) {
		p.claim(start, outbox.Want{AccountID: p.account, Limit: 10, SafeResend: n.limits.SafeResend})
	}
	beforeSettle := func(p *post, n *network) {
		d := dispatch(dying{p.src}, p.account, n, func() time.Time { return start }, 0)
		n.take(p.t)
		d.Stop()
	}
	each(t, map[string]crash{
		"between claim and send":                  {false, beforeSend},
		"between claim and send, safe to resend":  {true, beforeSend},
		"between send and settle":                 {false, beforeSettle},
		"between send and settle, safe to resend": {true, beforeSettle},
	}, func(t *testing.T, p *post, _ string, c crash) {
		n := newNetwork()
		n.limits.SafeResend = c.safe
		talk := p.talk("a")
		one, two := p.queue(talk, "one"), p.queue(talk, "two")
		c.happen(p, n)
		p.state(one, inbox.Sending)
		d := dispatch(p.src, p.account, n, func() time.Time { return start.Add(time.Hour) }, 0)
		if c.safe {
			if m := n.take(t); m.MessageID != one || m.Attempt != 2 || m.Key != fmt.Sprint(one) {
				t.Errorf("sent %+v, want the first message for the second time", m)
			}
		}
		if m := n.take(t); m.MessageID != two {
			t.Errorf("sent message %d, want %d", m.MessageID, two)
		}
		d.Stop()
		want := inbox.Uncertain
		if c.safe {
			want = inbox.Sent
		}
		p.state(one, want)
		p.state(two, inbox.Sent)
	})
}

// A program that starts on SQLite is the only one: what its predecessor had in flight is
// uncertain at once. On PostgreSQL another node may still be sending it.
func TestFreeOutbox(t *testing.T) {
	t.Parallel()
	eachPost(t, func(t *testing.T, p *post) {
		id := p.queue(p.talk("+4912"), "in flight")
		p.claimOne(start, id)
		if err := p.db.FreeOutbox(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.expire(start)
		want := inbox.Uncertain
		if p.db.Engine() == store.Postgres {
			want = inbox.Sending
		}
		p.state(id, want)
	})
}
