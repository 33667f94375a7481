package desk_test

import (
	"fmt"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestSpamPinFollow changes what stands beside the work, one by one and in bulk.
func TestSpamPinFollow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		a, b, hidden := o.talk("Anna", team, 0, 1), o.talk("Boris", team, 0, 1), o.talk("Clara", 11, 0, 1)
		list := func(who, query string) (ids []string) {
			for _, item := range o.as(who, "GET", "/conversations?"+query, nil, 200)["items"].([]any) {
				ids = append(ids, item.(object)["id"].(string))
			}
			return ids
		}
		one := path("/conversations/%d", a.ID)
		got := o.as("tom", "PATCH", one, object{"pinned": true, "following": true}, 200)
		if got["pinned"] != true || got["following"] != true || got["spam"] != false {
			t.Errorf("it is %v", got)
		}
		if c := o.as("ada", "GET", one, nil, 200); c["pinned"] != false || c["following"] != false {
			t.Errorf("for somebody else it is %v", c)
		}
		both := []string{fmt.Sprint(a.ID), fmt.Sprint(b.ID)}
		o.as("tom", "POST", "/conversations/bulk", object{"changes": []object{{"ids": both, "pinned": true, "following": true}}}, 200)
		for _, query := range []string{"pinned=true", "following=true", "pinned=true&status=open&unanswered=true", "pinned=true&sort=due"} {
			if ids := list("tom", query); len(ids) != 2 {
				t.Errorf("%s: %v", query, ids)
			}
		}
		if ids := list("ada", "pinned=true"); len(ids) != 0 {
			t.Errorf("ada pinned %v", ids)
		}
		o.as("key", "PATCH", one, object{"pinned": true}, 422)
		o.as("key", "PATCH", one, object{"following": true}, 422)
		o.as("tom", "PATCH", one, object{"spam": nil}, 422)
		o.as("tom", "PATCH", path("/conversations/%d", hidden.ID), object{"spam": true}, 404)
		o.as("tom", "POST", "/conversations/bulk", object{"changes": []object{{"ids": both, "spam": true}}}, 200)
		if ids := list("tom", ""); len(ids) != 0 {
			t.Errorf("beside spam there is %v", ids)
		}
		if ids := list("tom", "pinned=true"); len(ids) != 0 {
			t.Errorf("pinned spam shows: %v", ids)
		}
		if ids := list("tom", "spam=true"); len(ids) != 2 {
			t.Errorf("spam: %v", ids)
		}
		o.as("tom", "POST", one+"/messages", object{"text": "hello"}, 409)
		o.as("tom", "PATCH", one, object{"status": "open"}, 409)
		if c := o.as("tom", "PATCH", one, object{"spam": false}, 200); c["status"] != "open" || c["unanswered"] != true || c["spam"] != false {
			t.Errorf("brought back: %v", c)
		}
	})
}

// TestLinksAndNotes links conversations and requests, and gives one away with a note.
func TestLinksAndNotes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		a, b, hidden := o.talk("Anna", team, 0, 1), o.talk("Boris", team, 0, 1), o.talk("Clara", 11, 0, 1)
		links := path("/conversations/%d/links", a.ID)
		o.as("tom", "POST", links, object{"conversation_id": fmt.Sprint(b.ID)}, 204)
		o.as("tom", "POST", links, object{"conversation_id": fmt.Sprint(hidden.ID)}, 422)
		o.as("tom", "POST", links, object{"conversation_id": fmt.Sprint(a.ID)}, 422)
		o.as("olga", "POST", links, object{"conversation_id": fmt.Sprint(b.ID)}, 404)
		o.as("ada", "POST", links, object{"conversation_id": fmt.Sprint(hidden.ID)}, 204)
		linked := func(who string) []object {
			return items(o.as(who, "GET", links, nil, 200))
		}
		if list := linked("tom"); len(list) != 1 || list[0]["number"] != float64(b.Number) || list[0]["contact_name"] != "Boris" || list[0]["status"] != "open" {
			t.Errorf("tom sees %v", list)
		}
		if list := linked("ada"); len(list) != 2 {
			t.Errorf("ada sees %v", list)
		}
		o.as("tom", "DELETE", path("/conversations/%d/links/%d", b.ID, a.ID), nil, 204)
		o.as("tom", "DELETE", path("/conversations/%d/links/%d", b.ID, a.ID), nil, 404)

		one := path("/conversations/%d", a.ID)
		request := o.as("tom", "GET", path("/conversations/%d", b.ID), nil, 200)["request_id"]
		foreign := o.as("ada", "GET", path("/conversations/%d", hidden.ID), nil, 200)["request_id"]
		o.as("tom", "PATCH", one, object{"request_id": foreign}, 422)
		if c := o.as("tom", "PATCH", one, object{"request_id": request}, 200); c["request_id"] != request {
			t.Errorf("it belongs to %v, not %v", c["request_id"], request)
		}
		if page := o.as("tom", "GET", path("/conversations?request=%v", request), nil, 200); len(page["items"].([]any)) != 2 {
			t.Errorf("the request has %v", page)
		}
		if c := o.as("tom", "PATCH", one, object{"request_id": nil}, 200); c["request_id"] != nil {
			t.Errorf("it belongs to %v", c["request_id"])
		}
		o.as("tom", "PATCH", one, object{"assignee_id": "1", "note": "For you"}, 200)
		page := o.as("ada", "GET", one+"/messages?last=true", nil, 200)["items"].([]any)
		if last := page[len(page)-1].(object); last["kind"] != "note" || last["text"] != "For you" || last["author"].(object)["id"] != "2" {
			t.Errorf("the note is %v", last)
		}
	})
}

// TestSplit makes the end of a conversation one of its own, and takes it back.
func TestSplit(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		c := o.talk("Anna", team, 0, 4)
		one := path("/conversations/%d", c.ID)
		messages := o.as("tom", "GET", one+"/messages", nil, 200)["items"].([]any)
		third := messages[2].(object)["id"]
		o.as("olga", "POST", one+"/split", object{"message_id": third}, 404)
		o.as("tom", "POST", one+"/split", object{"message_id": messages[0].(object)["id"]}, 422)
		got := o.as("tom", "POST", one+"/split", object{"message_id": third, "subject": "The rest"}, 201)
		rest := got["conversation"].(object)
		if rest["subject"] != "The rest" || rest["seq"] != float64(2) || rest["status"] != "open" || rest["request_id"] == nil || fmt.Sprint(rest["request_id"]) == fmt.Sprint(c.RequestID) {
			t.Errorf("the second part: %v", rest)
		}
		if first := o.as("tom", "GET", one, nil, 200); first["status"] != "closed" || first["seq"] != float64(2) || first["last_message"].(object)["text"] != "Question 2" {
			t.Errorf("the first part: %v", first)
		}
		o.as("olga", "POST", "/conversations/unsplit", object{"split_id": got["split_id"]}, 404)
		back := o.as("tom", "POST", "/conversations/unsplit", object{"split_id": got["split_id"]}, 200)
		if back["kept_id"] != fmt.Sprint(c.ID) || back["gone_id"] != rest["id"] {
			t.Errorf("taken back: %v", back)
		}
		if whole := o.as("tom", "GET", one, nil, 200); whole["status"] != "open" || whole["seq"] != float64(4) || whole["unanswered"] != true {
			t.Errorf("it is %v", whole)
		}
		o.as("tom", "POST", "/conversations/unsplit", object{"split_id": got["split_id"]}, 409)
		plain := o.as("tom", "POST", one+"/split", object{"message_id": third, "request": false}, 201)["conversation"].(object)
		if fmt.Sprint(plain["request_id"]) != fmt.Sprint(c.RequestID) {
			t.Errorf("its request is %v", plain["request_id"])
		}
	})
}
