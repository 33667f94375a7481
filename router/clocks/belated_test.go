package clocks_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router"
	"parley/router/clocks"
)

// TestWhatIsMissedIsToldOf although something else is near, of which nobody is to hear, and is found first.
func TestWhatIsMissedIsToldOf(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		id := h.Says("v1", "b1", "hello")
		h.patch(id, inbox.Patch{Team: ptr(inbox.TeamID(sales))})
		h.Pass(time.Minute)
		h.answers(id, inbox.Answer{Text: "Hello"})
		h.Pass(time.Minute)
		h.Says("v1", "b2", "and then?")
		h.Pass(65 * time.Minute)
		h.policy(clocks.Policy{Targets: clocks.Targets{NextResponse: 120, Resolution: 60}, WarnPercent: 50, BreachWhom: []clocks.Whom{clocks.TellTeam}})
		h.sweep()
		if len(h.Told) != 1 || h.Told[0].About != "breach" {
			t.Errorf("told %+v", h.Told)
		}
		if near, missed := len(h.Entries(id, "clock.warned")), len(h.Entries(id, "clock.breached")); near != 1 || missed != 1 {
			t.Errorf("its timeline tells of %d that are near and %d that were missed", near, missed)
		}
	})
}

// deaf is an Outside in which nobody hears of one team.
type deaf struct {
	clocks.Outside
	tried int
}

func (d *deaf) Tell(ctx context.Context, n router.Telling) (int, error) {
	if n.Team != 0 {
		d.tried++
		return 0, nil
	}
	return d.Outside.Tell(ctx, n)
}

// TestWhatNobodyHeardIsToldAgain: the next promise that was missed is told of as well.
func TestWhatNobodyHeardIsToldAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		id := h.Says("v1", "b1", "hello")
		h.patch(id, inbox.Patch{Team: ptr(inbox.TeamID(sales))})
		h.Pass(time.Hour)
		out := &deaf{Outside: h}
		h.clocks = clocks.New(clocks.Options{Store: h.DB, Book: clocks.NewBook(), Outside: out, Now: h.Now, Log: h.Log})
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 30, Resolution: 40}, BreachWhom: []clocks.Whom{clocks.TellTeam}})
		h.sweep()
		if out.tried != 2 {
			t.Errorf("tried %d times", out.tried)
		}
	})
}

// TestSpamAgainHasOneClockOfAKind, although nobody promised anything when it was brought back at first.
func TestSpamAgainHasOneClockOfAKind(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		p := h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 60, Resolution: 600}})
		h.sweep()
		id := h.Says("v1", "b1", "hello")
		h.work()
		spam := func(v bool) {
			h.Pass(time.Minute)
			h.patch(id, inbox.Patch{Spam: ptr(v)})
			h.work()
		}
		spam(true)
		if err := h.clocks.DeletePolicy(t.Context(), p.ID); err != nil {
			t.Fatal(err)
		}
		spam(false)
		h.policy(clocks.Policy{Name: "New", Targets: clocks.Targets{FirstResponse: 60, Resolution: 600}})
		h.sweep()
		spam(true)
		spam(false)
		list, err := h.clocks.Clocks(t.Context(), actor.System(), id)
		open := map[clocks.Metric]int{}
		for _, c := range list {
			if c.EndedAt.IsZero() {
				open[c.Metric]++
				if c.PolicyName != "New" {
					t.Errorf("the older goes on: %+v", c)
				}
			} else if c.End != clocks.Closed {
				t.Errorf("ended for now: %+v", c)
			}
		}
		if err != nil || len(list) != 4 || open[clocks.FirstResponse] != 1 || open[clocks.Resolution] != 1 {
			t.Errorf("%v open of %d, %v", open, len(list), err)
		}
	})
}

// TestAJobBeforeTheSweep does what the sweep would: what is put off stands still, and colleagues are told once.
func TestAJobBeforeTheSweep(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		off, long, now := h.Says("off", "b1", "hello"), h.Says("long", "b2", "hello"), h.Says("now", "b3", "hello")
		begun := h.Now()
		h.patch(off, inbox.Patch{Status: ptr(inbox.Pending)})
		h.Pass(10 * time.Hour)
		team := []clocks.Whom{clocks.TellTeam}
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 60, Resolution: 120}, BreachWhom: team})
		for _, id := range []inbox.ConversationID{off, long} {
			h.patch(id, inbox.Patch{Team: ptr(inbox.TeamID(sales))})
		}
		// Put off no sooner than now, it was not before.
		h.patch(now, inbox.Patch{Status: ptr(inbox.Pending)})
		h.work()
		for _, m := range []clocks.Metric{clocks.FirstResponse, clocks.Resolution} {
			c := h.clock(off, m)
			if c.State != clocks.Paused || c.Spent != 0 || len(c.Pauses) != 1 || !c.Pauses[0].From.Equal(begun) || !c.Pauses[0].Waiting {
				t.Errorf("put off: %+v", c.Clock)
			}
			for _, id := range []inbox.ConversationID{long, now} {
				if c := h.clock(id, m); c.State != clocks.Breached {
					t.Errorf("missed: %+v", c.Clock)
				}
			}
		}
		if len(h.Told) != 1 || h.Told[0].Conversation != long {
			t.Errorf("told %+v", h.Told)
		}
	})
}

// TestAWrongClockSaysNothingOfWhen those who wait are looked at: a node that is ahead does not hold up the others.
func TestAWrongClockSaysNothingOfWhen(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		id := h.Says("v1", "b1", "hello")
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 30}})
		ahead := clocks.New(clocks.Options{
			Store: h.DB, Book: clocks.NewBook(), Outside: h, Settle: 5 * time.Second, Log: h.Log,
			Now: func() time.Time { return h.Now().Add(3 * time.Hour) }, Right: func() bool { return false },
		})
		if more, err := ahead.Anew(t.Context()); err != nil || more {
			t.Fatalf("more: %v, %v", more, err)
		}
		h.sweep()
		if c := h.clock(id, clocks.FirstResponse); c.State != clocks.Running {
			t.Errorf("%+v", c.Clock)
		}
	})
}

// seeing is a store that counts how often it is asked who waits.
type seeing struct {
	clocks.Store
	asked int
}

func (s *seeing) WaitingAfter(ctx context.Context, after clocks.Waiter, limit int) ([]clocks.Waiter, error) {
	s.asked++
	return s.Store.WaitingAfter(ctx, after, limit)
}

// TestWithoutPoliciesNobodyWhoWaitsIsLookedAt.
func TestWithoutPoliciesNobodyWhoWaitsIsLookedAt(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.Says("v1", "b1", "hello")
		p := h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 30}})
		if err := h.clocks.DeletePolicy(t.Context(), p.ID); err != nil {
			t.Fatal(err)
		}
		s := &seeing{Store: h.DB}
		h.clocks = clocks.New(clocks.Options{Store: s, Book: clocks.NewBook(), Outside: h, Now: h.Now, Log: h.Log})
		h.sweep()
		if s.asked != 0 {
			t.Errorf("asked %d times", s.asked)
		}
	})
}

// stuck is a store that cannot say how far a sweep is.
type stuck struct{ clocks.Store }

func (stuck) ClockSweep(context.Context) (clocks.Sweep, error) {
	return clocks.Sweep{}, errors.New("the sweep is stuck")
}

// TestWhatIsDueDoesNotWaitForASweep that fails.
func TestWhatIsDueDoesNotWaitForASweep(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 30}})
		id := h.Says("v1", "b1", "hello")
		h.work()
		h.Pass(time.Hour)
		w := clocks.NewWaker(clocks.New(clocks.Options{Store: stuck{h.DB}, Book: clocks.NewBook(), Outside: quiet{}, Now: h.Now}))
		w.Start()
		defer w.Stop()
		for h.clock(id, clocks.FirstResponse).State != clocks.Breached {
			if t.Context().Err() != nil {
				t.Fatal("it never fires")
			}
		}
	})
}

// TestManyThatWaitAreOneSummary: behind the first few, whoever is to hear hears the same thing, and timelines tell all.
func TestManyThatWaitAreOneSummary(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		const many, apiece = 130, 20
		fill(t, h, many)
		ids := firstConversations(t, h, many)
		for _, id := range ids {
			h.patch(id, inbox.Patch{Team: ptr(inbox.TeamID(sales))})
		}
		h.Pass(time.Hour)
		h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 30, Resolution: 40}, BreachWhom: []clocks.Whom{clocks.TellTeam}})
		h.sweep()
		single := map[inbox.ConversationID]int{}
		sums := map[string]int{}
		for _, n := range h.Told {
			switch n.About {
			case "breach":
				single[n.Conversation]++
			case "overdue":
				sums[n.Key]++
			default:
				t.Errorf("told %+v", n)
			}
		}
		// One per batch, under one key: an agent is told once of each.
		if len(single) != apiece || len(sums) != 1 || len(h.Told) != apiece+2 {
			t.Errorf("told of %d one by one, and %v", len(single), sums)
		}
		for _, id := range ids {
			if n := len(h.Entries(id, "clock.breached")); n != 2 {
				t.Fatalf("a timeline tells of %d", n)
			}
		}
	})
}
