package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/cluster"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// club is a database with accounts that nodes share.
type club struct {
	t  *testing.T
	db *store.DB
}

func newClub(t *testing.T, db *store.DB, count int) *club {
	t.Helper()
	c := &club{t, db}
	err := db.Write(t.Context(), func(ctx context.Context) error {
		for id := range count {
			row := accounts.Row{Account: accounts.Account{ID: channels.AccountID(id + 1), Kind: "fake", Name: fmt.Sprint("Account ", id), Version: 1, CreatedAt: start, UpdatedAt: start}}
			if err := db.InsertAccount(ctx, row, actor.Cause{Kind: actor.Agent}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// beat renews a node for a time; nothing at all makes it a dead one.
func (c *club) beat(node string, life time.Duration) cluster.Survey {
	c.t.Helper()
	s, err := c.db.Beat(c.t.Context(), cluster.Beat{Node: node, Name: "test", For: life, Takes: true})
	if err != nil {
		c.t.Fatal(err)
	}
	return s
}

func (c *club) take(node string, limit int) map[channels.AccountID]channels.Fence {
	c.t.Helper()
	list, err := c.db.Take(c.t.Context(), node, limit)
	if err != nil {
		c.t.Fatal(err)
	}
	fences := map[channels.AccountID]channels.Fence{}
	for _, l := range list {
		fences[l.AccountID] = l.Fence
	}
	return fences
}

func (c *club) give(node string, id channels.AccountID, busy bool) bool {
	c.t.Helper()
	given, err := c.db.Give(c.t.Context(), node, id, busy)
	if err != nil {
		c.t.Fatal(err)
	}
	return given
}

func TestLeasesPassFromNodeToNode(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := newClub(t, db, 5)
		c.beat("a", time.Minute)
		if got := c.take("a", 3); len(got) != 3 || got[1] != 1 || got[3] != 1 {
			t.Fatalf("first: %v", got)
		}
		c.beat("b", time.Minute)
		if got := c.take("b", 10); len(got) != 2 || got[4] != 1 || got[5] != 1 {
			t.Fatalf("what is left: %v", got)
		}
		if got := c.take("b", 10); len(got) != 0 {
			t.Fatalf("of the living: %v", got)
		}
		s := c.beat("a", time.Minute)
		if s.Accounts != 5 || len(s.Held) != 3 || len(s.Peers) != 2 || s.Peers[0].Held+s.Peers[1].Held != 5 {
			t.Fatalf("survey: %+v", s)
		}
		if c.give("b", 1, true) || !c.give("a", 1, false) || c.give("a", 1, false) {
			t.Error("only who holds a lease gives it away, once")
		}
		if got := c.take("b", 10); len(got) != 1 || got[1] != 2 {
			t.Fatalf("given away: %v", got)
		}
		c.beat("b", -time.Second) // its time is over
		if s := c.beat("a", time.Minute); len(s.Peers) != 1 {
			t.Fatalf("the dead one counts: %+v", s)
		}
		if got := c.take("a", 10); len(got) != 3 || got[1] != 3 || got[4] != 2 || got[5] != 2 {
			t.Fatalf("of the dead: %v", got)
		}
		if s := c.beat("b", time.Minute); len(s.Held) != 0 {
			t.Errorf("back from the dead it holds %v", s.Held)
		}
		if err := db.Leave(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		if got := c.take("b", 10); len(got) != 5 {
			t.Errorf("of one that left: %v", got)
		}
	})
}

// TestFrozenNodeThatNobodyReplacedGoesOn is about a node whose time was over but whose
// accounts nobody took: they are still its own.
func TestFrozenNodeThatNobodyReplacedGoesOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := newClub(t, db, 2)
		c.beat("a", time.Minute)
		c.take("a", 1)
		c.beat("a", -time.Second)
		c.beat("b", time.Minute) // buries it, and takes nothing
		if s := c.beat("a", time.Minute); len(s.Held) != 1 || s.Held[0].Fence != 1 {
			t.Errorf("it holds %v", s.Held)
		}
	})
}

func TestClockIsTheDatabases(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		before := time.Now().Add(-time.Second)
		now, err := db.Clock(t.Context())
		if err != nil || now.Before(before) || now.After(time.Now().Add(time.Second)) {
			t.Errorf("the clock says %s, %v", now, err)
		}
	})
}

func TestClaimsNeedTheLease(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, p := newClub(t, db, 2), newPost(t, db)
		first, second := p.queue(p.talk("anna"), "one"), p.queue(p.talk("boris"), "two")
		c.beat("a", time.Minute)
		fence := c.take("a", 1)[1]
		want := func(f channels.Fence, limit int) outbox.Want {
			return outbox.Want{AccountID: 1, Limit: limit, Fence: f}
		}
		if items := p.claim(start, want(fence+1, 10)); len(items) != 0 {
			t.Fatalf("a fence that nobody has claimed %v", ids(items))
		}
		items := p.claim(start, want(fence, 1))
		if len(items) != 1 || items[0].ID != first {
			t.Fatalf("claimed %v, want %d", ids(items), first)
		}
		if c.give("a", 1, false) {
			t.Error("given away in the middle of an attempt")
		}

		c.beat("a", -time.Second)
		c.beat("b", time.Minute)
		now := c.take("b", 1)[1]
		if now != fence+1 {
			t.Fatalf("fence %d after %d", now, fence)
		}
		if items := p.claim(start, want(fence, 10)); len(items) != 0 {
			t.Fatalf("the former owner claimed %v", ids(items))
		}
		if n := p.expire(start); n != 1 {
			t.Fatalf("%d claims of the former owner expired, want 1", n)
		}
		p.state(first, inbox.Uncertain)
		if items := p.claim(start, want(now, 10)); len(items) != 1 || items[0].ID != second {
			t.Fatalf("the owner claimed %v, want %d", ids(items), second)
		}
		// What the former owner found out in the end still settles its own attempt.
		p.settle(start, items[0], outbox.Verdict{Outcome: outbox.Sent})
		p.state(first, inbox.Sent)
	})
}

// TestLateWordOfNoAttempt is about an owner that was frozen between its claim and its
// attempt: the message has become uncertain, and turns out not to have been tried.
func TestLateWordOfNoAttempt(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c, p := newClub(t, db, 1), newPost(t, db)
		id := p.queue(p.talk("anna"), "one")
		c.beat("a", time.Minute)
		items := p.claim(start, outbox.Want{AccountID: 1, Limit: 1, Fence: c.take("a", 1)[1]})
		c.beat("a", -time.Second)
		c.beat("b", time.Minute)
		c.take("b", 1)
		p.expire(start)
		p.state(id, inbox.Uncertain)
		p.settle(start, items[0], outbox.Verdict{Outcome: outbox.Postponed, NotBefore: start})
		p.state(id, inbox.Failed)
		if code := p.message(id).ErrorCode; code != outbox.CodeUntried {
			t.Errorf("code %q, want %q", code, outbox.CodeUntried)
		}
	})
}

// TestFencesHoldTheLease is the heart of fencing: while a transaction that has looked at
// a fence is open, nobody takes the account over.
func TestFencesHoldTheLease(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.Postgres)
	c := newClub(t, db, 1)
	c.beat("a", time.Minute)
	fence := c.take("a", 1)[1]
	c.beat("a", -time.Second)
	c.beat("b", time.Minute)
	err := db.Intake(t.Context(), func(ctx context.Context) error {
		fences, err := db.Fences(ctx, []channels.AccountID{1})
		if err != nil || fences[1] != fence {
			t.Errorf("fences %v, %v; want %d", fences, err, fence)
		}
		list, err := db.Take(t.Context(), "b", 1)
		if err != nil || len(list) != 0 {
			t.Errorf("taken over under an open commit: %v, %v", list, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.take("b", 1); got[1] != fence+1 {
		t.Errorf("after it: %v", got)
	}
}
