package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/web/rest"
	"parley/web/rules"
)

// greet is a trigger that greets whoever asks for a price.
func greet() object {
	return object{
		"name": "Greet", "enabled": true, "event": "message.received",
		"conditions": object{"all": []object{{"field": "message.text", "op": "contains", "value": "price"}, {"not": object{"field": "contact.known", "op": "equals", "value": true}}}},
		"actions":    []object{{"type": "reply", "text": `Hello, {{ contact.name | default: "friend" }}`}, {"type": "add_label", "label_id": "30"}},
	}
}

func TestTriggers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		made := o.as("lea", "POST", "/triggers", greet(), 201)
		at := "/triggers/" + made["id"].(string)
		if made["enabled"] != true || made["position"] != 1.0 || made["after"] != nil || made["problem"] != "" || made["webhook_secret"] != "" {
			t.Errorf("made %v", made)
		}
		if got := fmt.Sprint(made["conditions"]); !strings.Contains(got, "price") || !strings.Contains(got, "not") {
			t.Errorf("the condition is %s", got)
		}
		timer := o.as("ada", "PATCH", at, object{"event": "timer", "after": object{"minutes": 15, "since": "last_inbound"}}, 200)
		if fmt.Sprint(timer["after"]) != "map[minutes:15 since:last_inbound]" || timer["name"] != "Greet" {
			t.Errorf("changed to %v", timer)
		}
		calls := o.as("ada", "PATCH", at, object{"event": "message.sent", "actions": []object{{"type": "webhook", "url": "https://example.com/x"}}}, 200)
		if calls["after"] != nil || calls["webhook_secret"] != "secret of "+made["id"].(string) {
			t.Errorf("changed to %v", calls)
		}
		if list := items(o.as("lea", "GET", "/triggers", nil, 200)); len(list) != 1 {
			t.Errorf("%d triggers", len(list))
		}
		o.as("tom", "GET", "/triggers", nil, 403)
		o.as("tom", "POST", "/triggers", greet(), 403)
		o.as("ada", "DELETE", at, nil, 204)
		o.as("ada", "GET", at, nil, 404)
	})
}

func TestTriggerIsRefusedWhereItIsWrong(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		cases := map[string]struct {
			change object
			at     string
		}{
			"no name":             {object{"name": " "}, "body.name"},
			"unknown event":       {object{"event": "full.moon"}, "body.event"},
			"timer without clock": {object{"event": "timer"}, "body.after.minutes"},
			"deleted field":       {object{"conditions": object{"all": []object{{"field": "contact.shoe", "op": "equals", "value": "9"}}}}, "body.conditions.all[0].field"},
			"wrong comparison":    {object{"conditions": object{"not": object{"any": []object{{"field": "contact.known", "op": "contains", "value": true}}}}}, "body.conditions.not.any[0].op"},
			"value missing":       {object{"conditions": object{"all": []object{{"any": []object{{"field": "message.text", "op": "contains"}}}}}}, "body.conditions.all[0].any[0].value"},
			"no such hours":       {object{"conditions": object{"field": "time.now", "op": "within_hours", "value": "99"}}, "body.conditions.value"},
			"nothing to do":       {object{"actions": []object{}}, "body.actions"},
			"unknown variable":    {object{"actions": []object{{"type": "note", "text": "{{ contact.shoe }}"}}}, "body.actions[0].text"},
			"no such label":       {object{"actions": []object{{"type": "create_lead"}, {"type": "add_label", "label_id": "31"}}}, "body.actions[1].label_id"},
			"no such team":        {object{"actions": []object{{"type": "assign", "team_id": "12"}}}, "body.actions[0].team_id"},
		}
		for name, c := range cases {
			body := greet()
			for k, v := range c.change {
				body[k] = v
			}
			if got := wrong(o.as("ada", "POST", "/triggers", body, 422)); got[c.at] == "" {
				t.Errorf("%s: %v, want something at %s", name, got, c.at)
			}
		}
		if list := items(o.as("ada", "GET", "/triggers", nil, 200)); len(list) != 0 {
			t.Errorf("%d triggers were stored", len(list))
		}
	})
}

func TestDryRunTellsAndChangesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		talk := o.says("Anna", "what is the price?")
		o.says("Boris", "hello")
		out := o.as("ada", "POST", "/triggers/dry-run", object{"trigger": greet()}, 200)
		if out["looked"] != 2.0 || out["matched"] != 1.0 || out["more"] != false {
			t.Fatalf("dry run: %v", out)
		}
		for _, x := range out["trials"].([]any) {
			trial := x.(object)
			if trial["matched"] != (trial["contact"] == "Anna") {
				t.Errorf("trial %v", trial)
			}
			if trial["contact"] != "Anna" {
				continue
			}
			if trial["text"] != "what is the price?" || trial["conversation_id"] != fmt.Sprint(int64(talk)) {
				t.Errorf("trial %v", trial)
			}
			if step := trial["steps"].([]any)[0].(object); step["detail"] != "Hello, Anna" || step["outcome"] != "" {
				t.Errorf("step %v", step)
			}
		}
		if runs := items(o.as("ada", "GET", fmt.Sprintf("/conversations/%d/runs", talk), nil, 200)); len(runs) != 0 {
			t.Errorf("runs %v", runs)
		}
		if bad := wrong(o.as("ada", "POST", "/triggers/dry-run", object{"days": 400, "trigger": object{"name": "x", "event": "message.sent", "actions": []object{}}}, 422)); len(bad) < 2 {
			t.Errorf("refused with %v", bad)
		}
		// One that is stored is tried without being named again, and over a week.
		made := o.as("ada", "POST", "/triggers", greet(), 201)
		if again := o.as("lea", "POST", "/triggers/"+made["id"].(string)+"/dry-run", nil, 200); again["looked"] != 0.0 {
			t.Errorf("a lead sees what is of no team of hers: %v", again)
		}
	})
}

func TestRunsSayWhy(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		made := o.as("ada", "POST", "/triggers", greet(), 201)
		talk := o.says("Anna", "what is the price?")
		runs := items(o.as("ada", "GET", "/triggers/"+made["id"].(string)+"/runs", nil, 200))
		if len(runs) != 1 || runs[0]["outcome"] != "done" || runs[0]["conversation_id"] != fmt.Sprint(int64(talk)) || runs[0]["depth"] != 0.0 {
			t.Fatalf("runs %v", runs)
		}
		why := runs[0]["why"].(object)
		if why["holds"] != true || why["group"] != "all" || why["parts"].([]any)[0].(object)["found"] != "what is the price?" {
			t.Errorf("why %v", why)
		}
		if steps := runs[0]["steps"].([]any); len(steps) != 2 || steps[0].(object)["detail"] != "Hello, Anna" {
			t.Errorf("steps %v", steps)
		}
		one := "/trigger-runs/" + runs[0]["id"].(string)
		o.as("ada", "GET", one, nil, 200)
		o.as("tom", "GET", one, nil, 404) // it is of no team of his
		o.as("tom", "GET", fmt.Sprintf("/conversations/%d/runs", talk), nil, 404)
	})
}

func TestWebhooks(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		o.hooks = []rules.Webhook{{ID: rest.ID("7"), State: "failed", Error: "500", Tries: 12}, {ID: rest.ID("8"), State: "waiting"}}
		page := o.as("lea", "GET", "/triggers/5/webhooks?limit=1", nil, 200)
		if list := items(page); len(list) != 1 || list[0]["error"] != "500" || page["next"] != "more" {
			t.Errorf("page %v", page)
		}
		if again := o.as("ada", "POST", "/trigger-webhooks/7/replay", nil, 200); again["state"] != "waiting" {
			t.Errorf("replayed %v", again)
		}
		for _, id := range []string{"7", "8", "9"} {
			if p := o.as("ada", "POST", "/trigger-webhooks/"+id+"/replay", nil, 409); p["code"] != "webhook_not_settled" {
				t.Errorf("%s: %v", id, p)
			}
		}
		o.as("tom", "POST", "/trigger-webhooks/7/replay", nil, 403)
	})
}

func TestVocabulary(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		for who, want := range map[string]string{"ada": "Now", "lea": "Сейчас", "tom": "Now"} {
			v := o.as(who, "GET", "/triggers/vocabulary", nil, 200)
			fields := v["fields"].([]any)
			last := fields[len(fields)-1].(object)
			if last["label"] != want || last["type"] != "time" || fmt.Sprint(last["options"]) != "[]" {
				t.Errorf("%s: %v", who, last)
			}
			for _, name := range []string{"events", "actions", "variables"} {
				if list, _ := v[name].([]any); len(list) == 0 {
					t.Errorf("%s gets no %s", who, name)
				}
			}
		}
	})
}
