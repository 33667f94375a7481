package web_test

import (
	"net/url"
	"testing"
	"time"

	"parley/internal/auth"
)

// TestSearchFindsWhatMayBeSeen asks for a word of the other team's conversation: whoever sees it
// finds it soon after it was written, others find nothing.
func TestSearchFindsWhatMayBeSeen(t *testing.T) {
	t.Parallel()
	h := boot(t)
	goods := settle(t, h)
	if _, err := h.app.Auth.CreateTeam(t.Context(), auth.System(), auth.NewTeam{Name: "Team B"}); err != nil {
		t.Fatal(err)
	}
	note := object{"kind": "note", "text": "Колокольчики для Ёжика", "seen_seq": 1}
	h.root.want(201, "POST", "/api/v1/conversations/"+goods["conversations"]+"/messages", note)
	path := "/api/v1/search?q=" + url.QueryEscape("ежику колокольчик")
	var found []object
	for until := time.Now().Add(30 * time.Second); len(found) == 0 && time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		found = h.root.want(200, "GET", path, nil).items()
	}
	if len(found) != 1 || found[0]["type"] != "message" || found[0]["conversation_id"] != goods["conversations"] {
		t.Fatalf("found %v", found)
	}
	number := h.root.want(200, "GET", "/api/v1/search?type=numbers&q=1", nil).items()
	if len(number) == 0 {
		t.Error("no number was found")
	}
	for _, kind := range []string{"conversation", "request"} {
		list := h.root.want(200, "GET", "/api/v1/search?q=1&type="+kind, nil).items()
		if len(list) != 1 || list[0]["type"] != kind {
			t.Errorf("of the %ss there are %v", kind, list)
		}
	}
	if list := h.root.want(200, "GET", path+"&type=message", nil).items(); len(list) != 1 {
		t.Errorf("as a message it is found as %v", list)
	}
	for name, c := range map[string]*caller{
		"an agent who sees own ones": h.agent(auth.NewAgent{Role: auth.RoleAgent, Access: auth.Access{Conversations: auth.ReachOwn}}),
		"an agent of no team":        h.agent(auth.NewAgent{Role: auth.RoleAgent}),
	} {
		for _, p := range []string{path, path + "&type=messages", "/api/v1/search?q=1"} {
			if list := c.want(200, "GET", p, nil).items(); len(list) > 0 {
				t.Errorf("%s finds %v", name, list)
			}
		}
	}
	if a := h.key("contacts:read").do("GET", path, nil); a.status != 403 {
		t.Errorf("a key for contacts gets %d", a.status)
	}
	for _, bad := range []string{"&type=messages&cursor=x", "&cursor=5", "&type=everything", "&from=yesterday", "&status=lost"} {
		if a := h.root.do("GET", path+bad, nil); a.status != 422 {
			t.Errorf("%s gets %d: %s", bad, a.status, a.raw)
		}
	}
}
