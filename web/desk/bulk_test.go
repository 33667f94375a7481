package desk_test

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestBulk(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		a, b, hidden := o.talk("Anna", team, 0, 1), o.talk("Boris", team, 0, 1), o.talk("Clara", 11, 0, 1)
		one := o.as("ada", "POST", "/labels", object{"name": "one", "color": ""}, 201)["id"]
		two := o.as("ada", "POST", "/labels", object{"name": "two", "color": ""}, 201)["id"]
		at := func(id any) object { return o.as("ada", "GET", path("/conversations/%v", id), nil, 200) }
		o.as("tom", "PATCH", path("/conversations/%d", a.ID), object{"labels": []any{one}}, 200)
		was := map[string]object{"a": at(a.ID), "b": at(b.ID)}

		got := o.as("tom", "POST", "/conversations/bulk", object{"changes": []object{{
			"ids": []string{fmt.Sprint(a.ID), fmt.Sprint(hidden.ID), fmt.Sprint(b.ID)}, "assignee_id": "2", "priority": "high", "add_labels": []any{two}, "status": "closed",
		}}}, 200)
		if failed := got["failed"].([]any); len(got["items"].([]any)) != 2 || len(failed) != 1 || failed[0].(object)["code"] != "conversation_not_found" || failed[0].(object)["detail"] == "" {
			t.Fatalf("changed %v", got)
		}
		if c := at(a.ID); c["status"] != "closed" || c["assignee_id"] != "2" || c["priority"] != "high" || len(c["labels"].([]any)) != 2 || c["unanswered"] != false {
			t.Errorf("the first is %v", c)
		}
		if c := at(hidden.ID); c["status"] != "open" {
			t.Errorf("the hidden one is %v", c)
		}
		// Taken back in one call, each to what it was.
		var back []object
		for name, id := range map[string]any{"a": a.ID, "b": b.ID} {
			w := was[name]
			back = append(back, object{"ids": []string{fmt.Sprint(id)}, "status": w["status"], "assignee_id": w["assignee_id"], "priority": w["priority"], "labels": w["labels"], "unanswered": w["unanswered"]})
		}
		if got := o.as("tom", "POST", "/conversations/bulk", object{"changes": back}, 200); len(got["failed"].([]any)) != 0 {
			t.Fatalf("taken back: %v", got)
		}
		for name, id := range map[string]any{"a": a.ID, "b": b.ID} {
			c := at(id)
			for _, field := range []string{"status", "assignee_id", "priority", "labels", "unanswered", "waiting_since"} {
				if fmt.Sprint(c[field]) != fmt.Sprint(was[name][field]) {
					t.Errorf("%s of %s is %v, was %v", field, name, c[field], was[name][field])
				}
			}
		}
		snoozed := o.as("tom", "POST", "/conversations/bulk", object{"changes": []object{{"ids": []string{fmt.Sprint(b.ID)}, "status": "snoozed", "snoozed_until": o.now.Add(time.Hour), "remove_labels": []any{one}}}}, 200)
		if c := at(b.ID); c["status"] != "snoozed" {
			t.Errorf("snoozed %v, %v", c, snoozed)
		}
		ids := make([]string, 201)
		for n := range ids {
			ids[n] = fmt.Sprint(n + 1)
		}
		o.as("tom", "POST", "/conversations/bulk", object{"changes": []object{{"ids": ids[:100], "priority": "low"}, {"ids": ids[100:], "priority": "low"}}}, 422)
		o.as("olga", "POST", "/conversations/bulk", object{"changes": []object{{"ids": []string{fmt.Sprint(a.ID)}, "priority": "low"}}}, 200)
		if c := at(a.ID); c["priority"] != "normal" {
			t.Errorf("a stranger changed %v", c)
		}
	})
}
