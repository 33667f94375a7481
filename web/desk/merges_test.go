package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestContactsMerge(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		anna, other, hidden := o.talk("Anna Lee", team, 0, 1), o.talk("Nina", team, 0, 1), o.talk("Boris", 11, 0, 1)
		o.as("tom", "PATCH", path("/contacts/%d", other.ContactID), object{"name": "anna lee"}, 200)
		at := path("/contacts/%d", anna.ContactID)
		duplicates := string(o.raw("tom", "GET", at+"/duplicates", nil, 200))
		if !strings.HasPrefix(duplicates, `{"items":[`) || !strings.Contains(duplicates, fmt.Sprintf(`"id":"%d"`, other.ContactID)) || !strings.Contains(duplicates, `"same_name":true`) {
			t.Errorf("duplicates are %s", duplicates)
		}
		for what, body := range map[string]object{"hidden": {"contact_id": fmt.Sprint(hidden.ContactID)}, "itself": {"contact_id": fmt.Sprint(anna.ContactID)}, "unknown": {"contact_id": "1"}} {
			if got := o.as("tom", "POST", at+"/merge", body, 422); !strings.Contains(fmt.Sprint(got["errors"]), "contact_id") {
				t.Errorf("%s: %v", what, got)
			}
		}
		o.as("olga", "POST", at+"/merge", object{"contact_id": fmt.Sprint(other.ContactID)}, 404)
		merge := o.as("tom", "POST", at+"/merge", object{"contact_id": fmt.Sprint(other.ContactID)}, 200)["merge_id"]
		if got := o.as("tom", "GET", path("/contacts/%d", other.ContactID), nil, 200); got["id"] != fmt.Sprint(anna.ContactID) || len(got["identities"].([]any)) != 2 {
			t.Errorf("the merged one is %v", got)
		}
		if got := o.as("tom", "GET", path("/conversations/%d", other.ID), nil, 200); got["contact_id"] != fmt.Sprint(anna.ContactID) || got["contact_name"] != "Anna Lee" {
			t.Errorf("its conversation is %v", got)
		}
		if got := string(o.raw("tom", "GET", at+"/merges", nil, 200)); !strings.Contains(got, `"gone_name":"anna lee"`) || !strings.Contains(got, `"by_name":"Tom"`) {
			t.Errorf("merges are %s", got)
		}
		if got := string(o.raw("tom", "GET", path("/conversations/%d/timeline", other.ID), nil, 200)); !strings.Contains(got, `"merged":"anna lee"`) {
			t.Errorf("the timeline does not say it: %s", got)
		}
		if got := items(o.as("tom", "GET", "/leads?status=lost", nil, 200)); len(got) != 1 || got[0]["lost_reason"] != "duplicate" {
			t.Errorf("lost leads are %v", got)
		}
		o.as("olga", "POST", "/contacts/unmerge", object{"merge_id": merge}, 404)
		o.as("tom", "POST", "/contacts/unmerge", object{"merge_id": merge}, 200)
		if got := o.as("tom", "POST", "/contacts/unmerge", object{"merge_id": merge}, 409); got["code"] != "merge_undone" {
			t.Errorf("twice: %v", got)
		}
		if got := o.as("tom", "GET", path("/contacts/%d", other.ContactID), nil, 200); got["name"] != "anna lee" || len(got["identities"].([]any)) != 1 {
			t.Errorf("back is %v", got)
		}
	})
}

// TestDuplicates lists them, tells what a merge would make, and remembers who is not one.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		made := func(name, mail string, fields object) string {
			return o.as("ada", "POST", "/contacts", object{"name": name, "fields": fields, "identities": []object{{"scope": "email", "address": mail}}}, 201)["id"].(string)
		}
		a, b := made("Anna Lee", "anna.lee@a.example", object{"city": "Perm"}), made("anna lee", "anna.lee@b.example", object{"size": 42})
		o.as("ada", "PATCH", "/contacts/"+b, object{"language": "ru"}, 200)
		duplicates := func(as string) string { return string(o.raw(as, "GET", "/contacts/duplicates", nil, 200)) }
		if got := duplicates("tom"); !strings.Contains(got, `"same_name":true`) || !strings.Contains(got, `"signs":["mailbox"]`) || !strings.Contains(got, `"next":""`) {
			t.Errorf("duplicates are %s", got)
		}
		if got := duplicates("olga"); !strings.Contains(got, `"items":[]`) {
			t.Errorf("olga sees %s", got)
		}
		check := func(query string) string {
			return string(o.raw("tom", "GET", "/contacts/duplicates/check?"+query, nil, 200))
		}
		if got := check("scope=email&address=ANNA.LEE@b.example"); !strings.Contains(got, `"id":"`+b+`"`) || !strings.Contains(got, `"addresses":[{"scope":"email"`) {
			t.Errorf("who has the address: %s", got)
		}
		if got := check("name=Anna+Lee&scope=email&address=x&except=" + b); !strings.Contains(got, `"id":"`+a+`"`) || strings.Contains(got, `"id":"`+b+`"`) {
			t.Errorf("who has the name: %s", got)
		}
		if got := check("name=Anna"); !strings.HasPrefix(got, `{"items":[],`) {
			t.Errorf("who has half of the name: %s", got)
		}
		preview := string(o.raw("tom", "GET", "/contacts/"+a+"/merge-preview?contact_id="+b, nil, 200))
		for _, want := range []string{`"name":"Anna Lee"`, `"language":"ru"`, `"given":["language","fields.size"]`, "anna.lee@b.example"} {
			if !strings.Contains(preview, want) {
				t.Errorf("%s is not in the preview %s", want, preview)
			}
		}
		o.as("tom", "GET", "/contacts/"+a+"/merge-preview?contact_id="+a, nil, 422)
		o.as("olga", "GET", "/contacts/"+a+"/merge-preview?contact_id="+b, nil, 404)
		o.as("olga", "PUT", "/contacts/"+a+"/distinct/"+b, nil, 404)
		o.as("tom", "PUT", "/contacts/"+a+"/distinct/"+b, nil, 204)
		if got := duplicates("tom"); !strings.Contains(got, `"items":[]`) {
			t.Errorf("said to be two: %s", got)
		}
		o.as("tom", "DELETE", "/contacts/"+b+"/distinct/"+a, nil, 204)
		if got := duplicates("tom"); !strings.Contains(got, `"same_name":true`) {
			t.Errorf("taken back: %s", got)
		}
	})
}
