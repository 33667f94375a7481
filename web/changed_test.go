package web_test

import (
	"fmt"
	"net/http"
	"testing"
)

// TestNobodyOverwritesInSilence has two people change what is saved by whole lists, by the state that both saw.
func TestNobodyOverwritesInSilence(t *testing.T) {
	t.Parallel()
	h := boot(t)
	note := []object{{"type": "note", "text": "Look <here> & there"}}
	high := object{"all": []object{{"field": "conversation.status", "op": "in", "value": []string{"open"}}}}
	cases := []struct {
		noun, path string
		body       object
		lists      []object // one after the other, each another
	}{
		{"schedule", "/schedules", object{"name": "Shop", "time_zone": "UTC", "intervals": week()}, []object{{"holidays": []object{{"date": "2026-05-09"}}}, {"holidays": []object{}}}},
		{"team", "/teams", object{"name": "Desk"}, []object{{"timeout_seconds": 60, "order": []string{}}, {"strategy": "least_busy"}}},
		{"policy", "/sla-policies", object{"name": "Gold", "first_response_minutes": 30}, []object{{"by_priority": object{"high": object{"first_response_minutes": 5}}}, {"notify_on_breach": []string{}}}},
		{"trigger", "/triggers", object{"name": "Greet", "event": "message.received", "actions": note}, []object{{"conditions": high}, {"enabled": true}}},
		{"macro", "/macros", object{"name": "Done", "actions": note}, []object{{"actions": append(note, note...)}, {"scope": "all"}}},
		{"view", "/views", object{"name": "Open", "conditions": high}, []object{{"sort": "oldest"}, {"conditions": object{}}}},
		{"intake_rule", fmt.Sprintf("/accounts/%d/intake-rules", h.chat), object{"name": "Bills", "then": object{"no_lead": true}}, []object{{"then": object{"priority": "high"}}, {"enabled": true}}},
	}
	for _, c := range cases {
		made := h.root.want(http.StatusCreated, "POST", "/api/v1"+c.path, c.body)
		at := "/api/v1" + c.path + "/" + made.str("id")
		if c.noun == "intake_rule" {
			at = "/api/v1/intake-rules/" + made.str("id")
		}
		seen := made.body["version"]
		if read := h.root.want(http.StatusOK, "GET", at, nil).body["version"]; seen == nil || seen == 0.0 || read != seen {
			t.Errorf("%s: made as %v, read as %v", c.noun, seen, read)
		}
		first := with(c.lists[0], seen)
		now := h.root.want(http.StatusOK, "PATCH", at, first).body["version"]
		if again := h.root.want(http.StatusOK, "PATCH", at, first).body["version"]; again != now {
			t.Errorf("%s: %v is saved again, after its answer was lost, as %v", c.noun, now, again)
		}
		refused := h.root.want(http.StatusConflict, "PATCH", at, with(c.lists[1], seen))
		theirs, _ := refused.body[c.noun].(object)
		if refused.str("code") != c.noun+"_changed" || theirs == nil || theirs["version"] != now || now == seen || theirs["id"] != made.str("id") {
			t.Errorf("%s: refused with %s", c.noun, refused.raw)
			continue
		}
		if saved := h.root.want(http.StatusOK, "PATCH", at, with(c.lists[1], theirs["version"])).body["version"]; saved == now {
			t.Errorf("%s: saved over theirs it is still %v", c.noun, saved)
		}
		h.root.want(http.StatusOK, "PATCH", at, c.lists[0]) // whoever names none asks for nothing
	}
}

// with is a change that names the state it goes by.
func with(change object, version any) object {
	out := object{"version": version}
	for k, v := range change {
		out[k] = v
	}
	return out
}
