package clocks_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router"
	"parley/router/clocks"
)

// TestANewPolicyHoldsForWhoWaits, from when each began to wait, and for nobody else.
func TestANewPolicyHoldsForWhoWaits(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		first := h.Says("first", "k1", "hello")
		again := h.Says("again", "k2", "hello")
		answered, closed, aside := h.Says("answered", "k3", "hello"), h.Says("closed", "k4", "hello"), h.Says("aside", "k5", "hello")
		off := h.Says("off", "k6", "hello")
		begun := h.Now()
		h.Pass(10 * time.Minute)
		h.answers(again, inbox.Answer{Text: "Hello"})
		h.answers(answered, inbox.Answer{Text: "Hello"})
		h.patch(closed, inbox.Patch{Status: ptr(inbox.Closed)})
		h.patch(aside, inbox.Patch{Spam: ptr(true)})
		h.patch(off, inbox.Patch{Status: ptr(inbox.Pending)})
		h.Pass(time.Minute)
		h.Says("again", "k7", "and then?")
		asked := h.Now()
		h.Pass(time.Hour)

		p := h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 90, NextResponse: 120, Resolution: 600}})
		h.sweep()
		for _, want := range []struct {
			id     inbox.ConversationID
			metric clocks.Metric
			state  clocks.State
			since  time.Time
			due    time.Time
		}{
			{first, clocks.FirstResponse, clocks.Running, begun, begun.Add(90 * time.Minute)},
			{first, clocks.Resolution, clocks.Running, begun, begun.Add(600 * time.Minute)},
			{again, clocks.NextResponse, clocks.Running, asked, asked.Add(120 * time.Minute)},
			{off, clocks.FirstResponse, clocks.Paused, begun, time.Time{}},
		} {
			c := h.clock(want.id, want.metric)
			if c.State != want.state || !c.StartedAt.Equal(want.since) || !c.DueAt.Equal(want.due) || c.Policy != p.ID {
				t.Errorf("%s of %d: %+v", want.metric, want.id, c.Clock)
			}
		}
		for _, id := range []inbox.ConversationID{answered, closed, aside} {
			if list, err := h.clocks.Clocks(t.Context(), actor.System(), id); err != nil || len(list) != 0 {
				t.Errorf("conversation %d has %+v, %v", id, list, err)
			}
		}
		// What was put off has all of its time.
		h.patch(off, inbox.Patch{Status: ptr(inbox.Open)})
		h.work()
		if c := h.clock(off, clocks.FirstResponse); c.State != clocks.Running || !c.DueAt.Equal(h.Now().Add(90*time.Minute)) {
			t.Errorf("put off: %+v", c.Clock)
		}
		// A further promise of the same policy reaches who has another clock already; twice it changes nothing.
		for range 2 {
			if _, err := h.clocks.ChangePolicy(t.Context(), p.ID, 0, func(p *clocks.Policy) { p.Targets.NextResponse = 200 }); err != nil {
				t.Fatal(err)
			}
			h.sweep()
		}
		if list, err := h.clocks.Clocks(t.Context(), actor.System(), first); err != nil || len(list) != 2 {
			t.Errorf("%d clocks, %v", len(list), err)
		}
		if len(h.Told) != 0 {
			t.Errorf("told %v", h.Told)
		}
	})
}

// TestWhoWaitsForTooLongIsToldOfOnce although two promises are broken, and what is near is no less.
func TestWhoWaitsForTooLongIsToldOfOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		long := h.Says("long", "k8", "hello")
		h.Pass(40 * time.Minute)
		near := h.Says("near", "k9", "hello")
		for _, id := range []inbox.ConversationID{long, near} {
			h.patch(id, inbox.Patch{Team: ptr(inbox.TeamID(sales))})
		}
		h.Pass(20 * time.Minute)
		team := []clocks.Whom{clocks.TellTeam}
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 30, Resolution: 45}, WarnPercent: 50, WarnWhom: team, BreachWhom: team})
		h.sweep()
		h.due()
		for _, m := range []clocks.Metric{clocks.FirstResponse, clocks.Resolution} {
			if c := h.clock(long, m); c.State != clocks.Breached || !c.BreachedAt.Equal(c.DueAt) || c.DueAt.After(h.Now()) {
				t.Errorf("%s: %+v", m, c.Clock)
			}
		}
		if n := len(h.Entries(long, "clock.breached")); n != 2 {
			t.Errorf("its timeline tells of %d", n)
		}
		told := map[inbox.ConversationID]int{}
		for _, n := range h.Told {
			told[n.Conversation]++
		}
		if told[long] != 1 || told[near] != 1 || len(told) != 2 {
			t.Errorf("told %v: %+v", told, h.Told)
		}
		if c := h.clock(near, clocks.FirstResponse); c.State != clocks.Running || c.WarnedAt.IsZero() {
			t.Errorf("near: %+v", c.Clock)
		}
		h.Pass(20 * time.Minute)
		h.due()
		if n := len(h.Entries(near, "clock.breached")); n != 1 {
			t.Errorf("what was near is missed %d times", n)
		}
		if n := len(h.Entries(long, "clock.breached")); n != 2 {
			t.Errorf("what was missed is missed %d times", n)
		}
	})
}

// TestAChangeThatWaitsComesFirst: its job sets the clock, and the sweep does not set another.
func TestAChangeThatWaitsComesFirst(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Name: "Urgent", Conditions: when(t, `{"field":"conversation.priority","op":"equals","value":"urgent"}`), Targets: clocks.Targets{FirstResponse: 5}})
		h.sweep()
		id := h.Says("v1", "k10", "hello")
		h.Pass(time.Minute)
		h.answers(id, inbox.Answer{Text: "Hello"})
		h.Pass(time.Minute)
		h.Says("v1", "k11", "and then?")
		asked := h.Now()
		h.policy(clocks.Policy{Name: "All", Targets: clocks.Targets{FirstResponse: 60, NextResponse: 30}})
		h.sweep()
		if list, err := h.clocks.Clocks(t.Context(), actor.System(), id); err != nil || len(list) != 0 {
			t.Errorf("before its changes: %+v, %v", list, err)
		}
		h.work()
		if c := h.clock(id, clocks.NextResponse); c.State != clocks.Running || !c.StartedAt.Equal(asked) {
			t.Errorf("after them: %+v", c.Clock)
		}
	})
}

// errDied is what a node says that dies in the middle of a batch.
var errDied = errors.New("the node died")

// dying is a store of a node that dies before it has noted how far a batch came.
type dying struct {
	clocks.Store
	left int
}

func (d *dying) PutClockSweep(ctx context.Context, done, next clocks.Sweep) error {
	if d.left--; d.left < 0 {
		return errDied
	}
	return d.Store.PutClockSweep(ctx, done, next)
}

// TestWhoWaitsGetsOneClock although a node dies in every batch and two others go on at once.
func TestWhoWaitsGetsOneClock(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		const many = 250
		fill(t, h, many)
		h.Pass(time.Hour)
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 30}})
		node := func(s clocks.Store) *clocks.Service {
			return clocks.New(clocks.Options{Store: s, Book: clocks.NewBook(), Outside: quiet{}, Now: h.Now, Log: h.Log})
		}
		for batches := range 3 {
			d := &dying{Store: h.DB, left: batches}
			s := node(d)
			for {
				more, err := s.Anew(t.Context())
				if err != nil {
					if !errors.Is(err, errDied) {
						t.Fatal(err)
					}
					break
				}
				if !more {
					t.Fatalf("it came to an end after %d batches", batches)
				}
			}
		}
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				for s := node(h.DB); ; {
					more, err := s.Anew(t.Context())
					if err != nil {
						t.Error(err)
					}
					if err != nil || !more {
						return
					}
				}
			})
		}
		both.Wait()
		h.due()
		for _, id := range firstConversations(t, h, many) {
			list, err := h.clocks.Clocks(t.Context(), actor.System(), id)
			if err != nil || len(list) != 1 || list[0].State != clocks.Breached || len(h.Entries(id, "clock.breached")) != 1 {
				t.Fatalf("conversation %d: %+v, %v, told %d times", id, list, err, len(h.Entries(id, "clock.breached")))
			}
		}
	})
}

// TestWhoWaitsIsLookedAtOnceAllNodesKnow the policy, and by a clock that can be believed.
func TestWhoWaitsIsLookedAtOnceAllNodesKnow(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		id := h.Says("v1", "k12", "hello")
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 30}})
		right := false
		h.clocks = clocks.New(clocks.Options{
			Store: h.DB, Book: clocks.NewBook(), Outside: h, Now: h.Now, Right: func() bool { return right }, Settle: 5 * time.Second, Log: h.Log,
		})
		none := func(why string) {
			t.Helper()
			h.sweep()
			if list, err := h.clocks.Clocks(t.Context(), actor.System(), id); err != nil || len(list) != 0 {
				t.Errorf("%s: %+v, %v", why, list, err)
			}
		}
		none("the clock is wrong")
		h.Pass(time.Minute)
		right = true
		none("others may not know")
		h.Pass(4 * time.Second)
		none("others may not know yet")
		h.Pass(time.Second)
		h.sweep()
		if c := h.clock(id, clocks.FirstResponse); c.State != clocks.Running {
			t.Errorf("%+v", c.Clock)
		}
	})
}

// quiet tells nobody, from several nodes at once.
type quiet struct{ clocks.Outside }

func (quiet) Tell(context.Context, router.Telling) (int, error) { return 1, nil }
