package web_test

import (
	"strings"
	"testing"
)

// TestBothSidesChangeWhatTheySaid edits, deletes and reacts on both sides of the site chat; each sees it live and anew.
func TestBothSidesChangeWhatTheySaid(t *testing.T) {
	t.Parallel()
	h := boot(t)
	agents := h.root.listen("/api/v1/events", "")
	agents.until("hello", nil)
	v := h.visitor(object{"name": "Ann"})
	asked := v.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(1), "text": "Is it frsh?"}).str("id")
	wrong := v.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(2), "text": "Oops"}).str("id")
	mine := v.listen(h.base()+"/events", "")
	mine.until("hello", nil)
	at := "/api/v1/conversations/" + h.root.want(200, "GET", "/api/v1/conversations", nil).items()[0]["id"].(string)
	limits := h.root.want(200, "GET", at+"/limits", nil)
	if limits.body["own_ids"] != true || limits.body["reactions"] != true || limits.body["edit_seconds"] == float64(0) {
		t.Fatalf("limits: %s", limits.raw)
	}
	answer := h.root.want(201, "POST", at+"/messages", object{"kind": "reply", "text": "Picked in Mai.", "seen_seq": 2, "reply_to": asked}).str("id")
	if e := mine.until("message.created", said("Picked in Mai.")); !strings.Contains(e.data, `"reply_to":"`+asked+`"`) {
		t.Errorf("the visitor is not told what is answered: %s", e.data)
	}
	path := func(id string) string { return h.base() + "/messages/" + id }

	// The visitor's side.
	if a := v.want(200, "PATCH", path(asked), object{"text": "Is it fresh?"}); a.str("text") != "Is it fresh?" || a.body["edited"] != true {
		t.Errorf("edited: %s", a.raw)
	}
	agents.until("message.updated", said("Is it fresh?"))
	if a := v.want(200, "DELETE", path(wrong), nil); a.body["deleted"] != true || a.str("text") != "" {
		t.Errorf("deleted: %s", a.raw)
	}
	v.want(200, "DELETE", path(wrong), nil) // once more does no harm
	v.want(409, "PATCH", path(wrong), object{"text": "back"})
	v.want(200, "PUT", path(answer)+"/reaction", object{"emoji": "👍"})
	agents.until("message.updated", func(o object) bool {
		m, _ := o["object"].(object)
		return m["id"] == answer && m["reaction"] == "👍"
	})

	// Ours.
	h.root.want(200, "PATCH", "/api/v1/messages/"+answer, object{"text": "Picked in May."})
	if e := mine.until("message.updated", said("Picked in May.")); !strings.Contains(e.data, `"edited":true`) {
		t.Errorf("the edit: %s", e.data)
	}
	h.root.want(200, "PUT", "/api/v1/messages/"+asked+"/reaction", object{"emoji": "❤️"})
	mine.until("message.updated", func(o object) bool {
		list, _ := o["reactions"].([]any)
		return o["id"] == asked && len(list) == 1 && list[0].(object)["emoji"] == "❤️" && list[0].(object)["mine"] == false
	})
	read := v.want(200, "GET", h.base()+"/messages", nil).items()
	if len(read) != 3 || read[0]["text"] != "Is it fresh?" || read[1]["deleted"] != true || read[2]["text"] != "Picked in May." {
		t.Errorf("after a reload: %v", read)
	}
	if list := read[2]["reactions"].([]any); len(list) != 1 || list[0].(object)["mine"] != true {
		t.Errorf("reactions after a reload: %v", list)
	}
	v.want(200, "DELETE", path(answer)+"/reaction", nil)
	h.root.want(200, "POST", "/api/v1/messages/"+answer+"/withdraw", nil)
	mine.until("message.updated", func(o object) bool { return o["id"] == answer && o["deleted"] == true && o["text"] == "" })

	// Nobody else's, and nothing that is not theirs.
	other := h.visitor(object{})
	for _, try := range []struct {
		who          *caller
		status       int
		method, path string
		body         any
	}{
		{other, 404, "PATCH", path(asked), object{"text": "hers"}},
		{other, 404, "DELETE", path(asked), nil},
		{other, 404, "PUT", path(asked) + "/reaction", object{"emoji": "👍"}},
		{h.anybody(), 401, "DELETE", path(asked), nil},
		{v, 409, "PATCH", path(answer), object{"text": "yours"}},
		{v, 409, "DELETE", path(answer), nil},
		{v, 409, "PUT", path(asked) + "/reaction", object{"emoji": "👍"}},
		{v, 422, "PATCH", path(asked), object{"text": " "}},
		{v, 409, "PUT", path(answer) + "/reaction", object{"emoji": "👍"}}, // it is gone
	} {
		if a := try.who.do(try.method, try.path, try.body); a.status != try.status {
			t.Errorf("%s %s: %d %s, want %d", try.method, try.path, a.status, a.raw, try.status)
		}
	}
	again := h.root.want(201, "POST", at+"/messages", object{"kind": "reply", "text": "Anything else?", "seen_seq": 3}).str("id")
	mine.until("message.created", said("Anything else?"))
	if a := v.do("PUT", path(again)+"/reaction", object{"emoji": "rude"}); a.status != 422 || a.field() != "emoji" && a.field() != "body.emoji" {
		t.Errorf("free text as a reaction: %d %s", a.status, a.raw)
	}
}
