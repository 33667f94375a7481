package desk_test

import (
	"strings"
	"testing"
	"time"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestDeletedNoteOverHTTP: a deleted note says nothing to anybody, and its author has it back for a minute.
func TestDeletedNoteOverHTTP(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		talk := o.talk("Ann", 11, olga, 1)
		at := path("/conversations/%d", talk.ID)
		note := o.as("olga", "POST", at+"/messages", object{"kind": "note", "text": "Secret herbs", "client_id": "n1"}, 201)
		one := "/messages/" + note["id"].(string)
		o.as("olga", "PATCH", one, object{"text": "Secret spices"}, 200)
		told := func() string {
			t.Helper()
			var all strings.Builder
			for _, path := range []string{at, at + "/messages", at + "/timeline", "/conversations"} {
				all.Write(o.raw("ada", "GET", path, nil, 200))
			}
			return all.String()
		}
		if got := told(); !strings.Contains(got, "Secret herbs") || !strings.Contains(got, "Secret spices") {
			t.Fatalf("before: %s", got)
		}
		o.as("olga", "POST", one+"/withdraw", nil, 200)
		if got := told(); strings.Contains(got, "Secret") || !strings.Contains(got, `"deleted_at"`) {
			t.Errorf("deleted: %s", got)
		}
		o.as("tom", "POST", one+"/restore", nil, 404)
		if got := o.as("ada", "POST", one+"/restore", nil, 403)["code"]; got != "not_yours" {
			t.Errorf("a colleague: %v", got)
		}
		back := o.as("olga", "POST", one+"/restore", nil, 200)
		if back["text"] != "Secret spices" || back["deleted_at"] != nil || !strings.Contains(told(), "Secret herbs") {
			t.Errorf("back: %v", back)
		}
		o.as("olga", "POST", one+"/withdraw", nil, 200)
		o.now = o.now.Add(2 * time.Minute)
		if got := o.as("olga", "POST", one+"/restore", nil, 409)["code"]; got != "restore_too_late" {
			t.Errorf("too late: %v", got)
		}
	})
}
