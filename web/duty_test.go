package web_test

import (
	"testing"
	"time"

	"parley/internal/auth"
)

// TestWhoIsOnDuty asks who would be next and what waits, leaves the desk and comes back,
// and changes a promise, a team's hours and a deputy by parts.
func TestWhoIsOnDuty(t *testing.T) {
	t.Parallel()
	h := boot(t)
	ann, bob := h.agent(auth.NewAgent{Role: auth.RoleAgent}), h.agent(auth.NewAgent{Role: auth.RoleAgent})
	id := func(c *caller) string {
		return c.want(200, "GET", "/api/v1/session", nil).body["agent"].(object)["id"].(string)
	}
	me := id(ann)
	schedule := h.root.want(201, "POST", "/api/v1/schedules", object{"name": "Always", "time_zone": "UTC", "intervals": week()})
	team := h.root.want(201, "POST", "/api/v1/teams", object{"name": "Duty", "member_ids": []string{me}, "strategy": "least_busy", "schedule_id": schedule.str("id")})
	if team.str("schedule_id") != schedule.str("id") {
		t.Errorf("the team: %s", team.raw)
	}
	if a := h.root.want(422, "PATCH", "/api/v1/teams/"+team.str("id"), object{"schedule_id": "4711"}); a.field() != "body.schedule_id" {
		t.Errorf("hours that there are none of: %s", a.raw)
	}
	h.root.want(409, "DELETE", "/api/v1/schedules/"+schedule.str("id"), nil)

	next := func() answer { return ann.want(200, "GET", "/api/v1/teams/"+team.str("id")+"/next", nil) }
	if a := next(); a.body["agent_id"] != nil || a.str("reason") != "nobody" || a.body["passed"].([]any)[0].(object)["reason"] != "offline" {
		t.Errorf("next with nobody there: %s", a.raw)
	}
	ann.want(200, "PATCH", "/api/v1/agents/"+me, object{"presence": "online"})
	if a := next(); a.str("agent_id") != me || a.str("reason") != "least_busy" {
		t.Errorf("next: %s", a.raw)
	}
	for _, step := range []struct {
		idle bool
		want string
	}{{true, "away"}, {false, "online"}} {
		ann.want(204, "POST", "/api/v1/presence/idle", object{"idle": step.idle})
		if a := ann.want(200, "GET", "/api/v1/agents/"+me, nil); a.str("presence") != step.want {
			t.Errorf("idle %t: %s", step.idle, a.str("presence"))
		}
	}
	board := h.root.want(200, "GET", "/api/v1/routing/board", nil)
	if list := board.body["teams"].([]any); len(list) != 2 || list[1].(object)["team_id"] != team.str("id") || list[1].(object)["works"] != true || list[1].(object)["waiting"] != 0.0 {
		t.Errorf("what waits: %v", list)
	}

	policy := h.root.want(201, "POST", "/api/v1/sla-policies", object{"name": "Gold", "resolution_minutes": 60, "pause_on": []string{"answered"}})
	if list := policy.body["pause_on"].([]any); len(list) != 1 || list[0] != "answered" {
		t.Errorf("stops for %v", list)
	}
	if a := h.root.want(422, "PATCH", "/api/v1/sla-policies/"+policy.str("id"), object{"pause_on": []string{"rain"}}); a.field() != "body.pause_on[0]" {
		t.Errorf("stops for rain: %s", a.raw)
	}

	absence := h.root.want(201, "POST", "/api/v1/absences", object{"agent_id": me, "from": time.Now().Add(time.Hour), "to": time.Now().Add(2 * time.Hour)})
	path := "/api/v1/absences/" + absence.str("id")
	if a := h.root.want(200, "PATCH", path, object{"deputy_id": id(bob)}); a.str("deputy_id") != id(bob) || a.str("to") != absence.str("to") {
		t.Errorf("with a deputy: %s", a.raw)
	}
	if a := h.root.want(422, "PATCH", path, object{"deputy_id": me}); a.field() != "body.deputy_id" {
		t.Errorf("in for themselves: %s", a.raw)
	}
}
