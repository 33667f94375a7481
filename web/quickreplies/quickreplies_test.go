package quickreplies_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/inbox"
	"parley/inbox/contact"
	"parley/internal/auth"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/templates/quickreply"
	"parley/web/quickreplies"
	"parley/web/rest"
	"parley/web/rest/resttest"
)

// office is a database with a team (10) and a conversation (100), and the operations on it.
type office struct {
	*testing.T
	app *fiber.App
}

func open(t *testing.T, db *store.DB) *office {
	t.Helper()
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	err := db.Write(t.Context(), func(ctx context.Context) error {
		if err := db.InsertTeam(ctx, auth.Team{ID: 10, Name: "Sales", CreatedAt: at}); err != nil {
			return err
		}
		return db.Save(ctx, &inbox.Changes{
			Contacts:      []*contact.Contact{{ID: 50, Name: "Anna Kim", Language: "en", CreatedAt: at}},
			Conversations: []*inbox.Conversation{{ID: 100, Number: 1, AccountID: 20, Chat: "x", ContactID: 50, TeamID: 10, Status: inbox.Open, Priority: inbox.Normal, LastAt: at, CreatedAt: at, UpdatedAt: at}},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	o := &office{T: t, app: fiber.New(fiber.Config{Immutable: true})}
	o.app.Use(func(c *fiber.Ctx) error {
		c.SetUserContext(rest.WithRequest(context.Background(), &rest.Request{Language: rest.ChooseLanguage(c.Get("Accept-Language"))}))
		return c.Next()
	})
	api := rest.New(o.app, rest.Options{Log: slog.New(slog.DiscardHandler), Gate: resttest.Gate{
		"ada": {AgentID: 1, Name: "Ada", Role: auth.RoleAdmin, Reach: auth.ReachAll, Language: "en"},
		"tom": {AgentID: 2, Name: "Tom Ford", Role: auth.RoleAgent, Reach: auth.ReachTeam, Teams: []auth.TeamID{10}, Language: "en"},
		"key": {Name: "A program", Role: auth.RoleAdmin, Reach: auth.ReachAll, Key: 7},
	}})
	quickreplies.New(quickreply.New(db, func() time.Time { return at })).Declare(api)
	return o
}

type object = map[string]any

func (o *office) as(who, method, path string, body any, want int) object {
	o.Helper()
	var in io.Reader = http.NoBody
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			o.Fatal(err)
		}
		in = bytes.NewReader(data)
	}
	r := httptest.NewRequest(method, "/api/v1"+path, in)
	r.Header.Set("Authorization", "Bearer "+who)
	r.Header.Set("Content-Type", "application/json")
	res, err := o.app.Test(r, -1)
	if err != nil {
		o.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		o.Fatal(err)
	}
	if res.StatusCode != want {
		o.Fatalf("%s %s by %s: %d, want %d: %s", method, path, who, res.StatusCode, want, raw)
	}
	out := object{}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &out); err != nil {
			o.Fatalf("%v in %s", err, raw)
		}
	}
	return out
}

func names(page object) string {
	var out []string
	for _, item := range page["items"].([]any) {
		out = append(out, item.(object)["name"].(string))
	}
	return strings.Join(out, " ")
}

func TestQuickRepliesByHTTP(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		all := o.as("key", "POST", "/quick-replies", object{"shortcut": "/way", "text": `{{ contact.first_name }}, {{ ask: "order number" }}`}, 201)
		if all["scope"] != "all" || all["shortcut"] != "way" || all["owner_id"] != nil || fmt.Sprint(all["blanks"]) != "[order number]" {
			t.Errorf("%v", all)
		}
		own := o.as("tom", "POST", "/quick-replies", object{"name": "own", "text": "My own", "team_id": nil, "language": "ru"}, 201)
		if own["scope"] != "mine" || own["editable"] != true {
			t.Errorf("%v", own)
		}
		ids := []string{all["id"].(string), own["id"].(string)}

		// What others see as well is for leads; one's own is for nobody else.
		for _, method := range []string{"PATCH", "DELETE"} {
			o.as("tom", method, "/quick-replies/"+ids[0], object{"name": "x"}, 403)
			o.as("ada", method, "/quick-replies/"+ids[1], object{"name": "x"}, 404)
		}
		o.as("tom", "POST", "/quick-replies", object{"name": "x", "text": "x", "scope": "all"}, 403)
		o.as("tom", "PATCH", "/quick-replies/"+ids[1], object{"scope": "all"}, 403)
		o.as("tom", "PATCH", "/quick-replies/"+ids[1], object{"scope": "team", "team_id": "10"}, 403)

		if got := names(o.as("tom", "GET", "/quick-replies", nil, 200)); got != "own way" {
			t.Errorf("tom sees %q", got)
		}
		if got := names(o.as("tom", "GET", "/quick-replies?conversation=100", nil, 200)); got != "way own" {
			t.Errorf("for an English contact tom sees %q", got)
		}
		if got := names(o.as("tom", "GET", "/quick-replies?q=my", nil, 200)); got != "own" {
			t.Errorf("my finds %q", got)
		}
		page := o.as("tom", "GET", "/quick-replies?limit=1", nil, 200)
		if rest := names(o.as("tom", "GET", "/quick-replies?limit=1&cursor="+page["next"].(string), nil, 200)); names(page) != "own" || rest != "way" {
			t.Errorf("pages %q %q", names(page), rest)
		}
		o.as("tom", "GET", "/quick-replies?cursor=x", nil, 422)

		filled := o.as("tom", "POST", "/quick-replies/"+ids[0]+"/render", object{"conversation_id": "100"}, 200)
		if filled["text"] != "Anna, [[order number]]" || fmt.Sprint(filled["missing"]) != "[order number]" {
			t.Errorf("%v", filled)
		}
		filled = o.as("tom", "POST", "/quick-replies/"+ids[0]+"/render", object{"conversation_id": "100", "answers": object{"order number": "<7>"}}, 200)
		if filled["text"] != "Anna, <7>" || filled["html"] != "<p>Anna, &lt;7&gt;</p>" || fmt.Sprint(filled["missing"]) != "[]" {
			t.Errorf("%v", filled)
		}
		o.as("tom", "POST", "/quick-replies/"+ids[0]+"/render", object{"conversation_id": "101"}, 404)
		o.as("tom", "POST", "/quick-replies/"+ids[0]+"/render", object{"conversation_id": "100", "time_zone": "Mars/Base"}, 422)

		o.as("ada", "PATCH", "/quick-replies/"+ids[0], object{"scope": "team", "team_id": "10", "folder": "Delivery"}, 200)
		o.as("ada", "DELETE", "/quick-replies/"+ids[0], nil, 204)
		o.as("ada", "GET", "/quick-replies/"+ids[0], nil, 404)
	})
}

func TestPreviewSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		good := o.as("tom", "POST", "/quick-replies/preview", object{"text": "{{ contact.name }}, {{ time.greeting }}. {{ agent.first_name }}", "language": "ru", "time_zone": "Asia/Tokyo"}, 200)
		if good["text"] != "Анна Ким, Добрый вечер. Tom" || good["problem"] != "" {
			t.Errorf("%v", good)
		}
		bad := o.as("tom", "POST", "/quick-replies/preview", object{"text": "{{ contact.age }}"}, 200)
		if !strings.Contains(bad["problem"].(string), "contact.age") {
			t.Errorf("%v", bad)
		}
		problem := o.as("tom", "POST", "/quick-replies", object{"name": "x", "text": "{{ contact.age }}"}, 422)
		if errors := problem["errors"].([]any); errors[0].(object)["location"] != "body.text" {
			t.Errorf("%v", problem)
		}
		if variables := o.as("tom", "GET", "/quick-replies/variables", nil, 200); len(variables["items"].([]any)) != len(quickreply.Variables()) {
			t.Errorf("%v", variables)
		}
	})
}
