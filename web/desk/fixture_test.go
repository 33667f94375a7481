package desk_test

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

	"parley/accounts"
	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/history"
	"parley/inbox/pipeline"
	"parley/internal/auth"
	"parley/internal/store"
	"parley/web/desk"
	"parley/web/rest"
	"parley/web/rest/resttest"
	"parley/web/safehtml"
)

// office is a database with two channels and some people, and the operations on it.
type office struct {
	t    *testing.T
	db   *store.DB
	app  *fiber.App
	now  time.Time
	gate resttest.Gate
	used []int64 // quick replies that messages were sent with
	rest inbox.Standing
}

// The people: ada sees everything, tom his team's (10), olga only her own.
const (
	ada, tom, olga = auth.AgentID(1), auth.AgentID(2), auth.AgentID(3)
	team           = auth.TeamID(10)
	chats, mails   = channels.AccountID(21), channels.AccountID(22)
)

// quiet is a desk.Live that nobody listens to.
type quiet struct{}

func (quiet) Typing(context.Context, actor.Viewer, *inbox.Conversation, inbox.MessageKind, bool) {}
func (quiet) LabelsChanged()                                                                     {}
func (quiet) Viewing(context.Context, actor.Viewer, *inbox.Conversation, bool)                   {}

func open(t *testing.T, db *store.DB) *office {
	t.Helper()
	o := &office{t: t, db: db, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), gate: resttest.Gate{
		"ada":  {AgentID: ada, Name: "Ada", Role: auth.RoleAdmin, Reach: auth.ReachAll, Language: "en"},
		"tom":  {AgentID: tom, Name: "Tom", Role: auth.RoleAgent, Reach: auth.ReachTeam, Teams: []auth.TeamID{team}, Language: "en"},
		"olga": {AgentID: olga, Name: "Olga", Role: auth.RoleAgent, Reach: auth.ReachOwn, Language: "ru"},
		"key":  {Name: "A program", Role: auth.RoleAdmin, Reach: auth.ReachAll, Key: 7},
	}}
	o.people()
	clock := func() time.Time { o.now = o.now.Add(time.Second); return o.now }
	limits := func(id channels.AccountID) (channels.Limits, bool) {
		l := channels.Limits{Text: channels.TextLimit{Max: 500, Unit: channels.UnitRunes}, Receipts: true}
		l.WriteFirst = id == mails
		if id == bots {
			l.HTML, l.Reactions, l.Emoji, l.EditWindow, l.DeleteWindow = true, true, []string{"👍"}, time.Hour, 2*time.Hour
		}
		return l, true
	}
	o.app = fiber.New(fiber.Config{Immutable: true, StreamRequestBody: true, DisablePreParseMultipartForm: true})
	o.app.Use(func(c *fiber.Ctx) error {
		c.SetUserContext(rest.WithRequest(context.Background(), &rest.Request{Language: rest.ChooseLanguage(c.Get("Accept-Language"))}))
		defer rest.Drain(c)
		return c.Next()
	})
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	api := rest.New(o.app, rest.Options{Gate: o.gate, Log: log})
	desk.New(desk.Deps{
		Inbox: inbox.New(db, limits, clock, log, inbox.WithHTML(safehtml.Compose), inbox.WithForwarded(safehtml.Forward), inbox.WithStanding(func(channels.AccountID) inbox.Standing { return o.rest })), Contacts: contact.New(db, clock), Pipeline: pipeline.New(db, clock), History: history.New(db), Live: quiet{}, Explain: o.explain, Used: o.note,
	}).Declare(api)
	return o
}

func (o *office) write(fn func(ctx context.Context) error) {
	o.t.Helper()
	if err := o.db.Write(o.t.Context(), fn); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) people() {
	o.write(func(ctx context.Context) error {
		for id, name := range map[auth.AgentID]string{ada: "Ada", tom: "Tom", olga: "Olga"} {
			if err := o.db.InsertAgent(ctx, auth.Agent{ID: id, Email: strings.ToLower(name) + "@example.com", Name: name, Role: auth.RoleAgent, CreatedAt: o.now}); err != nil {
				return err
			}
		}
		if err := o.db.InsertTeam(ctx, auth.Team{ID: team, Name: "Sales", MemberIDs: []auth.AgentID{tom}, CreatedAt: o.now}); err != nil {
			return err
		}
		for id, kind := range map[channels.AccountID]channels.Kind{chats: channels.KindWebchat, mails: "email"} {
			row := accounts.Row{Account: accounts.Account{ID: id, Kind: kind, Name: string(kind), CreatedAt: o.now, UpdatedAt: o.now}}
			if err := o.db.InsertAccount(ctx, row, actor.Cause{}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (o *office) id() int64 {
	o.t.Helper()
	id, err := o.db.NextID(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	return id
}

// talk adds a conversation of a new contact with some inbound messages, and a lead and
// a request that belong to it.
func (o *office) talk(name string, t auth.TeamID, agent auth.AgentID, messages int) inbox.Conversation {
	o.t.Helper()
	o.now = o.now.Add(time.Minute)
	person := &contact.Contact{ID: contact.ID(o.id()), Name: name, CreatedAt: o.now}
	address := &contact.Identity{ID: contact.IdentityID(o.id()), ContactID: person.ID, Scope: "email", Address: strings.ToLower(name) + "@example.com", Verified: true, CreatedAt: o.now}
	c := &inbox.Conversation{
		ID: inbox.ConversationID(o.id()), AccountID: chats, Chat: name, ContactID: person.ID, IdentityID: address.ID, Subject: "About " + name,
		Status: inbox.Open, Priority: inbox.Normal, TeamID: inbox.TeamID(t), AssigneeID: inbox.AgentID(agent), CreatedAt: o.now,
	}
	c.Number = int64(c.ID)
	ch := &inbox.Changes{}
	why := actor.Cause{Kind: actor.Visitor, ID: int64(person.ID)}
	ch.Contact(person, "contact.created", why, o.now)
	ch.Identities = append(ch.Identities, address)
	l := &pipeline.Lead{ID: pipeline.LeadID(o.id()), ContactID: person.ID, ConversationID: int64(c.ID), AccountID: int64(chats), TeamID: int64(t), OwnerID: int64(agent),
		Status: pipeline.LeadOpen, PipelineID: 1, StageID: 1, Source: "webchat", CreatedAt: o.now}
	r := &pipeline.Request{ID: pipeline.RequestID(o.id()), ContactID: person.ID, ConversationID: int64(c.ID), AccountID: int64(chats), TeamID: int64(t), OwnerID: int64(agent),
		Type: "question", Priority: "normal", Status: pipeline.RequestOpen, CreatedAt: o.now}
	r.Number = int64(r.ID)
	c.LeadID, c.RequestID = l.ID, r.ID
	ch.Lead(l, "lead.created", why, o.now)
	ch.Request(r, "request.created", why, o.now)
	for n := range messages {
		m := &inbox.Message{
			ID: inbox.MessageID(o.id()), ConversationID: c.ID, AccountID: chats, Seq: int64(n + 1), Direction: inbox.Inbound, Kind: inbox.KindMessage,
			Author: inbox.Author{Kind: "contact", ID: int64(person.ID)}, Text: fmt.Sprint("Question ", n+1), State: inbox.Received, Cause: why,
			CreatedAt: o.now.Add(time.Duration(n) * time.Second), UpdatedAt: o.now,
		}
		c.Note(m)
		c.Wait(m.CreatedAt)
		ch.Message(m, o.now)
	}
	ch.Created(c, why, o.now)
	o.now = o.now.Add(time.Duration(messages) * time.Second)
	o.write(func(ctx context.Context) error { return o.db.Save(ctx, ch) })
	return *c
}

// object is a JSON object as it came.
type object = map[string]any

// as calls an operation as somebody, and fails unless the status is as wanted.
func (o *office) as(who, method, path string, body any, want int) object {
	o.t.Helper()
	raw := o.raw(who, method, path, body, want)
	out := object{}
	if len(raw) > 0 && raw[0] == '{' {
		if err := json.Unmarshal(raw, &out); err != nil {
			o.t.Fatalf("%s %s: %v in %s", method, path, err, raw)
		}
	}
	return out
}

func (o *office) raw(who, method, path string, body any, want int) []byte {
	o.t.Helper()
	var in io.Reader = http.NoBody
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			o.t.Fatal(err)
		}
		in = bytes.NewReader(data)
	}
	req := httptest.NewRequest(method, "/api/v1"+path, in)
	if o.gate[who].Key != 0 {
		req.Header.Set("Authorization", "Bearer "+who)
	} else {
		req.Header.Set("Cookie", "parley_session="+who)
		req.Header.Set("X-CSRF-Token", auth.CSRFToken(who))
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := o.app.Test(req, 20_000)
	if err != nil {
		o.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	if res.StatusCode != want {
		o.t.Fatalf("%s %s %s: %d %s, want %d", who, method, path, res.StatusCode, raw, want)
	}
	return raw
}

// items returns the objects of a list.
func items(list object) []object {
	var out []object
	for _, i := range list["items"].([]any) {
		out = append(out, i.(map[string]any))
	}
	return out
}

func path(format string, ids ...any) string { return fmt.Sprintf(format, ids...) }
