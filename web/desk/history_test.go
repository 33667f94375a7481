package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// told is a history as one line of text per change: who, which field, from what to what.
func (o *office) told(as, at string) []string {
	o.t.Helper()
	var out []string
	cursor := ""
	for {
		page := o.as(as, "GET", at+"/history?limit=2&cursor="+cursor, nil, 200)
		for _, x := range items(page) {
			from, to := x["from"], x["to"]
			if n, _ := x["from_name"].(string); n != "" {
				from = n
			}
			if n, _ := x["to_name"].(string); n != "" {
				to = n
			}
			of, _ := x["of_name"].(string)
			out = append(out, strings.TrimSpace(fmt.Sprint(x["cause"].(map[string]any)["name"], " ", x["field"], ": ", from, " > ", to, " ", of)))
		}
		if cursor, _ = page["next"].(string); cursor == "" {
			return out
		}
	}
}

func (o *office) tells(as, at string, want ...string) {
	o.t.Helper()
	if got := o.told(as, at); strings.Join(got, "\n") != strings.Join(want, "\n") {
		o.t.Errorf("the history of %s is\n%s\nwant\n%s", at, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestHistoryOfAContact tells every field, by whom and in words, over a merge and back.
func TestHistoryOfAContact(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		made := func(name, mail string) (string, string) {
			p := o.as("tom", "POST", "/contacts", object{"name": name, "identities": []object{{"scope": "email", "address": mail}}}, 201)
			return p["id"].(string), "/contacts/" + p["id"].(string)
		}
		_, anna := made("Anna", "anna@example.com")
		o.as("tom", "PATCH", anna, object{"name": "Anna Lee", "owner_id": "3", "language": "ru", "fields": object{"size": 42}}, 200)
		o.as("ada", "PATCH", anna, object{"owner_id": nil, "fields": object{"size": nil}, "identities": []object{{"scope": "phone", "address": "+79001234567"}}}, 200)
		own := []string{
			"Ada identity: <nil> > map[address:+79001234567 scope:phone]",
			"Ada fields.size: 42 > <nil>",
			"Ada owner_id: Olga > <nil>",
			"Ada identity: map[address:anna@example.com scope:email] > <nil>",
			"Tom fields.size: <nil> > 42",
			"Tom language: <nil> > ru",
			"Tom owner_id: <nil> > Olga",
			"Tom name: Anna > Anna Lee",
			"Tom created: <nil> > <nil>",
		}
		o.tells("tom", anna, own...)
		o.as("olga", "GET", anna+"/history", nil, 404)
		o.as("tom", "PATCH", anna, object{"name": "Anna Lee"}, 200)
		o.tells("tom", anna, own...)

		other, nina := made("Nina", "nina@example.com")
		o.as("ada", "PATCH", nina, object{"language": "en"}, 200)
		merge := o.as("ada", "POST", anna+"/merge", object{"contact_id": other}, 200)["merge_id"]
		both := append([]string{"Ada merged: <nil> > Nina", "Ada language: <nil> > en Nina", "Tom created: <nil> > <nil> Nina"}, own...)
		o.tells("tom", anna, both...)
		o.tells("tom", nina, both...)
		o.as("ada", "POST", "/contacts/unmerge", object{"merge_id": merge}, 200)
		o.tells("tom", anna, append([]string{"Ada merged: Nina > <nil>", "Ada merged: <nil> > Nina"}, own...)...)
		o.tells("tom", nina, "Ada language: <nil> > en", "Tom created: <nil> > <nil>")
	})
}

// TestHistoryNamesWhomOneSees alone: who was taken out of a contact again may be another team's.
func TestHistoryNamesWhomOneSees(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		mine, theirs, third := o.talk("Anna", team, 0, 1), o.talk("Boris", 11, 0, 1), o.talk("Vera", 11, 0, 1)
		anna, boris := path("/contacts/%d", mine.ContactID), path("/contacts/%d", theirs.ContactID)
		id := fmt.Sprint(int64(theirs.ContactID))
		merge := o.as("ada", "POST", anna+"/merge", object{"contact_id": id}, 200)["merge_id"]
		o.tells("tom", anna, "Ada merged: <nil> > Boris")
		o.as("ada", "POST", "/contacts/unmerge", object{"merge_id": merge}, 200)
		o.as("tom", "GET", boris, nil, 404)
		o.tells("tom", anna, "Ada merged: "+id+" > <nil>", "Ada merged: <nil> > "+id)
		o.tells("ada", anna, "Ada merged: Boris > <nil>", "Ada merged: <nil> > Boris")
		// Part of somebody whom one does not see, and with no conversation left of their own.
		o.as("ada", "POST", path("/contacts/%d/merge", third.ContactID), object{"contact_id": id}, 200)
		o.tells("tom", anna, "Ada merged: "+id+" > <nil>", "Ada merged: <nil> > "+id)
	})
}

// TestHistoryOfWork tells what became of leads and requests.
func TestHistoryOfWork(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		c, theirs := o.talk("Anna", team, 0, 1), o.talk("Boris", 11, 0, 1)
		lead, request := path("/leads/%d", c.LeadID), path("/requests/%d", c.RequestID)
		stages := o.as("tom", "GET", lead, nil, 200)
		o.as("tom", "PATCH", lead, object{"score": 70, "campaign": "Spring", "utm": object{"source": "ads"}, "owner_id": "3"}, 200)
		o.as("ada", "PATCH", lead, object{"status": "lost", "lost_reason": "Too dear"}, 200)
		got := strings.Join(o.told("tom", lead), "\n")
		for _, want := range []string{"Tom score: 0 > 70", "Tom campaign: <nil> > Spring", "Tom utm.source: <nil> > ads", "Tom owner_id: <nil> > Olga", "Ada status: open > lost", "Ada lost_reason: <nil> > Too dear"} {
			if !strings.Contains(got, want) {
				t.Errorf("%q is not told of a lead (%v):\n%s", want, stages["stage_id"], got)
			}
		}
		o.as("tom", "PATCH", request, object{"type": "claim", "category": "Delivery", "priority": "high", "team_id": nil, "due_at": "2026-11-22T18:00:00Z", "subject": "Late", "resolution": "Sent again", "status": "resolved", "fields": object{"order": "A-7"}}, 200)
		got = strings.Join(o.told("tom", request), "\n")
		for _, want := range []string{
			"Tom type: question > claim", "Tom category: <nil> > Delivery", "Tom priority: normal > high", "Tom team_id: Sales > <nil>", "Tom due_at: <nil> > 2026-11-22T18:00:00Z",
			"Tom subject: <nil> > Late", "Tom resolution: <nil> > Sent again", "Tom status: open > resolved", "Tom fields.order: <nil> > A-7",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%q is not told of a request:\n%s", want, got)
			}
		}
		o.as("tom", "GET", path("/leads/%d/history", theirs.LeadID), nil, 404)
		o.as("tom", "GET", path("/requests/%d/history", theirs.RequestID), nil, 404)
		o.as("tom", "PATCH", lead, object{"score": 101}, 422)
		o.as("tom", "GET", request+"/history?cursor=x", nil, 422)
	})
}

// TestChecklist adds, ticks, moves and removes steps, each of which can be undone.
func TestChecklist(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		c, theirs := o.talk("Anna", team, 0, 1), o.talk("Boris", 11, 0, 1)
		at := path("/requests/%d/checklist", c.RequestID)
		steps := func(r object) (texts string, ids []string) {
			for _, x := range r["checklist"].([]any) {
				s := x.(map[string]any)
				mark := ""
				if s["done"] == true {
					mark = fmt.Sprint("+", s["done_by"])
				}
				texts += s["text"].(string) + mark + " "
				ids = append(ids, s["id"].(string))
			}
			return strings.TrimSpace(texts), ids
		}
		is := func(r object, want string) []string {
			t.Helper()
			got, ids := steps(r)
			if got != want {
				t.Errorf("the checklist is %q, want %q", got, want)
			}
			return ids
		}
		o.as("tom", "POST", at, object{"text": " call "}, 201)
		o.as("tom", "POST", at, object{"text": "ship"}, 201)
		ids := is(o.as("tom", "POST", at, object{"text": "ask", "position": 0}, 201), "ask call ship")
		is(o.as("tom", "PATCH", at+"/"+ids[1], object{"done": true}, 200), "ask call+2 ship")
		is(o.as("tom", "PATCH", at+"/"+ids[1], object{"position": 9, "text": "ring"}, 200), "ask ship ring+2")
		is(o.as("tom", "PATCH", at+"/"+ids[1], object{"done": false, "position": 1}, 200), "ask ring ship")
		is(o.as("tom", "DELETE", at+"/"+ids[0], nil, 200), "ring ship")
		is(o.as("tom", "GET", path("/requests/%d", c.RequestID), nil, 200), "ring ship")
		o.as("tom", "PATCH", at+"/"+ids[0], object{"done": true}, 404)
		o.as("tom", "POST", at, object{"text": "  "}, 422)
		o.as("tom", "POST", path("/requests/%d/checklist", theirs.RequestID), object{"text": "x"}, 404)
		if got := o.told("tom", path("/requests/%d", c.RequestID)); len(got) != 7 || !strings.Contains(got[0], "checklist") {
			t.Errorf("its history is %q", got)
		}
	})
}
