package assign_test

import (
	"slices"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/router"
	"parley/router/assign"
	"parley/router/sla"
)

// TestATeamThatDoesNotWorkNow opens from nine to noon and from one to six.
func TestATeamThatDoesNotWorkNow(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		triggers := router.New(router.Options{Store: h.DB, Book: router.NewBook(), Now: h.Now})
		s, err := triggers.AddSchedule(t.Context(), router.Schedule{Name: "Duty", TimeZone: "UTC", Intervals: []sla.Interval{
			{Day: "mon", From: "09:00", To: "12:10"}, {Day: "mon", From: "13:00", To: "18:00"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		who := h.agents(1, 2, 0, auth.Online)
		h.team(sales, who, auth.Routing{Strategy: auth.StrategyStrict, Timeout: 10 * time.Minute, Schedule: int64(s.ID)})
		h.Pass(5 * time.Minute)
		before := h.say("a")[0]
		h.round()
		h.Pass(10 * time.Minute) // to lunch, in which the timeout does not run
		lunch := h.say("b")[0]
		h.round()
		if h.holder(before) != 1 || h.holder(lunch) != 0 {
			t.Errorf("at lunch: %d, %d", h.holder(before), h.holder(lunch))
		}
		h.expect(lunch, "closed")
		if d, err := h.assign.Next(t.Context(), assign.Item{Team: inbox.TeamID(sales)}); err != nil || d.To != 0 || d.Reason != assign.Closed {
			t.Errorf("next at lunch: %+v, %v", d, err)
		}
		h.Pass(45 * time.Minute)
		h.round()
		if h.holder(lunch) != 1 || h.holder(before) != 1 {
			t.Errorf("after lunch: %d, %d", h.holder(lunch), h.holder(before))
		}
		h.Pass(6 * time.Minute)
		h.round()
		if got := h.holder(before); got != 2 {
			t.Errorf("ten working minutes later it is held by %d", got)
		}
	})
}

func TestWhoWouldBeNext(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		who := slices.Concat(h.agents(1, 2, 0, auth.Online), h.agents(3, 1, 0, auth.Away))
		h.team(sales, who, auth.Routing{Strategy: auth.StrategyEvenTurns})
		h.team(second, who, auth.Routing{Strategy: auth.StrategyManual})
		for range 2 { // asking gives nobody a turn
			d, err := h.assign.Next(t.Context(), assign.Item{Team: inbox.TeamID(sales)})
			want := []assign.Passed{{Agent: 3, Reason: assign.Away}, {Agent: 2, Reason: assign.LaterTurn}}
			if err != nil || d.To != 1 || !slices.Equal(d.Passed, want) {
				t.Errorf("%+v, %v", d, err)
			}
		}
		if d, err := h.assign.Next(t.Context(), assign.Item{Team: inbox.TeamID(second)}); err != nil || d.To != 0 || d.Reason != assign.ByHand || len(d.Offered) != 2 {
			t.Errorf("by hand: %+v, %v", d, err)
		}
		if _, err := h.assign.Next(t.Context(), assign.Item{Team: 999}); err == nil {
			t.Error("of a team that there is none of")
		}
		waiting := h.say("a")[0]
		queues, err := h.assign.Queues(t.Context(), actor.System())
		i := slices.IndexFunc(queues, func(q assign.Queue) bool { return q.Team == inbox.TeamID(sales) })
		if err != nil || i < 0 || queues[i].Waiting != 1 || !queues[i].Oldest.Equal(h.Conversation(waiting).WaitingSince) {
			t.Errorf("what waits: %+v, %v", queues, err)
		}
	})
}

func TestWhoComesLaterIsOfferedItToo(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		who := slices.Concat(h.agents(1, 1, 0, auth.Online), h.agents(2, 1, 0, auth.Offline))
		h.team(sales, who, auth.Routing{Strategy: auth.StrategyAllAtOnce})
		id := h.say("a")[0]
		offered := func() (out []any) {
			for _, e := range h.Entries(id, "routing") {
				list, _ := e.Data["offered"].([]any)
				out = append(out, list...)
			}
			return out
		}
		for _, step := range []struct {
			presence auth.Presence
			want     []any
		}{{auth.Offline, []any{"1"}}, {auth.Online, []any{"1", "2"}}, {auth.Away, []any{"1", "2"}}, {auth.Online, []any{"1", "2"}}} {
			h.presence(step.presence, 2)
			h.round()
			h.round()
			if got := offered(); !slices.Equal(got, step.want) {
				t.Errorf("with the second %s it was offered to %v, want %v", step.presence, got, step.want)
			}
		}
	})
}

func TestAnotherDeputyTakesOver(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		who := h.agents(1, 3, 0, auth.Online)
		h.team(sales, who[:1], auth.Routing{Strategy: auth.StrategyEvenTurns})
		h.team(second, who[1:], auth.Routing{})
		id := h.say("a")[0]
		h.round()
		a, err := h.assign.PlanAbsence(t.Context(), assign.Absence{Agent: 1, Deputy: 2, From: h.Now(), To: h.Now().Add(24 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		h.round()
		if _, err := h.assign.ChangeAbsence(t.Context(), a.ID, func(a *assign.Absence) { a.Deputy = 3 }); err != nil {
			t.Fatal(err)
		}
		team, err := h.DB.Team(t.Context(), sales)
		if h.holder(id) != 3 || err != nil || !slices.Equal(team.MemberIDs, []auth.AgentID{1, 3}) {
			t.Errorf("held by %d, the team is %v, %v", h.holder(id), team.MemberIDs, err)
		}
		h.Pass(25 * time.Hour)
		h.round()
		if h.holder(id) != 1 {
			t.Errorf("after the return it is held by %d", h.holder(id))
		}
	})
}

func TestNobodyTouchesThePage(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.agents(1, 1, 0, auth.Online)
		for _, step := range []struct {
			idle bool
			want auth.Presence
		}{{true, auth.Away}, {true, auth.Away}, {false, auth.Online}, {false, auth.Online}} {
			if err := h.assign.Idle(t.Context(), 1, step.idle); err != nil {
				t.Fatal(err)
			}
			if a, err := h.DB.Agent(t.Context(), 1); err != nil || a.Presence != step.want {
				t.Errorf("idle %t: %s, %v", step.idle, a.Presence, err)
			}
		}
		h.presence(auth.Away, 1) // by themselves
		if err := h.assign.Idle(t.Context(), 1, false); err != nil {
			t.Fatal(err)
		}
		if a, err := h.DB.Agent(t.Context(), 1); err != nil || a.Presence != auth.Away {
			t.Errorf("who went away by themselves is %s, %v", a.Presence, err)
		}
	})
}
