package clocks_test

import (
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router"
	"parley/router/clocks"
	"parley/router/sla"
)

// sweep brings running clocks under what policies say now.
func (h *house) sweep() {
	h.T.Helper()
	for range 100 {
		more, err := h.clocks.Anew(h.T.Context())
		if err != nil {
			h.T.Fatal(err)
		}
		if !more {
			return
		}
	}
	h.T.Fatal("the sweep does not end")
}

func TestAChangedPolicyReachesClocksThatRun(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		p := h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 60}, WarnPercent: 50})
		h.sweep()
		ids := []inbox.ConversationID{h.Says("v1", "m1", "hello"), h.Says("v2", "m2", "hello")}
		begun := h.Now()
		h.work()
		h.Pass(5 * time.Minute)
		// Two people change two parts of it.
		if _, err := h.clocks.ChangePolicy(t.Context(), p.ID, 0, func(p *clocks.Policy) { p.Targets.FirstResponse = 20 }); err != nil {
			t.Fatal(err)
		}
		if p, err := h.clocks.ChangePolicy(t.Context(), p.ID, 0, func(p *clocks.Policy) { p.Name = "Quick" }); err != nil || p.Targets.FirstResponse != 20 {
			t.Fatalf("%+v, %v", p, err)
		}
		h.sweep()
		for _, id := range ids {
			c := h.clock(id, clocks.FirstResponse)
			if !c.DueAt.Equal(begun.Add(20*time.Minute)) || c.PolicyName != "Quick" || !h.Conversation(id).DueAt.Equal(c.DueAt) {
				t.Errorf("due %s by %q", c.DueAt, c.PolicyName)
			}
		}
		// An earlier policy for everybody takes them over.
		h.policy(clocks.Policy{Name: "First", Position: -1, Targets: clocks.Targets{FirstResponse: 10}})
		h.sweep()
		if c := h.clock(ids[0], clocks.FirstResponse); !c.DueAt.Equal(begun.Add(10*time.Minute)) || c.PolicyName != "First" {
			t.Errorf("taken over: %+v", c)
		}
	})
}

func TestAChangedScheduleMovesDeadlines(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		triggers := router.New(router.Options{Store: h.DB, Book: router.NewBook(), Now: h.Now})
		s, err := triggers.AddSchedule(t.Context(), router.Schedule{Name: "Duty", TimeZone: "UTC", Intervals: []sla.Interval{{Day: "mon", From: "09:00", To: "18:00"}}})
		if err != nil {
			t.Fatal(err)
		}
		h.policy(clocks.Policy{Schedule: s.ID, Targets: clocks.Targets{FirstResponse: 60}})
		id := h.Says("v1", "m1", "hello")
		h.work()
		_, err = triggers.ChangeSchedule(t.Context(), s.ID, s.Version(), func(x *router.Schedule) {
			x.Intervals = []sla.Interval{{Day: "mon", From: "09:00", To: "12:30"}, {Day: "mon", From: "13:30", To: "18:00"}}
		})
		if err != nil {
			t.Fatal(err)
		}
		h.sweep()
		if c := h.clock(id, clocks.FirstResponse); !c.DueAt.Equal(c.StartedAt.Add(2 * time.Hour)) {
			t.Errorf("begun %s, due %s", c.StartedAt, c.DueAt)
		}
	})
}

func TestWhatClocksStandStillFor(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		p := h.policy(clocks.Policy{Targets: clocks.Targets{FirstResponse: 10, Resolution: 60}, PauseOn: []clocks.Halt{clocks.OnAnswered, clocks.OnSnoozed}})
		id := h.Says("v1", "m1", "hello")
		h.work()
		state := func(m clocks.Metric) clocks.State { return h.clock(id, m).State }
		h.patch(id, inbox.Patch{Status: ptr(inbox.Pending)})
		h.work()
		if state(clocks.FirstResponse) != clocks.Running || state(clocks.Resolution) != clocks.Running {
			t.Errorf("pending: %s, %s", state(clocks.FirstResponse), state(clocks.Resolution))
		}
		h.patch(id, inbox.Patch{Status: ptr(inbox.Open)})
		h.Pass(time.Minute)
		h.answers(id, inbox.Answer{Text: "Which one?"})
		h.work()
		if state(clocks.FirstResponse) != clocks.Met || state(clocks.Resolution) != clocks.Paused {
			t.Errorf("their turn: %s, %s", state(clocks.FirstResponse), state(clocks.Resolution))
		}
		h.Pass(time.Hour)
		h.Says("v1", "m2", "The red one")
		h.work()
		if c := h.clock(id, clocks.Resolution); c.State != clocks.Running || c.Spent != time.Minute {
			t.Errorf("our turn: %+v", c)
		}
		// Without the wish to stop for it, what stands still goes on at once.
		h.answers(id, inbox.Answer{Text: "Coming"})
		h.work()
		if _, err := h.clocks.ChangePolicy(t.Context(), p.ID, 0, func(p *clocks.Policy) { p.PauseOn = []clocks.Halt{} }); err != nil {
			t.Fatal(err)
		}
		h.sweep()
		if state(clocks.Resolution) != clocks.Running {
			t.Errorf("with nothing to stop for: %s", state(clocks.Resolution))
		}
		if list, err := h.clocks.Clocks(t.Context(), actor.System(), id); err != nil || len(list) != 2 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}
