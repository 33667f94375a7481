package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestContacts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		mine, theirs := o.talk("Алёна", team, 0, 1), o.talk("Boris", 11, 0, 1)
		p := o.as("tom", "POST", "/contacts", object{"name": "  Nina   Petrova ", "identities": []object{
			{"scope": "email", "address": "Nina@Example.com"}, {"scope": "phone", "address": "8 (900) 123-45-67"}}, "fields": object{"size": 42}}, 201)
		if p["name"] != "Nina Petrova" || !strings.Contains(fmt.Sprint(p["identities"]), "nina@example.com") || !strings.Contains(fmt.Sprint(p["identities"]), "+79001234567") ||
			p["company_id"] != nil || fmt.Sprint(p["labels"]) != "[]" {
			t.Errorf("made %v", p)
		}
		at := "/contacts/" + p["id"].(string)
		for q, want := range map[string]int{"nina": 1, "алена": 1, "NINA@": 1, "8900": 1, "+7 900": 1, "boris": 0, "": 2} {
			list := o.as("tom", "GET", "/contacts?q="+strings.NewReplacer("+", "%2B", " ", "%20").Replace(q), nil, 200)
			if got := items(list); len(got) != want {
				t.Errorf("%q finds %d, want %d: %v", q, len(got), want, got)
			}
		}
		if got := items(o.as("olga", "GET", "/contacts", nil, 200)); len(got) != 0 {
			t.Errorf("olga sees %v", got)
		}
		o.as("olga", "GET", at, nil, 404)
		o.as("tom", "GET", path("/contacts/%d", theirs.ContactID), nil, 404)
		o.as("tom", "PATCH", path("/contacts/%d", theirs.ContactID), object{"name": "X"}, 404)
		taken := o.as("tom", "PATCH", at, object{"identities": []object{{"scope": "email", "address": "алёна@example.com"}}}, 422)
		if !strings.Contains(fmt.Sprint(taken["errors"]), "body.identities[0].address") {
			t.Errorf("taken: %v", taken)
		}
		p = o.as("tom", "PATCH", at, object{"owner_id": "3", "identities": []object{{"scope": "email", "address": "nina@example.com"}}, "fields": object{"size": nil, "hat": "red"}}, 200)
		if p["owner_id"] != "3" || len(p["identities"].([]any)) != 1 || fmt.Sprint(p["fields"]) != "map[hat:red]" {
			t.Errorf("patched %v", p)
		}
		o.as("olga", "GET", at, nil, 200) // hers now
		if got := o.as("tom", "DELETE", path("/contacts/%d", mine.ContactID), nil, 409); got["code"] != "contact_in_use" {
			t.Errorf("deleted with conversations: %v", got)
		}
		if got := o.as("tom", "PATCH", path("/contacts/%d", mine.ContactID), object{"identities": []object{}}, 409); got["code"] != "identity_in_use" {
			t.Errorf("address taken away: %v", got)
		}
		// Who went by another list is told that it has changed, not what is wrong with taking away what they never saw.
		unseen := object{"identities": []object{}, "was": object{"identities": []object{{"scope": "phone", "address": "+79001234567"}}}}
		if got := o.as("tom", "PATCH", path("/contacts/%d", mine.ContactID), unseen, 409); got["code"] != "field_changed" {
			t.Errorf("who never saw the address is told %v", got["code"])
		}
		o.as("tom", "PATCH", path("/contacts/%d", mine.ContactID), object{"name": "Алёна Львовна"}, 200)
		if got := o.raw("tom", "GET", path("/conversations/%d/timeline", mine.ID), nil, 200); !strings.Contains(string(got), `"type":"contact"`) {
			t.Errorf("the timeline says nothing of the new name: %s", got)
		}
		o.as("tom", "DELETE", at, nil, 204)
		o.as("tom", "GET", at, nil, 404)
		first := o.as("ada", "GET", "/contacts?limit=1", nil, 200)
		second := o.as("ada", "GET", "/contacts?limit=1&cursor="+strings.ReplaceAll(first["next"].(string), " ", "%20"), nil, 200)
		if items(first)[0]["name"] != "Boris" || items(second)[0]["name"] != "Алёна Львовна" || second["next"] != "" {
			t.Errorf("pages %v and %v", first, second)
		}
	})
}

func TestLeads(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		c := o.talk("Anna", team, 0, 1)
		o.talk("Boris", 11, 0, 1)
		if got := o.raw("tom", "GET", "/pipelines", nil, 200); !strings.HasPrefix(string(got), `[{"id":"1"`) {
			t.Errorf("pipelines are %s", got)
		}
		list := items(o.as("tom", "GET", "/leads", nil, 200))
		if len(list) != 1 || list[0]["contact_name"] != "Anna" || list[0]["conversation_id"] != fmt.Sprint(int64(c.ID)) || list[0]["owner_id"] != nil || fmt.Sprint(list[0]["utm"]) != "map[]" {
			t.Fatalf("leads are %v", list)
		}
		at := path("/leads/%d", c.LeadID)
		o.as("olga", "GET", at, nil, 404)
		o.as("olga", "PATCH", at, object{"source": "x"}, 404)
		if got := o.as("tom", "PATCH", at, object{"status": "lost"}, 422); !strings.Contains(fmt.Sprint(got["errors"]), "body.lost_reason") {
			t.Errorf("lost without a reason: %v", got)
		}
		l := o.as("tom", "PATCH", at, object{"stage_id": "2", "owner_id": "2"}, 200)
		if l["stage_id"] != "2" || l["owner_id"] != "2" || l["status"] != "open" {
			t.Errorf("moved on: %v", l)
		}
		l = o.as("tom", "PATCH", at, object{"status": "lost", "lost_reason": "Too dear"}, 200)
		if l["stage_id"] != "5" || l["lost_reason"] != "Too dear" {
			t.Errorf("lost: %v", l)
		}
		if got := o.as("tom", "POST", at+"/convert", nil, 409); got["code"] != "lead_closed" {
			t.Errorf("converted a lost one: %v", got)
		}
		second := o.as("tom", "POST", "/leads", object{"conversation_id": fmt.Sprint(int64(c.ID)), "source": "phone"}, 201)
		if second["contact_name"] != "Anna" || second["stage_id"] != "1" || second["owner_id"] != "2" {
			t.Errorf("made %v", second)
		}
		if got := o.as("tom", "PATCH", at, object{"status": "open"}, 409); got["code"] != "lead_open" {
			t.Errorf("two open ones: %v", got)
		}
		o.as("tom", "POST", "/leads", object{"contact_id": fmt.Sprint(int64(c.ContactID))}, 409)
		o.as("tom", "POST", "/leads", object{"contact_id": "77777"}, 422)
		l = o.as("tom", "POST", "/leads/"+second["id"].(string)+"/convert", nil, 200)
		if l["status"] != "converted" || l["stage_id"] != "4" {
			t.Errorf("converted: %v", l)
		}
		o.as("tom", "POST", "/leads/"+second["id"].(string)+"/convert", nil, 200)
		if got := items(o.as("tom", "GET", "/leads?status=lost,converted&limit=1", nil, 200)); len(got) != 1 || got[0]["id"] != second["id"] {
			t.Errorf("newest closed lead: %v", got)
		}
		timeline := string(o.raw("tom", "GET", path("/conversations/%d/timeline", c.ID), nil, 200))
		if !strings.Contains(timeline, `"lost_reason":"Too dear"`) || !strings.Contains(timeline, `"name":"Tom"`) {
			t.Errorf("timeline is %s", timeline)
		}
	})
}

func TestRequests(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		c := o.talk("Anna", team, 0, 1)
		other := o.talk("Boris", 11, 0, 1)
		at := path("/requests/%d", c.RequestID)
		r := o.as("tom", "PATCH", at, object{"priority": "urgent", "owner_id": "2", "due_at": "2026-03-02T10:00:00+03:00", "fields": object{"order": "17"}}, 200)
		if r["priority"] != "urgent" || r["due_at"] != "2026-03-02T07:00:00Z" || r["owner_id"] != "2" || r["contact_name"] != "Anna" {
			t.Errorf("patched %v", r)
		}
		if r = o.as("tom", "PATCH", at, object{"status": "resolved", "due_at": nil}, 200); r["resolved_at"] == nil || r["due_at"] != nil {
			t.Errorf("resolved %v", r)
		}
		o.as("tom", "GET", path("/requests/%d", other.RequestID), nil, 404)
		o.as("tom", "PATCH", path("/requests/%d", other.RequestID), object{"status": "closed"}, 404)
		if got := items(o.as("tom", "GET", "/requests?status=open", nil, 200)); len(got) != 0 {
			t.Errorf("open ones: %v", got)
		}
		made := o.as("tom", "POST", "/requests", object{"conversation_id": fmt.Sprint(int64(c.ID)), "type": "claim", "subject": "A hat"}, 201)
		if made["type"] != "claim" || made["number"].(float64) < 1 || made["team_id"] != "10" || made["status"] != "open" {
			t.Errorf("made %v", made)
		}
		if r = o.as("tom", "PATCH", "/requests/"+made["id"].(string), object{"team_id": "11"}, 422); !strings.Contains(fmt.Sprint(r["errors"]), "body.team_id") {
			t.Errorf("unknown team: %v", r)
		}
		o.as("tom", "POST", "/requests", object{"conversation_id": fmt.Sprint(int64(other.ID))}, 422)
		if got := items(o.as("ada", "GET", "/requests", nil, 200)); len(got) != 3 {
			t.Errorf("ada sees %v", got)
		}
	})
}

// TestBoards counts what stands in each column, as far as one may see it.
func TestBoards(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		anna := o.talk("Anna", team, 0, 1)
		o.talk("Boris", 11, 0, 1)
		o.talk("Clara", team, 0, 1)
		o.as("tom", "PATCH", path("/leads/%d", anna.LeadID), object{"stage_id": "2"}, 200)
		o.as("tom", "PATCH", path("/requests/%d", anna.RequestID), object{"status": "pending"}, 200)
		for who, want := range map[string]string{"ada": "map[1:2 2:1 3:0 4:0 5:0]", "tom": "map[1:1 2:1 3:0 4:0 5:0]", "olga": "map[1:0 2:0 3:0 4:0 5:0]"} {
			if got := o.as(who, "GET", "/leads/counts", nil, 200); fmt.Sprint(got["stages"]) != want {
				t.Errorf("%s counts %v, want %s", who, got, want)
			}
		}
		if got := o.as("tom", "GET", "/requests/counts", nil, 200); fmt.Sprint(got["statuses"]) != "map[closed:0 open:1 pending:1 resolved:0]" {
			t.Errorf("requests are %v", got)
		}
		if got := items(o.as("ada", "GET", "/leads?stage=2", nil, 200)); len(got) != 1 || got[0]["contact_name"] != "Anna" {
			t.Errorf("the column holds %v", got)
		}
	})
}
