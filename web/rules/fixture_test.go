package rules_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/accounts"
	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/intake"
	"parley/inbox/pipeline"
	"parley/internal/auth"
	"parley/internal/fault"
	"parley/internal/jobs"
	"parley/internal/store"
	"parley/router"
	"parley/web/rest"
	"parley/web/rest/resttest"
	"parley/web/rules"
)

// The people: ada sees everything, lea leads and tom works in Sales (10). What comes in
// goes to Others (11).
const (
	ada, lea, tom = auth.AgentID(1), auth.AgentID(2), auth.AgentID(3)
	sales, others = auth.TeamID(10), auth.TeamID(11)
	shop, depot   = channels.AccountID(21), channels.AccountID(22)
)

// office is a database with two channels and some people, and the operations on it.
type office struct {
	*testing.T
	db     *store.DB
	app    *fiber.App
	router *router.Service
	arrive *intake.Service
	now    time.Time
	hooks  []rules.Webhook
}

func open(t *testing.T, db *store.DB) *office {
	t.Helper()
	o := &office{T: t, db: db, now: time.Date(2026, 3, 2, 22, 0, 0, 0, time.UTC)}
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	limits := func(channels.AccountID) (channels.Limits, bool) {
		return channels.Limits{Text: channels.TextLimit{Max: 500, Unit: channels.UnitRunes}}, true
	}
	clock := func() time.Time { return o.now }
	o.people()
	book := router.NewBook()
	db.OnSave(book.Listen)
	o.router = router.New(router.Options{
		Store: db, Book: book, Desk: inbox.New(db, limits, clock, log), Pipeline: pipeline.New(db, clock), Outside: o, Now: clock, Log: log,
	})
	intakeRules := intake.NewRules(db, clock)
	o.arrive = intake.New(intake.Options{Store: db, Log: log, Now: clock})
	o.arrive.Start()
	t.Cleanup(o.arrive.Stop)

	o.app = fiber.New(fiber.Config{Immutable: true})
	o.app.Use(func(c *fiber.Ctx) error {
		c.SetUserContext(rest.WithRequest(context.Background(), &rest.Request{Language: rest.ChooseLanguage(c.Get("Accept-Language"))}))
		return c.Next()
	})
	api := rest.New(o.app, rest.Options{Log: log, Gate: resttest.Gate{
		"ada": {AgentID: ada, Name: "Ada", Role: auth.RoleAdmin, Reach: auth.ReachAll, Language: "en"},
		"lea": {AgentID: lea, Name: "Lea", Role: auth.RoleLead, Reach: auth.ReachTeam, Teams: []auth.TeamID{sales}, Language: "ru"},
		"tom": {AgentID: tom, Name: "Tom", Role: auth.RoleAgent, Reach: auth.ReachTeam, Teams: []auth.TeamID{sales}, Language: "en"},
	}})
	rules.New(rules.Deps{
		Router: o.router, Secret: func(id router.TriggerID) string { return "secret of " + strconv.FormatInt(int64(id), 10) }, Hooks: o, Intake: intakeRules, Account: o.account,
	}).Declare(api)
	return o
}

func (o *office) people() {
	o.Helper()
	o.write(func(ctx context.Context) error {
		for id, name := range map[auth.AgentID]string{ada: "Ada", lea: "Lea", tom: "Tom"} {
			if err := o.db.InsertAgent(ctx, auth.Agent{ID: id, Email: name + "@example.com", Name: name, Role: auth.RoleAgent, CreatedAt: o.now}); err != nil {
				return err
			}
		}
		for id, name := range map[auth.TeamID]string{sales: "Sales", others: "Others"} {
			if err := o.db.InsertTeam(ctx, auth.Team{ID: id, Name: name, CreatedAt: o.now}); err != nil {
				return err
			}
		}
		for id, name := range map[channels.AccountID]string{shop: "Shop", depot: "Depot"} {
			row := accounts.Row{Account: accounts.Account{ID: id, Kind: channels.KindWebchat, Name: name, TeamID: int64(others), CreatedAt: o.now, UpdatedAt: o.now}}
			if err := o.db.InsertAccount(ctx, row, actor.Cause{}); err != nil {
				return err
			}
		}
		_, err := o.db.PutLabel(ctx, inbox.Label{ID: 30, Name: "Night", Color: "#112233"})
		return err
	})
}

func (o *office) write(fn func(ctx context.Context) error) {
	o.Helper()
	if err := o.db.Write(o.Context(), fn); err != nil {
		o.Fatal(err)
	}
}

// errNoAccount stands for what the room of accounts says.
var errNoAccount = fault.New(fault.NotFound, "account_not_found", fault.T("Такого канала нет.", "There is no such channel."))

// account lets everybody see the shop, and the depot only who sees everything.
func (o *office) account(_ context.Context, v actor.Viewer, id channels.AccountID) error {
	if id == shop || id == depot && v.Scope == actor.All {
		return nil
	}
	return errNoAccount
}

// Call and Tell make the office a router.Outside.
func (o *office) Call(context.Context, router.Call) error { return nil }

func (o *office) Tell(context.Context, router.Telling) (int, error) { return 1, nil }

// Webhooks and Replay make it rules.Hooks.
func (o *office) Webhooks(_ context.Context, _ router.TriggerID, _ string, limit int) ([]rules.Webhook, string, error) {
	if limit < len(o.hooks) {
		return o.hooks[:limit], "more", nil
	}
	return o.hooks, "", nil
}

func (o *office) Replay(_ context.Context, id int64) (rules.Webhook, bool, error) {
	for i := range o.hooks {
		if h := &o.hooks[i]; h.ID == rest.IDOf(id) && h.State != "waiting" {
			h.State = "waiting"
			return *h, true, nil
		}
	}
	return rules.Webhook{}, false, nil
}

// says delivers a message of a visitor to the shop and has the triggers look at it.
func (o *office) says(visitor, text string) inbox.ConversationID {
	o.Helper()
	o.now = o.now.Add(time.Second)
	in := o.arrive.For(shop, func(context.Context, channels.Status) {})
	out, err := in.Deliver(o.Context(), channels.Batch{Events: []channels.Event{{
		Key: channels.EventKey(visitor + text), Direction: channels.Inward, Chat: visitor,
		Sender: channels.Sender{Scope: "visitor", Address: visitor, Name: visitor}, Message: &channels.Message{Text: text},
	}}})
	if err != nil {
		o.Fatal(err)
	}
	list, err := o.db.ClaimJobs(o.Context(), jobs.Claim{Token: text, Now: o.now, Until: o.now, Limit: 64, Together: true})
	if err != nil {
		o.Fatal(err)
	}
	var payloads []string
	for _, j := range list {
		payloads = append(payloads, j.Payload)
	}
	o.write(func(ctx context.Context) error { return o.router.Run(ctx, payloads) })
	return inbox.ConversationID(out[0].ConversationID)
}

type object = map[string]any

// as does a call and returns its answer.
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
	r.Header.Set("Cookie", "parley_session="+who)
	r.Header.Set("X-CSRF-Token", auth.CSRFToken(who))
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
			o.Fatalf("%s %s: %v in %s", method, path, err, raw)
		}
	}
	return out
}

// items are what a page holds.
func items(page object) (out []object) {
	for _, item := range page["items"].([]any) {
		out = append(out, item.(object))
	}
	return out
}

// wrong are the fields that a refusal names, with what it says of each.
func wrong(problem object) map[string]string {
	out := map[string]string{}
	list, _ := problem["errors"].([]any)
	for _, e := range list {
		out[fmt.Sprint(e.(object)["location"])] = fmt.Sprint(e.(object)["message"])
	}
	return out
}
