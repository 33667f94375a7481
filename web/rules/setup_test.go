package rules_test

import (
	"fmt"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestMacros(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		act := []object{{"type": "set_priority", "priority": "urgent"}, {"type": "note", "text": "Seen by {{ account.name }}"}}
		mine := o.as("tom", "POST", "/macros", object{"name": "Mine", "actions": act}, 201)
		o.as("tom", "POST", "/macros", object{"name": "All", "scope": "all", "actions": act}, 403)
		o.as("lea", "POST", "/macros", object{"name": "Sales", "scope": "team", "team_id": "10", "actions": act}, 201)
		all := o.as("lea", "POST", "/macros", object{"name": "All", "scope": "all", "actions": act}, 201)
		for who, want := range map[string]string{"tom": "[All Mine Sales]", "lea": "[All Sales]", "ada": "[All Sales]"} {
			var names []string
			for _, m := range items(o.as(who, "GET", "/macros", nil, 200)) {
				names = append(names, m["name"].(string))
			}
			if fmt.Sprint(names) != want {
				t.Errorf("%s may use %v, want %s", who, names, want)
			}
		}
		if bad := wrong(o.as("lea", "POST", "/macros", object{"name": "", "scope": "team", "actions": []object{{"type": "wait", "minutes": 5}}}, 422)); len(bad) != 3 {
			t.Errorf("refused with %v", bad)
		}

		at := "/macros/" + mine["id"].(string)
		o.as("lea", "GET", at, nil, 404)
		o.as("tom", "PATCH", at, object{"scope": "all"}, 403)
		if m := o.as("tom", "PATCH", at, object{"name": "Mine too"}, 200); m["name"] != "Mine too" || len(m["actions"].([]any)) != 2 {
			t.Errorf("changed to %v", m)
		}
		o.as("tom", "PATCH", "/macros/"+all["id"].(string), object{"name": "Taken"}, 403)
		o.as("tom", "DELETE", "/macros/"+all["id"].(string), nil, 403)

		talk := o.says("Anna", "hello")
		apply := "/macros/" + all["id"].(string) + "/apply"
		done := o.as("ada", "POST", apply, object{"conversation_id": fmt.Sprint(int64(talk))}, 200)
		if steps := done["steps"].([]any); len(steps) != 2 || steps[1].(object)["detail"] != "Seen by Shop" || steps[0].(object)["outcome"] != "done" {
			t.Errorf("steps %v", steps)
		}
		o.as("tom", "POST", apply, object{"conversation_id": fmt.Sprint(int64(talk))}, 404) // a conversation of no team of his
		o.as("tom", "DELETE", at, nil, 204)
		o.as("tom", "GET", at, nil, 404)
	})
}

func TestSchedules(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		week := []object{{"day": "mon", "from": "09:00", "to": "13:00"}, {"day": "mon", "from": "14:00", "to": "18:00"}}
		made := o.as("lea", "POST", "/schedules", object{"name": "Shop", "time_zone": "Europe/Moscow", "intervals": week, "holidays": []object{{"date": "2026-05-09"}}}, 201)
		at := "/schedules/" + made["id"].(string)
		if len(made["intervals"].([]any)) != 2 || made["holidays"].([]any)[0].(object)["date"] != "2026-05-09" {
			t.Errorf("made %v", made)
		}
		bad := wrong(o.as("lea", "POST", "/schedules", object{
			"name": "Shop", "time_zone": "Mars/Olympus", "intervals": []object{{"day": "mon", "from": "9 o'clock", "to": "18:00"}}, "holidays": []object{{"date": "May 9"}},
		}, 422))
		for _, place := range []string{"body.time_zone", "body.intervals[0].from", "body.holidays[0].date"} {
			if bad[place] == "" {
				t.Errorf("nothing at %s in %v", place, bad)
			}
		}
		o.as("tom", "GET", at, nil, 200) // who works by them may read them
		o.as("tom", "PATCH", at, object{"name": "x"}, 403)
		if s := o.as("ada", "PATCH", at, object{"holidays": []object{}}, 200); len(s["holidays"].([]any)) != 0 || s["name"] != "Shop" {
			t.Errorf("changed to %v", s)
		}
		late := o.as("lea", "PATCH", at, object{"version": made["version"], "intervals": week[:1]}, 409)
		now, _ := late["schedule"].(object)
		if late["code"] != "schedule_changed" || now == nil || len(now["holidays"].([]any)) != 0 || len(now["intervals"].([]any)) != 2 || now["version"] == made["version"] {
			t.Errorf("what others changed meanwhile is refused with %v", late)
		}
		if s := o.as("lea", "PATCH", at, object{"version": now["version"], "intervals": week[:1]}, 200); len(s["intervals"].([]any)) != 1 || s["version"] == now["version"] {
			t.Errorf("after a look at it: %v", s)
		}

		trigger := greet()
		trigger["conditions"] = object{"field": "time.now", "op": "not_within_hours", "value": made["id"]}
		uses := o.as("ada", "POST", "/triggers", trigger, 201)
		if p := o.as("ada", "DELETE", at, nil, 409); p["code"] == "" || p["detail"] == "" {
			t.Errorf("refused with %v", p)
		}
		o.as("ada", "DELETE", "/triggers/"+uses["id"].(string), nil, 204)
		o.as("ada", "DELETE", at, nil, 204)
		if list := items(o.as("ada", "GET", "/schedules", nil, 200)); len(list) != 0 {
			t.Errorf("left %v", list)
		}
	})
}

func TestIntakeRules(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		rule := object{
			"name": "Invoices", "enabled": true, "conditions": object{"field": "message.text", "op": "contains", "value": "invoice"},
			"then": object{"team_id": "10", "assignee_id": "3", "priority": "high", "no_lead": true, "request_type": "invoice"},
		}
		made := o.as("lea", "POST", "/accounts/21/intake-rules", rule, 201)
		if made["account_id"] != "21" || fmt.Sprint(made["then"]) != fmt.Sprint(rule["then"]) {
			t.Errorf("made %v", made)
		}
		at := "/intake-rules/" + made["id"].(string)
		if r := o.as("lea", "PATCH", at, object{"enabled": false, "then": object{"ignore": true}}, 200); r["enabled"] != false || fmt.Sprint(r["then"]) != "map[ignore:true]" {
			t.Errorf("changed to %v", r)
		}
		bad := wrong(o.as("ada", "POST", "/accounts/21/intake-rules", object{
			"name": "", "conditions": object{"any": []object{{"field": "lead.status", "op": "equals", "value": "open"}}}, "then": object{"team_id": "99"},
		}, 422))
		for _, place := range []string{"body.name", "body.conditions.any[0].field", "body.then.team_id"} {
			if bad[place] == "" {
				t.Errorf("nothing at %s in %v", place, bad)
			}
		}
		if fields := items(o.as("lea", "GET", "/intake-rules/fields", nil, 200)); len(fields) == 0 || fields[0]["label"] != "Текст сообщения" {
			t.Errorf("fields %v", fields)
		}

		// What is of a channel that one does not see is not there.
		hidden := o.as("ada", "POST", "/accounts/22/intake-rules", rule, 201)
		o.as("lea", "GET", "/accounts/22/intake-rules", nil, 404)
		o.as("lea", "POST", "/accounts/22/intake-rules", rule, 404)
		for _, method := range []string{"GET", "PATCH", "DELETE"} {
			o.as("lea", method, "/intake-rules/"+hidden["id"].(string), body(method), 404)
		}
		o.as("tom", "GET", "/accounts/21/intake-rules", nil, 403)
		o.as("lea", "DELETE", at, nil, 204)
		if list := items(o.as("ada", "GET", "/accounts/21/intake-rules", nil, 200)); len(list) != 0 {
			t.Errorf("left %v", list)
		}
	})
}

// body is what a change needs and a question does not.
func body(method string) any {
	if method == "PATCH" {
		return object{}
	}
	return nil
}
