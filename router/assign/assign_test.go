package assign_test

import (
	"errors"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/auth"
	"parley/internal/fault"
	"parley/router/assign"
)

func TestOldestFirstWhenSomeoneFreesUp(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		who := h.agents(1, 1, 1, auth.Online)
		h.team(sales, who, auth.Routing{Strategy: auth.StrategyEvenTurns})
		ids := h.say("a", "b", "c")
		h.round()
		if h.holder(ids[0]) != 1 || h.holder(ids[1]) != 0 || h.holder(ids[2]) != 0 {
			t.Fatalf("held by %d, %d, %d", h.holder(ids[0]), h.holder(ids[1]), h.holder(ids[2]))
		}
		h.round()
		h.expect(ids[1], "nobody")
		closed := inbox.Closed
		if _, err := h.Inbox.Patch(t.Context(), viewer(1), ids[0], inbox.Patch{Status: &closed}); err != nil {
			t.Fatal(err)
		}
		h.round()
		if h.holder(ids[1]) != 1 || h.holder(ids[2]) != 0 {
			t.Errorf("the next went to %d, the last to %d", h.holder(ids[1]), h.holder(ids[2]))
		}
		h.expect(ids[1], "nobody", "even_turns")
	})
}

func TestTimeoutNextOverflowHead(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		who := h.agents(1, 3, 0, auth.Online)
		h.agents(head, 1, 0, auth.Offline)
		h.team(second, who[2:], auth.Routing{Strategy: auth.StrategyStrict, Timeout: time.Minute, Head: head})
		h.team(sales, who[:2], auth.Routing{Strategy: auth.StrategyStrict, Timeout: time.Minute, Overflow: second})
		id := h.say("a")[0]
		h.round()
		for i, want := range []auth.AgentID{1, 2, 3, head} {
			if i > 0 {
				h.Pass(59 * time.Second)
				h.round()
				h.Pass(time.Second)
				h.round()
			}
			if got := h.holder(id); got != want {
				t.Fatalf("step %d: held by %d, want %d (%q)", i, got, want, h.reasons(id))
			}
		}
		h.Pass(time.Hour)
		h.round()
		h.expect(id, "strict_order", "strict_order", "overflow", "strict_order", "head")
	})
}

func TestWhoAnsweredKeepsIt(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		who := h.agents(1, 2, 0, auth.Online)
		h.team(sales, who, auth.Routing{Strategy: auth.StrategyStrict, Timeout: time.Minute})
		id := h.say("a")[0]
		h.round()
		if _, err := h.Inbox.Write(t.Context(), viewer(1), id, inbox.Answer{Kind: inbox.KindMessage, Text: "Hi"}); err != nil {
			t.Fatal(err)
		}
		h.Pass(50 * time.Second)
		h.say("a") // asked again: a minute from now on
		h.Pass(30 * time.Second)
		h.round()
		if got := h.holder(id); got != 1 {
			t.Errorf("taken from who answered, by %d", got)
		}
		h.Pass(time.Minute)
		h.round()
		if got := h.holder(id); got != 2 {
			t.Errorf("held by %d although nobody answered the second question", got)
		}
	})
}

func TestTheFirstToClaimHasIt(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		who := h.agents(1, 2, 1, auth.Online)
		h.team(sales, who, auth.Routing{Strategy: auth.StrategyAllAtOnce})
		ids := h.say("a", "b")
		h.round()
		h.expect(ids[0], "offered")
		if err := h.assign.Claim(t.Context(), viewer(2), ids[0]); err != nil {
			t.Fatal(err)
		}
		if err := h.assign.Claim(t.Context(), viewer(1), ids[0]); !errors.Is(err, assign.ErrTaken) {
			t.Errorf("the second to claim: %v", err)
		}
		if err := h.assign.Claim(t.Context(), viewer(2), ids[1]); !errors.Is(err, assign.ErrFull) {
			t.Errorf("beyond the capacity: %v", err)
		}
		h.expect(ids[0], "offered", "claimed")
	})
}

func TestAnAbsenceWithADeputy(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		who := h.agents(1, 3, 0, auth.Online)
		h.team(sales, who[:1], auth.Routing{Strategy: auth.StrategyEvenTurns})
		h.team(second, who[1:], auth.Routing{})
		ids := h.say("a", "b")
		h.round()
		begin := h.Now().Add(time.Hour)
		a, err := h.assign.PlanAbsence(t.Context(), assign.Absence{Agent: 1, Deputy: 2, From: begin, To: begin.Add(24 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		for path, bad := range map[string]assign.Absence{
			"deputy_id": {Agent: 3, Deputy: 1, From: begin, To: begin.Add(time.Hour)},
			"from":      {Agent: 1, Deputy: 3, From: begin, To: begin.Add(time.Hour)},
			"agent_id":  {Agent: 2, From: begin, To: begin.Add(time.Hour)},
			"to":        {Agent: 3, From: begin, To: begin},
		} {
			_, err := h.assign.PlanAbsence(t.Context(), bad)
			if f, ok := fault.As(err); !ok || len(f.Fields) == 0 || f.Fields[0].Path != path {
				t.Errorf("%s: %v", path, err)
			}
		}
		h.round()
		if h.holder(ids[0]) != 1 {
			t.Fatal("moved before the time")
		}
		h.Pass(time.Hour)
		h.round()
		if h.holder(ids[0]) != 2 || h.holder(ids[1]) != 2 {
			t.Fatalf("the deputy has not got them: %d, %d", h.holder(ids[0]), h.holder(ids[1]))
		}
		team, err := h.DB.Team(t.Context(), sales)
		if err != nil || len(team.MemberIDs) != 2 {
			t.Errorf("the deputy is not in the team: %v, %v", team, err)
		}
		closed := inbox.Closed
		if _, err := h.Inbox.Patch(t.Context(), viewer(2), ids[1], inbox.Patch{Status: &closed}); err != nil {
			t.Fatal(err)
		}
		fresh := h.say("c")[0]
		h.round()
		if got := h.holder(fresh); got != 2 {
			t.Errorf("a new one went to %d", got)
		}
		h.Pass(24 * time.Hour)
		h.round()
		if h.holder(ids[0]) != 1 || h.holder(ids[1]) != 2 || h.holder(fresh) != 2 {
			t.Errorf("after the return: %d, %d, %d", h.holder(ids[0]), h.holder(ids[1]), h.holder(fresh))
		}
		if team, err = h.DB.Team(t.Context(), sales); err != nil || len(team.MemberIDs) != 1 {
			t.Errorf("the deputy is still in the team: %v, %v", team, err)
		}
		if a, err = h.assign.Absence(t.Context(), a.ID); err != nil || a.State != assign.Over {
			t.Errorf("%+v, %v", a, err)
		}
		h.expect(ids[0], "even_turns", "absence", "return")
	})
}

// TestAnAbsenceThatBeganMeanwhile saves what was read before the absence began.
func TestAnAbsenceThatBeganMeanwhile(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		who := h.agents(1, 2, 0, auth.Online)
		h.team(sales, who[:1], auth.Routing{Strategy: auth.StrategyEvenTurns})
		begin := h.Now().Add(time.Hour)
		a, err := h.assign.PlanAbsence(t.Context(), assign.Absence{Agent: 1, Deputy: 2, From: begin, To: begin.Add(24 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		h.Pass(time.Hour)
		h.round()
		shorter := func(a *assign.Absence) { a.To = begin.Add(2 * time.Hour) }
		if a, err = h.assign.ChangeAbsence(t.Context(), a.ID, shorter); err != nil || a.State != assign.Active || len(a.Lent) != 1 {
			t.Errorf("saved as %+v, %v", a, err)
		}
		h.Pass(2 * time.Hour)
		h.round()
		if team, err := h.DB.Team(t.Context(), sales); err != nil || len(team.MemberIDs) != 1 {
			t.Errorf("the deputy is still in the team: %v, %v", team, err)
		}
	})
}

func TestAutoAway(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.agents(1, 2, 0, auth.Online)
		ctx := t.Context()
		if err := h.assign.Here(ctx, 1, false); err != nil {
			t.Fatal(err)
		}
		presence := func(id auth.AgentID) auth.Presence {
			a, err := h.DB.Agent(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			return a.Presence
		}
		for _, step := range []struct {
			pass time.Duration
			want auth.Presence
		}{{4 * time.Minute, auth.Online}, {time.Minute, auth.Away}} {
			h.Pass(step.pass)
			if err := h.assign.AutoAway(ctx); err != nil || presence(1) != step.want || presence(2) != auth.Online {
				t.Errorf("after %s: %s, %v", step.pass, presence(1), err)
			}
		}
		if err := h.assign.Here(ctx, 1, true); err != nil || presence(1) != auth.Online {
			t.Errorf("come back: %s, %v", presence(1), err)
		}
		h.presence(auth.Busy, 1)
		if err := h.assign.Here(ctx, 1, false); err != nil {
			t.Fatal(err)
		}
		h.Pass(time.Hour)
		if err := h.assign.AutoAway(ctx); err != nil || presence(1) != auth.Busy {
			t.Errorf("who said busy is %s, %v", presence(1), err)
		}
	})
}
