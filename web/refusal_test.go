package web_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/internal/auth"
)

// marker stands in everything that belongs to the other team.
const marker = "Confidential-7731"

// operation is one line of the API's own description.
type operation struct {
	id, method, path, noun string
	open, visitor, person  bool
	write                  bool
	roles                  []string
	body                   object // schema of the JSON body, nil when there is none
}

func (o operation) allows(role auth.Role) bool {
	return len(o.roles) == 0 || slices.Contains(o.roles, string(role))
}

// described reads the operations from the description that the server serves.
func described(t *testing.T, h *house) (ops []operation, api object) {
	t.Helper()
	api = h.anybody().want(200, "GET", "/api/openapi.json", nil).body
	for path, methods := range api["paths"].(object) {
		for method, one := range methods.(object) {
			d, ok := one.(object)
			if !ok || d["operationId"] == nil {
				continue
			}
			need, ok := d["x-parley"].(object)
			if !ok {
				t.Fatalf("%s %s does not say who may call it", method, path)
			}
			o := operation{id: d["operationId"].(string), method: strings.ToUpper(method), path: path}
			o.open, _ = need["open"].(bool)
			o.visitor, _ = need["visitor"].(bool)
			o.person, _ = need["person"].(bool)
			o.write, _ = need["write"].(bool)
			roles, _ := need["roles"].([]any)
			for _, r := range roles {
				o.roles = append(o.roles, r.(string))
			}
			o.noun, _, _ = strings.Cut(strings.TrimPrefix(path, "/api/v1/"), "/")
			if body, ok := d["requestBody"].(object); ok {
				if media, ok := body["content"].(object)["application/json"].(object); ok {
					o.body = media["schema"].(object)
				}
			}
			ops = append(ops, o)
		}
	}
	slices.SortFunc(ops, func(a, b operation) int { return strings.Compare(a.path+a.method, b.path+b.method) })
	if len(ops) < 60 {
		t.Fatalf("only %d operations are described", len(ops))
	}
	return ops, api
}

// sample makes a value that a schema accepts: what is required, and no more.
func sample(api, schema object) any {
	if ref, ok := schema["$ref"].(string); ok {
		name := ref[strings.LastIndexByte(ref, '/')+1:]
		return sample(api, api["components"].(object)["schemas"].(object)[name].(object))
	}
	if list, ok := schema["enum"].([]any); ok {
		return list[0]
	}
	kind, _ := schema["type"].(string)
	if kinds, ok := schema["type"].([]any); ok {
		kind = kinds[0].(string)
	}
	switch kind {
	case "object":
		out := object{}
		required, _ := schema["required"].([]any)
		for _, name := range required {
			out[name.(string)] = sample(api, schema["properties"].(object)[name.(string)].(object))
		}
		return out
	case "array":
		return []any{}
	case "integer", "number":
		return 1
	case "boolean":
		return true
	}
	if schema["pattern"] == "^[1-9][0-9]{0,18}$" {
		return "1"
	}
	return "text"
}

// estate is what belongs to the other team: an id per noun.
type estate map[string]string

// settle fills a house: a conversation of team A with all that hangs on it.
func settle(t *testing.T, h *house) estate {
	t.Helper()
	team := h.root.want(201, "POST", "/api/v1/teams", object{"name": "Team A " + marker}).str("id")
	trigger := h.root.want(201, "POST", "/api/v1/triggers", object{
		"name": "Trigger", "enabled": true, "event": "message.received", "actions": []object{{"type": "set_priority", "priority": "high"}},
	}).str("id")
	policy := h.root.want(201, "POST", "/api/v1/sla-policies", object{"name": "Policy", "first_response_minutes": 5}).str("id")
	view := h.root.want(201, "POST", "/api/v1/views", object{"name": "View"}).str("id")
	v := h.visitor(object{"name": "Ann " + marker})
	file := v.upload(h.base()+"/files", marker+".txt", "text/plain", []byte(marker)).str("id")
	v.want(201, "POST", h.base()+"/messages", object{"client_id": uuid(1), "text": marker, "attachments": []string{file}})
	c := h.root.want(200, "GET", "/api/v1/conversations", nil).items()[0]
	conversation := c["id"].(string)
	h.root.want(200, "PATCH", "/api/v1/conversations/"+conversation, object{"team_id": team, "assignee_id": h.root.want(200, "GET", "/api/v1/session", nil).body["agent"].(object)["id"]})
	m := h.root.want(201, "POST", "/api/v1/conversations/"+conversation+"/messages", object{"kind": "reply", "text": marker, "undo_seconds": 60})
	h.root.want(200, "PUT", "/api/v1/conversations/"+conversation+"/draft", object{"kind": "reply", "text": marker, "attachments": []string{}, "version": 0})
	in, _ := h.app.Supervisor.Inbound(h.chat)
	if _, err := in.Deliver(t.Context(), channels.Batch{Events: []channels.Event{{
		Key: "odd", Direction: channels.Inward, Chat: "x", Problem: marker, Raw: []byte(marker),
	}}}); err != nil {
		t.Fatal(err)
	}
	original := mailed(t, h, in, team)
	soon(t, h, "/api/v1/conversations/"+conversation+"/clocks")
	first := func(path string) string { return h.root.want(200, "GET", path, nil).items()[0]["id"].(string) }
	return estate{
		"conversations": conversation, "messages": m.str("id"), "originals": original, "contacts": c["contact_id"].(string), "leads": c["lead_id"].(string),
		"requests": c["request_id"].(string), "files": file, "teams": team, "agents": first("/api/v1/agents"),
		"sessions": first("/api/v1/sessions"), "accounts": fmt.Sprint(h.chat), "quarantine": first("/api/v1/quarantine"),
		"labels":        h.root.want(201, "POST", "/api/v1/labels", object{"name": "Label"}).str("id"),
		"invitations":   h.root.want(201, "POST", "/api/v1/invitations", object{"email": "x@example.com", "role": "agent"}).str("id"),
		"absences":      h.root.want(201, "POST", "/api/v1/absences", object{"agent_id": first("/api/v1/agents"), "from": time.Now().Add(time.Hour), "to": time.Now().Add(2 * time.Hour)}).str("id"),
		"sla-policies":  policy,
		"views":         view,
		"notifications": h.root.want(201, "POST", "/api/v1/notifications/browsers", pushBrowser("https://push.example/"+marker)).str("id"),
		"triggers":      trigger,
		"trigger-runs":  soon(t, h, "/api/v1/triggers/"+trigger+"/runs")["id"].(string),
		// That there is none refuses everybody; those of a trigger are listed by their makers alone.
		"trigger-webhooks": "1",
		"suppressions":     "1", // that there is none refuses everybody; the list is for those who lead
		"macros":           h.root.want(201, "POST", "/api/v1/macros", object{"name": "Macro", "scope": "all", "actions": []object{{"type": "set_priority", "priority": "high"}}}).str("id"),
		"schedules":        h.root.want(201, "POST", "/api/v1/schedules", object{"name": "Hours", "time_zone": "UTC", "intervals": []object{{"day": "mon", "from": "09:00", "to": "18:00"}}}).str("id"),
		"intake-rules":     h.root.want(201, "POST", fmt.Sprintf("/api/v1/accounts/%d/intake-rules", h.chat), object{"name": marker, "then": object{"priority": "high"}}).str("id"),
		"quick-replies":    h.root.want(201, "POST", "/api/v1/quick-replies", object{"shortcut": "own", "name": marker, "text": marker, "scope": "mine"}).str("id"),
		"api-keys":         h.root.want(201, "POST", "/api/v1/api-keys", object{"name": "k"}).str("id"),
	}
}

// soon returns the first of a list that jobs fill.
func soon(t *testing.T, h *house, path string) object {
	t.Helper()
	for begun := time.Now(); time.Since(begun) < 20*time.Second; time.Sleep(20 * time.Millisecond) {
		if items := h.root.want(200, "GET", path, nil).items(); len(items) > 0 {
			return items[0]
		}
	}
	t.Fatalf("%s stays empty", path)
	return nil
}

// mailed makes a message that is kept as it came, in a conversation of the team.
func mailed(t *testing.T, h *house, in channels.Inbound, team string) (message string) {
	t.Helper()
	ref, err := h.app.Blobs.Put(t.Context(), strings.NewReader("Subject: "+marker+"\r\n\r\n"), 100)
	if err != nil {
		t.Fatal(err)
	}
	out, err := in.Deliver(t.Context(), channels.Batch{Events: []channels.Event{{
		Key: "mail", Direction: channels.Inward, Chat: "mail", Sender: channels.Sender{Scope: "email", Address: "ann@example.com", Name: marker},
		Message: &channels.Message{RemoteID: "1@example.com", Text: marker}, Original: &channels.File{Hash: ref.Hash, Size: ref.Size},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	h.root.want(200, "PATCH", fmt.Sprint("/api/v1/conversations/", out[0].ConversationID), object{"team_id": team,
		"assignee_id": h.root.want(200, "GET", "/api/v1/session", nil).body["agent"].(object)["id"]})
	return fmt.Sprint(out[0].MessageID)
}

// shared are nouns that everyone who is signed in may read: names are needed to assign
// and to label. Labels belong to no team at all.
var shared = []string{"agents", "teams", "labels", "absences", "sla-policies", "triggers", "macros", "schedules"}

// teamless are those of them that whoever may change one may change all.
var teamless = []string{"labels", "sla-policies", "triggers", "trigger-webhooks", "macros", "schedules"}

// stranger is somebody who must not reach the estate.
type stranger struct {
	*caller
	name string
	role auth.Role // "" for nobody and for the key
}

// TestEverythingIsRefusedToStrangers tries every operation of the description as
// everyone who may not do it, on the other team's objects.
func TestEverythingIsRefusedToStrangers(t *testing.T) {
	t.Parallel()
	h := boot(t)
	goods := settle(t, h)
	ops, api := described(t, h)
	elsewhere := h.root.want(201, "POST", "/api/v1/accounts", object{"kind": "webchat", "name": "Another site"}).str("id")
	var only int64
	if _, err := fmt.Sscan(elsewhere, &only); err != nil {
		t.Fatal(err)
	}
	others, err := h.app.Auth.CreateTeam(context.Background(), auth.System(), auth.NewTeam{Name: "Team B"})
	if err != nil {
		t.Fatal(err)
	}
	team := []auth.TeamID{others.ID}
	strangers := []stranger{
		{h.anybody(), "nobody", ""},
		{h.key("nothing:read"), "a key without the scope", ""},
		{h.agent(auth.NewAgent{Role: auth.RoleAgent, TeamIDs: team}), "an agent of another team", auth.RoleAgent},
		{h.agent(auth.NewAgent{Role: auth.RoleAgent, TeamIDs: team, Access: auth.Access{Conversations: auth.ReachOwn}}), "an agent who sees own ones", auth.RoleAgent},
		{h.agent(auth.NewAgent{Role: auth.RoleAgent, Access: auth.Access{Conversations: auth.ReachAll, AccountIDs: []int64{only}}}), "an agent of another channel", auth.RoleAgent},
		{h.agent(auth.NewAgent{Role: auth.RoleLead, TeamIDs: team, Access: auth.Access{Conversations: auth.ReachTeam, AccountIDs: []int64{only}}}), "a lead of another team", auth.RoleLead},
		{h.agent(auth.NewAgent{Role: auth.RoleMarketer}), "a marketer", auth.RoleMarketer},
	}
	for _, o := range ops {
		if o.open || o.noun == "pictures" { // what has a sealed address is tried in package letters
			continue
		}
		path, owned := located(t, o, goods)
		for _, s := range strangers {
			tryAs(t, s, o, path, owned, api)
		}
		if owned && o.method == "GET" && !o.visitor {
			if a := h.root.do("GET", path, nil); a.status != 200 {
				t.Errorf("%s: even the administrator gets %d, so that the refusals prove nothing", path, a.status)
			}
		}
	}
	after := h.root.want(200, "GET", "/api/v1/conversations/"+goods["conversations"], nil)
	if after.body["subject"] != "" || after.body["status"] != "open" || after.body["seq"] != 1.0 {
		t.Errorf("somebody has changed the conversation: %s", after.raw)
	}
}

// located puts the other team's object into an operation's path.
func located(t *testing.T, o operation, goods estate) (path string, owned bool) {
	t.Helper()
	if !strings.Contains(o.path, "{") {
		return o.path, false
	}
	if o.visitor {
		return strings.NewReplacer("{account}", goods["accounts"], "{id}", goods["files"], "{message}", goods["messages"]).Replace(o.path), true
	}
	id, known := goods[o.noun]
	if o.id == "get-original" {
		id = goods["originals"]
	}
	if !known {
		t.Fatalf("%s: this test does not know an object of the noun %q; add one to settle", o.path, o.noun)
	}
	return strings.NewReplacer("{id}", id, "{metric}", "first_response").Replace(o.path), true
}

func tryAs(t *testing.T, s stranger, o operation, path string, owned bool, api object) {
	t.Helper()
	if o.visitor {
		tryVisitor(t, s, o, path)
		return
	}
	permitted := s.role != "" && o.allows(s.role)
	var body any
	if o.body != nil {
		body = sample(api, o.body)
	}
	switch {
	case permitted && !owned && o.write:
		return // makes something of their own
	case permitted && o.id == "listen":
		return // a stream has no end; what it shows is tried in package events
	case permitted && slices.Contains(teamless, o.noun):
		return // belongs to no team
	case permitted && slices.Contains(shared, o.noun) && o.method == "GET", permitted && !owned, o.noun == "accounts" && o.method == "GET" && permitted:
		a := s.do(o.method, path, body)
		if o.noun != "teams" && bytes.Contains(a.raw, []byte(marker)) {
			t.Errorf("%s sees the other team's things by %s %s: %s", s.name, o.method, path, a.raw)
		}
		return
	}
	a := s.do(o.method, path, body)
	if a.status != 401 && a.status != 403 && a.status != 404 {
		t.Errorf("%s may %s %s: %d %s", s.name, o.method, path, a.status, a.raw)
	}
	if s.name == "nobody" && a.status != 401 {
		t.Errorf("nobody is told %d by %s %s", a.status, o.method, path)
	}
	if bytes.Contains(a.raw, []byte(marker)) {
		t.Errorf("the refusal of %s %s tells %s what it refuses: %s", o.method, path, s.name, a.raw)
	}
}

// tokenless are what visitors do before they have a token; files carry theirs in the
// address.
var tokenless = []string{"get-chat-config", "create-visitor", "get-chat-file"}

func tryVisitor(t *testing.T, s stranger, o operation, path string) {
	t.Helper()
	want := 401
	switch {
	case o.id == "get-chat-file":
		want = 404
	case slices.Contains(tokenless, o.id):
		return
	}
	body := any(object{})
	if o.id == "post-chat-message" {
		body = object{"client_id": uuid(5), "text": "x"}
	}
	if o.id == "post-chat-receipt" {
		body = object{"message_id": "1", "state": "read"}
	}
	if o.method == "GET" {
		body = nil
	}
	if a := s.do(o.method, path, body); a.status != want {
		t.Errorf("%s may %s %s: %d %s", s.name, o.method, path, a.status, a.raw)
	}
}
