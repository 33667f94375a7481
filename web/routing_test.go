package web_test

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/auth"
)

// eventually asks until the answer is as wanted.
func (c *caller) eventually(path string, is func(answer) bool) answer {
	c.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	end := time.After(10 * time.Second)
	for {
		a := c.want(200, "GET", path, nil)
		if is(a) {
			return a
		}
		select {
		case <-end:
			c.t.Fatalf("%s stays as it is: %s", path, a.raw)
		case <-tick.C:
		}
	}
}

// TestADeadlineAndAnAnswerer sets a promise and a team up, lets a visitor write, and asks
// who got it and why it is due when it is.
func TestADeadlineAndAnAnswerer(t *testing.T) {
	t.Parallel()
	h := boot(t)
	ann := h.agent(auth.NewAgent{Role: auth.RoleAgent})
	me := ann.want(200, "GET", "/api/v1/session", nil).body["agent"].(object)["id"].(string)
	team := h.root.want(201, "POST", "/api/v1/teams", object{"name": "Desk", "member_ids": []string{me}, "strategy": "even_turns", "timeout_seconds": 300})
	if team.str("strategy") != "even_turns" || team.body["timeout_seconds"] != 300.0 {
		t.Errorf("the team: %s", team.raw)
	}
	if a := h.root.want(422, "PATCH", "/api/v1/teams/"+team.str("id"), object{"overflow_team_id": team.str("id")}); a.field() != "body.overflow_team_id" {
		t.Errorf("a team that overflows into itself: %s", a.raw)
	}
	h.root.want(200, "PATCH", fmt.Sprintf("/api/v1/accounts/%d", h.chat), object{"team_id": team.str("id")})
	schedule := h.root.want(201, "POST", "/api/v1/schedules", object{"name": "Always", "time_zone": "UTC", "intervals": week()})
	policy := h.root.want(201, "POST", "/api/v1/sla-policies", object{"name": "Gold", "schedule_id": schedule.str("id"), "first_response_minutes": 30, "warn_at_percent": 50})
	if a := h.root.want(422, "POST", "/api/v1/sla-policies", object{"name": "Nothing"}); a.field() != "body.first_response_minutes" {
		t.Errorf("a policy without a promise: %s", a.raw)
	}
	ann.want(403, "POST", "/api/v1/sla-policies", object{"name": "Mine", "first_response_minutes": 1})

	v := h.visitor(object{"name": "Ann"})
	v.want(201, "POST", h.base()+"/messages", object{"client_id": "5b0e5a9c-3f0e-4d0e-9d3c-1f1d1c1b1a19", "text": "hello"})
	waiting := h.root.eventually("/api/v1/conversations?sort=due", func(a answer) bool {
		// The list reads its rows before their clocks: one that begins in between has no deadline in its row yet.
		return len(a.items()) == 1 && len(a.items()[0]["clocks"].([]any)) == 1 && a.items()[0]["due_at"] != nil
	}).items()[0]
	clock := waiting["clocks"].([]any)[0].(object)
	if clock["metric"] != "first_response" || clock["state"] != "running" || clock["policy_id"] != policy.str("id") || clock["due_at"] != waiting["due_at"] {
		t.Errorf("the clock: %v", clock)
	}
	path := "/api/v1/conversations/" + waiting["id"].(string)
	why := h.root.want(200, "GET", path+"/clocks/first_response/why", nil)
	if why.str("schedule_name") != "Always" || why.body["clock"].(object)["policy_name"] != "Gold" || len(why.body["spans"].([]any)) == 0 {
		t.Errorf("why: %s", why.raw)
	}
	h.root.want(404, "GET", path+"/clocks/resolution/why", nil)

	if waiting["assignee_id"] != nil {
		t.Errorf("given to who is offline: %v", waiting["assignee_id"])
	}
	ann.want(200, "PATCH", "/api/v1/agents/"+me, object{"presence": "online"})
	h.root.eventually(path, func(a answer) bool { return a.str("assignee_id") == me })
	told := h.root.want(200, "GET", path+"/timeline", nil)
	var reasons []string
	for _, i := range told.items() {
		if i["type"] == "routing" {
			reasons = append(reasons, i["data"].(object)["reason"].(string))
		}
	}
	if last := len(reasons) - 1; last < 0 || reasons[last] != "even_turns" {
		t.Errorf("the timeline tells %v", reasons)
	}
	board := h.root.want(200, "GET", "/api/v1/routing/board", nil)
	for _, a := range board.body["agents"].([]any) {
		if a := a.(object); a["agent_id"] == me && (a["load"] != 1.0 || a["presence"] != "online") {
			t.Errorf("the board: %v", a)
		}
	}
	h.root.want(200, "PUT", "/api/v1/routing/weights", object{"weights": object{"webchat": 2}})
	if a := h.root.want(422, "PUT", "/api/v1/routing/weights", object{"weights": object{"webchat": 200}}); a.field() != "body.weights.webchat" {
		t.Errorf("too heavy: %s", a.raw)
	}
	absence := h.root.want(201, "POST", "/api/v1/absences", object{"agent_id": me, "from": time.Now().Add(time.Hour), "to": time.Now().Add(2 * time.Hour)})
	h.root.want(204, "DELETE", "/api/v1/absences/"+absence.str("id"), nil)
	h.root.want(204, "DELETE", "/api/v1/sla-policies/"+policy.str("id"), nil)
	ann.want(204, "POST", path+"/claim", nil) // it is hers already
}

// week is every day, all day.
func week() (out []object) {
	for _, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		out = append(out, object{"day": day, "from": "00:00", "to": "24:00"})
	}
	return out
}
