package web_test

import (
	"testing"
)

// pushBrowser is what a browser hands over when it subscribes; its keys are those of the
// example of RFC 8291.
func pushBrowser(endpoint string) object {
	return object{"endpoint": endpoint, "expirationTime": nil, "keys": object{
		"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "auth": "BTBZMqHH6r4Tts7J_aSIgg",
	}}
}

func TestNotificationSettings(t *testing.T) {
	t.Parallel()
	h := boot(t)
	const path = "/api/v1/notifications/settings"
	mine := h.root.want(200, "GET", path, nil).body
	if ways := mine["ways"].(object); len(ways) != 7 || len(ways["breach"].([]any)) != 4 || mine["quote"] != false {
		t.Fatalf("by default: %v", mine)
	}
	mine["ways"].(object)["message"] = []string{"badge"}
	mine["quiet"] = object{"on": true, "from": "22:00", "to": "07:30", "zone": "Europe/Moscow"}
	kept := h.root.want(200, "PUT", path, mine)
	if again := h.root.want(200, "GET", path, nil); string(again.raw) != string(kept.raw) || len(again.body["ways"].(object)["message"].([]any)) != 1 {
		t.Errorf("kept %s, read %s", kept.raw, again.raw)
	}
	mine["quiet"] = object{"on": true, "from": "22:00", "to": "07:30", "zone": "Nowhere"}
	if a := h.root.want(422, "PUT", path, mine); a.field() != "body.quiet.zone" {
		t.Errorf("no such zone: %s", a.raw)
	}
}

func TestBrowsersThatArePushedTo(t *testing.T) {
	t.Parallel()
	h := boot(t)
	const path = "/api/v1/notifications/browsers"
	if key := h.root.want(200, "GET", "/api/v1/notifications/push-key", nil).str("key"); len(key) != 87 {
		t.Errorf("the key is %q", key)
	}
	if a := h.root.want(422, "POST", path, pushBrowser("http://push.example/x")); a.field() != "body.endpoint" {
		t.Errorf("in the open: %s", a.raw)
	}
	id := h.root.want(201, "POST", path, pushBrowser("https://push.example/x")).str("id")
	list := h.root.want(200, "GET", path, nil).items()
	if len(list) != 1 || list[0]["id"] != id || list[0]["current"] != true || list[0]["endpoint"] != nil {
		t.Errorf("list: %v", list)
	}
	h.root.want(503, "POST", path+"/"+id+"/test", nil) // there is no such push service
	h.root.want(204, "DELETE", path+"/"+id, nil)
	h.root.want(404, "DELETE", path+"/"+id, nil)
	h.root.want(404, "POST", path+"/"+id+"/test", nil)
}
