package views_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"

	"parley/internal/auth"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router/routertest"
	saved "parley/router/views"
	"parley/web/desk"
	"parley/web/rest"
	"parley/web/rest/resttest"
	"parley/web/views"
)

// office is a world with views over HTTP: Jane leads and sees everything, tom works in
// team 11 and sees what is of it or his own.
type office struct {
	*routertest.World
	app *fiber.App
}

func open(t *testing.T, db *store.DB) *office {
	t.Helper()
	o := &office{World: routertest.New(t, db, 0)}
	o.Staff()
	o.app = fiber.New(fiber.Config{Immutable: true})
	o.app.Use(func(c *fiber.Ctx) error {
		c.SetUserContext(rest.WithRequest(context.Background(), &rest.Request{Language: rest.ChooseLanguage(c.Get("Accept-Language"))}))
		return c.Next()
	})
	api := rest.New(o.app, rest.Options{Log: slog.New(slog.DiscardHandler), Gate: resttest.Gate{
		"jane": {AgentID: routertest.Jane, Name: "Jane", Role: auth.RoleLead, Reach: auth.ReachAll, Language: "en"},
		"tom":  {AgentID: 2, Name: "Tom", Role: auth.RoleAgent, Reach: auth.ReachOwn, Language: "en"},
	}})
	s := saved.New(db, o.Now)
	desk.New(desk.Deps{Inbox: o.Inbox, Views: s}).Declare(api)
	views.New(s).Declare(api)
	return o
}

type object = map[string]any

// as does a call and returns its answer.
func (o *office) as(who, method, path string, body any, want int) object {
	o.T.Helper()
	var in io.Reader = http.NoBody
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			o.T.Fatal(err)
		}
		in = bytes.NewReader(data)
	}
	r := httptest.NewRequest(method, "/api/v1"+path, in)
	r.Header.Set("Cookie", "parley_session="+who)
	r.Header.Set("X-CSRF-Token", auth.CSRFToken(who))
	r.Header.Set("Content-Type", "application/json")
	res, err := o.app.Test(r, -1)
	if err != nil {
		o.T.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		o.T.Fatal(err)
	}
	if res.StatusCode != want {
		o.T.Fatalf("%s %s by %s: %d, want %d: %s", method, path, who, res.StatusCode, want, raw)
	}
	out := object{}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &out); err != nil {
			o.T.Fatalf("%s %s: %v in %s", method, path, err, raw)
		}
	}
	return out
}

// TestAViewIsSharedButNotWhatItMayNotShow has a lead share a view with an agent, who finds
// in it their own conversation alone, by every way of asking.
func TestAViewIsSharedButNotWhatItMayNotShow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		o.Write(func(ctx context.Context) error {
			return db.InsertAgent(ctx, auth.Agent{ID: 2, Email: "tom@example.com", Name: "Tom", Role: auth.RoleAgent, CreatedAt: o.Now()})
		})
		foreign := fmt.Sprint(o.Says("v1", "m1", "hello"))
		mine := fmt.Sprint(o.Says("v2", "m2", "hello"))
		o.as("jane", http.MethodPatch, "/conversations/"+mine, object{"assignee_id": "2"}, http.StatusOK)
		waiting := object{"field": "conversation.unanswered", "op": "equals", "value": true}
		o.as("tom", http.MethodPost, "/views", object{"name": "For all", "scope": "all", "conditions": waiting}, http.StatusForbidden)
		id := o.as("jane", http.MethodPost, "/views", object{"name": "Waiting", "scope": "all", "conditions": waiting, "sort": "oldest"}, http.StatusCreated)["id"].(string)
		o.as("tom", http.MethodPatch, "/views/"+id, object{"name": "Mine now"}, http.StatusForbidden)

		for who, want := range map[string]int{"jane": 2, "tom": 1} {
			items := o.as(who, http.MethodGet, "/conversations?view="+id, nil, http.StatusOK)["items"].([]any)
			if len(items) != want {
				t.Errorf("%s finds %d conversations, want %d", who, len(items), want)
			}
			counted := o.as(who, http.MethodGet, "/views/counts", nil, http.StatusOK)["items"].([]any)[0].(object)
			if counted["count"] != float64(want) || counted["more"] != false {
				t.Errorf("%s is told of %v", who, counted)
			}
			preview := o.as(who, http.MethodPost, "/views/preview", object{"conditions": waiting}, http.StatusOK)
			if len(preview["items"].([]any)) != want {
				t.Errorf("%s previews %v", who, preview)
			}
			ids := o.as(who, http.MethodGet, "/views/"+id+"/matches?ids="+foreign+","+mine, nil, http.StatusOK)["ids"].([]any)
			if len(ids) != want {
				t.Errorf("for %s these belong to it: %v", who, ids)
			}
		}
		own := o.as("tom", http.MethodPost, "/views", object{"name": "Own", "conditions": object{}}, http.StatusCreated)["id"].(string)
		o.as("jane", http.MethodGet, "/conversations?view="+own, nil, http.StatusNotFound)
		if none := o.as("tom", http.MethodGet, "/views/"+own+"/matches?ids=x,-1,99", nil, http.StatusOK); len(none["ids"].([]any)) != 0 {
			t.Errorf("what is no conversation belongs to it: %v", none)
		}
		o.as("tom", http.MethodPost, "/views", object{"name": "Bad", "conditions": object{"field": "message.text", "op": "contains", "value": "x"}}, http.StatusUnprocessableEntity)
		o.as("tom", http.MethodDelete, "/views/"+own, nil, http.StatusNoContent)
	})
}
