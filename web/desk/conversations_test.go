package desk_test

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestConversations(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		sales, other, free := o.talk("Anna", team, 0, 2), o.talk("Boris", 11, 0, 1), o.talk("Vera", 0, olga, 3)

		for who, want := range map[string][]string{"ada": {"Vera", "Boris", "Anna"}, "tom": {"Vera", "Anna"}, "olga": {"Vera"}, "key": {"Vera", "Boris", "Anna"}} {
			var got []string
			for _, c := range items(o.as(who, "GET", "/conversations", nil, 200)) {
				got = append(got, c["contact_name"].(string))
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s sees %v, want %v", who, got, want)
			}
		}
		if got := o.as("tom", "GET", "/conversations/counts", nil, 200); got["all"] != 2.0 || got["mine"] != 0.0 || got["unassigned"] != 1.0 || got["unanswered"] != 2.0 {
			t.Errorf("counts are %v", got)
		}
		refused := o.as("tom", "GET", path("/conversations/%d", other.ID), nil, 404)
		if refused["code"] != "conversation_not_found" {
			t.Errorf("refused with %v", refused)
		}

		at := path("/conversations/%d", free.ID)
		c := o.as("olga", "GET", at, nil, 200)
		if c["account_kind"] != "webchat" || c["chat"] != "Vera" || c["team_id"] != nil || c["assignee_id"] != "3" || c["seq"] != 3.0 || c["read_seq"] != 0.0 ||
			c["closed_at"] != nil || c["last_message"].(map[string]any)["text"] != "Question 3" || fmt.Sprint(c["labels"], c["clocks"]) != "[] []" {
			t.Errorf("conversation is %v", c)
		}
		o.as("olga", "POST", at+"/read", object{"seq": 2}, 204)
		o.as("olga", "POST", at+"/typing", object{"kind": "note"}, 204)
		o.as("olga", "POST", at+"/viewing", nil, 204)
		if c = o.as("olga", "GET", at, nil, 200); c["read_seq"] != 2.0 {
			t.Errorf("read up to %v", c["read_seq"])
		}
		label := o.as("ada", "POST", "/labels", object{"name": "Urgent", "color": "#aa0000"}, 201)
		o.as("olga", "POST", "/labels", object{"name": "Mine"}, 403)
		c = o.as("olga", "PATCH", at, object{"status": "pending", "priority": "high", "labels": []any{label["id"]}, "unanswered": false, "subject": "Hats"}, 200)
		if c["status"] != "pending" || c["priority"] != "high" || fmt.Sprint(c["labels"]) != fmt.Sprint([]any{label["id"]}) || c["unanswered"] != false || c["subject"] != "Hats" {
			t.Errorf("patched to %v", c)
		}
		if got := items(o.as("ada", "GET", "/conversations?status=pending,closed&label="+label["id"].(string), nil, 200)); len(got) != 1 {
			t.Errorf("the label finds %v", got)
		}
		for _, status := range []string{"closed", "open", "pending"} {
			refused := o.as("olga", "PATCH", at, object{"status": status, "snoozed_until": o.now.Add(time.Hour)}, 422)
			if !strings.Contains(fmt.Sprint(refused["errors"]), "body.snoozed_until") {
				t.Errorf("%s until later is refused with %v", status, refused)
			}
			if c = o.as("olga", "GET", at, nil, 200); c["status"] != "pending" {
				t.Errorf("%s until later has made it %v", status, c["status"])
			}
		}
		bad := o.as("olga", "PATCH", at, object{"status": nil, "assignee_id": "999"}, 422)
		if !strings.Contains(fmt.Sprint(bad["errors"]), "body.status") {
			t.Errorf("null status: %v", bad)
		}
		bad = o.as("olga", "PATCH", at, object{"assignee_id": "999"}, 422)
		if !strings.Contains(fmt.Sprint(bad["errors"]), "body.assignee_id") {
			t.Errorf("unknown agent: %v", bad)
		}
		c = o.as("olga", "PATCH", at, object{"assignee_id": nil}, 200) // she loses sight of it by this
		if c["assignee_id"] != nil {
			t.Errorf("given away: %v", c)
		}
		o.as("olga", "GET", at, nil, 404)
		if l := o.as("ada", "GET", path("/conversations/%d/limits", sales.ID), nil, 200); l["receipts"] != true || l["window_closes_at"] != nil || l["typing"] != true || l["resting"] != nil {
			t.Errorf("limits are %v", l)
		}
		for _, s := range []inbox.Standing{inbox.AccountPaused, inbox.AccountArchived} {
			o.rest = s
			rest, _ := o.as("ada", "GET", path("/conversations/%d/limits", sales.ID), nil, 200)["resting"].(object)
			words, _ := rest["words"].(object)
			if rest["reason"] != string(s) || words["ru"] == "" || words["en"] == "" || words["ru"] == words["en"] {
				t.Errorf("%s: %v", s, rest)
			}
		}
		o.rest = ""
	})
}

// TestConversationMeanwhile changes what a colleague has changed since it was seen, alone and among many.
func TestConversationMeanwhile(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		at := path("/conversations/%d", o.talk("Anna", team, 0, 1).ID)
		until, later := o.now.Add(time.Hour).UTC().Format(time.RFC3339Nano), o.now.Add(2*time.Hour).UTC().Format(time.RFC3339Nano)
		for _, step := range []struct {
			name         string
			theirs, mine object
			refused      string
		}{
			{"it is as it was seen", object{"status": "pending"}, object{"status": "open", "was": object{"status": "pending"}}, ""},
			{"status", object{"status": "pending"}, object{"status": "open", "was": object{"status": "closed"}}, "field_changed"},
			{"both want the same", object{"status": "open"}, object{"status": "open", "was": object{"status": "closed"}}, ""},
			{"a field that is not changed", object{"priority": "low"}, object{"status": "pending", "was": object{"priority": "high"}}, ""},
			{"priority", object{"priority": "urgent"}, object{"priority": "normal", "was": object{"priority": "high"}}, "field_changed"},
			{"team", object{"team_id": nil}, object{"team_id": fmt.Sprint(team), "was": object{"team_id": "11"}}, "field_changed"},
			{"team of nobody", object{"team_id": nil}, object{"team_id": fmt.Sprint(team), "was": object{"team_id": nil}}, ""},
			{"snooze", object{"status": "snoozed", "snoozed_until": later}, object{"status": "open", "snoozed_until": nil, "was": object{"status": "snoozed", "snoozed_until": until}}, "field_changed"},
			{"snoozed as seen", object{"status": "snoozed", "snoozed_until": until}, object{"status": "open", "snoozed_until": nil, "was": object{"status": "snoozed", "snoozed_until": until}}, ""},
			{"snoozed what was closed", object{"status": "closed", "snoozed_until": nil}, object{"snoozed_until": until, "was": object{"snoozed_until": nil}}, "field_changed"},
			{"snoozed what was seen closed", object{"status": "closed", "snoozed_until": nil}, object{"snoozed_until": until, "was": object{"snoozed_until": nil, "status": "closed"}}, ""},
			{"snoozed what was open", object{"status": "open", "snoozed_until": nil}, object{"snoozed_until": until, "was": object{"snoozed_until": nil}}, ""},
			{"subject", object{"subject": "Tea"}, object{"subject": "", "was": object{"subject": "Hats"}}, "field_changed"},
			{"request", object{"request_id": nil}, object{"request_id": nil, "was": object{"request_id": "5"}}, ""},
			{"owner", object{"assignee_id": "2"}, object{"assignee_id": nil, "was": object{"assignee_id": "1"}}, "assigned_meanwhile"},
			{"owner by the other name", object{"assignee_id": "2"}, object{"assignee_id": nil, "was_assignee_id": "1"}, "assigned_meanwhile"},
			{"owner as seen", object{"assignee_id": "2"}, object{"assignee_id": nil, "was": object{"assignee_id": "2"}}, ""},
		} {
			for _, many := range []bool{false, true} {
				before := o.as("ada", "PATCH", at, step.theirs, 200)
				switch {
				case many:
					change := object{"ids": []any{before["id"]}}
					maps.Copy(change, step.mine)
					got := o.as("ada", "POST", "/conversations/bulk", object{"changes": []object{change}}, 200)
					if failed := fmt.Sprint(got["failed"]); (step.refused == "") != (failed == "[]") || !strings.Contains(failed, step.refused) {
						t.Errorf("%s, among many: %v, want %q", step.name, failed, step.refused)
					}
				case step.refused == "":
					o.as("ada", "PATCH", at, step.mine, 200)
				default:
					if got := o.as("ada", "PATCH", at, step.mine, 409); got["code"] != step.refused {
						t.Errorf("%s: %v, want %s", step.name, got, step.refused)
					}
				}
				if after := o.as("ada", "GET", at, nil, 200); step.refused != "" && after["updated_at"] != before["updated_at"] {
					t.Errorf("%s: it was changed to %v", step.name, after)
				}
			}
		}
		o.as("ada", "PATCH", at, object{"status": "open", "was": object{"colour": "red"}}, 422)
		o.as("ada", "PATCH", at, object{"status": "pending", "priority": "low", "team_id": nil, "subject": "Tea"}, 200)
		got := o.as("ada", "PATCH", at, object{
			"status": "open", "priority": "low", "team_id": fmt.Sprint(team), "subject": "Hats",
			"was": object{"status": "closed", "priority": "high", "team_id": "11", "subject": "Tea"},
		}, 409)
		if said, want := fmt.Sprint(got["changed"]), "[map[field:status to:pending] map[field:team_id to:<nil>]]"; said != want {
			t.Errorf("overtaken in %s, want %s", said, want)
		}
	})
}

func TestListIsSmall(t *testing.T) {
	t.Parallel()
	o := open(t, storetest.Open(t, store.SQLite))
	for n := range 31 {
		o.talk(fmt.Sprint("Anna Ivanovna Petrova ", n), team, tom, 1)
	}
	raw := o.raw("ada", "GET", "/conversations", nil, 200)
	if len(raw) > 25<<10 {
		t.Errorf("30 conversations take %d bytes", len(raw))
	}
	first := o.as("ada", "GET", "/conversations?limit=30", nil, 200)
	rest := o.as("ada", "GET", "/conversations?limit=30&cursor="+first["next"].(string), nil, 200)
	if len(items(first)) != 30 || len(items(rest)) != 1 || rest["next"] != "" {
		t.Errorf("pages of %d and %d, next %q", len(items(first)), len(items(rest)), rest["next"])
	}
	o.as("ada", "GET", "/conversations?cursor=nonsense", nil, 422)
	o.as("ada", "GET", "/conversations?sort=sideways", nil, 422)
}

func TestMessages(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		c := o.talk("Anna", team, 0, 3)
		at := path("/conversations/%d/messages", c.ID)

		page := o.as("tom", "GET", at+"?limit=2", nil, 200)
		if got := items(page); len(got) != 2 || got[0]["seq"] != 1.0 || page["next"] != "2" || got[0]["author"].(map[string]any)["name"] != "Anna" {
			t.Errorf("first page %v", page)
		}
		if got := items(o.as("tom", "GET", at+"?limit=2&cursor=2", nil, 200)); len(got) != 1 || got[0]["seq"] != 3.0 {
			t.Errorf("second page %v", got)
		}
		if got := items(o.as("tom", "GET", at+"?last=true&limit=2", nil, 200)); len(got) != 2 || got[0]["seq"] != 2.0 {
			t.Errorf("last page %v", got)
		}
		if got := items(o.as("tom", "GET", at+"?before_seq=3&limit=1", nil, 200)); len(got) != 1 || got[0]["seq"] != 2.0 {
			t.Errorf("before the third %v", got)
		}

		newer := o.as("tom", "POST", at, object{"kind": "reply", "text": "Yes", "seen_seq": 1}, 409)
		messages, _ := newer["messages"].([]any)
		if newer["code"] != "newer_messages" || len(messages) != 2 || messages[0].(map[string]any)["seq"] != 2.0 {
			t.Errorf("newer messages: %v", newer)
		}
		m := o.as("tom", "POST", at, object{"kind": "reply", "text": "Yes", "seen_seq": 3, "client_id": "c-1", "reply_to": nil}, 201)
		if m["seq"] != 4.0 || m["state"] != "queued" || m["client_id"] != "c-1" || m["direction"] != "outbound" || m["error"] != nil || fmt.Sprint(m["attachments"]) != "[]" {
			t.Errorf("answer %v", m)
		}
		if got := o.as("ada", "GET", path("/conversations/%d", c.ID), nil, 200); got["assignee_id"] != "2" || got["unanswered"] != false {
			t.Errorf("after the answer: %v", got)
		}
		note := o.as("tom", "POST", at, object{"kind": "note", "text": "Careful"}, 201)
		if note["kind"] != "note" || note["state"] != "sent" {
			t.Errorf("note %v", note)
		}
		o.as("tom", "DELETE", "/messages/"+m["id"].(string), nil, 409)
		o.as("olga", "DELETE", "/messages/"+m["id"].(string), nil, 404)
		o.as("tom", "POST", "/messages/"+m["id"].(string)+"/resend", nil, 409)

		later := o.as("tom", "POST", at, object{"text": "Wait", "undo_seconds": 30}, 201)
		if later["seq"] != nil || later["release_at"] == nil || later["state"] != "scheduled" {
			t.Errorf("undoable %v", later)
		}
		pending := o.as("tom", "GET", at+"?last=true", nil, 200)["pending"].([]any)
		if len(pending) != 1 {
			t.Errorf("pending %v", pending)
		}
		if got := o.as("tom", "DELETE", "/messages/"+later["id"].(string), nil, 200); got["text"] != "Wait" {
			t.Errorf("taken back %v", got)
		}
		bad := o.as("tom", "POST", at, object{"text": strings.Repeat("a", 501)}, 422)
		if !strings.Contains(fmt.Sprint(bad["errors"]), "body.text") {
			t.Errorf("too long: %v", bad)
		}

		entries := items(o.as("tom", "GET", path("/conversations/%d/timeline", c.ID), nil, 200))
		var types []string
		for _, e := range entries {
			types = append(types, e["type"].(string))
		}
		if got := strings.Join(types, " "); got != "message message message assignment message message" {
			t.Errorf("timeline is %s", got)
		}
	})
}

func TestDrafts(t *testing.T) {
	t.Parallel()
	o := open(t, storetest.Open(t, store.SQLite))
	at := path("/conversations/%d/draft", o.talk("Anna", team, 0, 1).ID)
	if none := o.as("tom", "GET", at, nil, 200); none["mail"] != nil || none["version"] != 0.0 || none["text"] != "" || none["kind"] != "reply" || none["updated_at"] != nil || fmt.Sprint(none["attachments"]) != "[]" {
		t.Errorf("before there is one: %v", none)
	}
	d := o.as("tom", "PUT", at, object{"kind": "note", "text": "So far", "version": 0}, 200)
	if d["version"] == 0.0 || d["kind"] != "note" {
		t.Errorf("kept %v", d)
	}
	o.as("tom", "PUT", at, object{"text": "Stale", "version": 0}, 409)
	mail := object{"mode": "reply_all", "to": []object{{"name": "Anna", "address": "not yet an addr"}}, "cc": []object{}, "bcc": []object{}, "subject": "Re: Ring", "from": "", "about": nil}
	d = o.as("tom", "PUT", at, object{"kind": "reply", "text": "Note beside", "html": "<p>So far</p>", "mail": mail, "version": d["version"]}, 200)
	if got := o.as("tom", "GET", at, nil, 200); !reflect.DeepEqual(got, d) || got["html"] != "<p>So far</p>" || fmt.Sprint(got["mail"].(object)["to"]) != "[map[address:not yet an addr name:Anna]]" {
		t.Errorf("a mail's draft is %v", got)
	}
	o.as("tom", "PUT", at, d, 200)               // what was read may be sent back
	for _, who := range []string{"ada", "tom"} { // another's, and one's own when it is gone
		if other := o.as(who, "GET", at, nil, 200); other["version"] != 0.0 || other["text"] != "" {
			t.Errorf("%s reads %v", who, other)
		}
		o.as("tom", "DELETE", at, nil, 204)
	}
	o.as("key", "GET", at, nil, 403)
	o.as("ada", "GET", "/conversations/77777/draft", nil, 404)
	o.as("tom", "PUT", at, o.as("tom", "GET", at, nil, 200), 200) // an empty one may be sent back too
}

func TestLabels(t *testing.T) {
	t.Parallel()
	o := open(t, storetest.Open(t, store.SQLite))
	l := o.as("ada", "POST", "/labels", object{"name": "Vip", "color": "#00aa00"}, 201)
	at := "/labels/" + l["id"].(string)
	o.as("ada", "POST", "/labels", object{"name": "VIP"}, 422)
	if got := o.as("ada", "PATCH", at, object{"name": "Gold"}, 200); got["name"] != "Gold" || got["color"] != "#00aa00" {
		t.Errorf("changed to %v", got)
	}
	if got := items(o.as("olga", "GET", "/labels", nil, 200)); len(got) != 1 {
		t.Errorf("labels %v", got)
	}
	o.as("ada", "DELETE", at, nil, 204)
	o.as("ada", "GET", at, nil, 404)
}

func TestBeginning(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		known := o.talk("Anna", 11, 0, 1)
		hello := object{"text": "Hello"}
		if got := o.as("tom", "POST", "/conversations", object{"account_id": "21", "address": "x", "message": hello}, 409); got["code"] != "cannot_write_first" {
			t.Errorf("web chat: %v", got)
		}
		bad := o.as("tom", "POST", "/conversations", object{"account_id": "22", "address": "nobody", "message": hello}, 422)
		if !strings.Contains(fmt.Sprint(bad["errors"]), "body.address") {
			t.Errorf("bad address: %v", bad)
		}
		bad = o.as("tom", "POST", "/conversations", object{"account_id": "22", "address": "new@example.com", "message": object{"text": ""}}, 422)
		if !strings.Contains(fmt.Sprint(bad["errors"]), "body.message.text") {
			t.Errorf("no text: %v", bad)
		}
		c := o.as("tom", "POST", "/conversations", object{"account_id": "22", "address": "New@Example.com", "subject": "Offer", "message": hello}, 201)
		if c["assignee_id"] != "2" || c["contact_name"] != "new@example.com" || c["seq"] != 1.0 || c["subject"] != "Offer" {
			t.Errorf("begun %v", c)
		}
		if got := o.as("tom", "POST", "/conversations", object{"account_id": "22", "address": "new@example.com", "message": hello}, 409); got["conversation_id"] != c["id"] {
			t.Errorf("again: %v", got)
		}
		o.as("tom", "POST", "/conversations", object{"account_id": "22", "contact_id": fmt.Sprint(int64(known.ContactID)), "message": hello}, 422) // not visible
		c = o.as("ada", "POST", "/conversations", object{"account_id": "22", "contact_id": fmt.Sprint(int64(known.ContactID)), "message": hello}, 201)
		if c["contact_name"] != "Anna" {
			t.Errorf("to a contact: %v", c)
		}
	})
}
